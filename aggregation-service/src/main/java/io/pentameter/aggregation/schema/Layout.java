package io.pentameter.aggregation.schema;

/**
 * The engine words that the tables are made with.
 *
 * @param prefix of the table engines' names
 * @param window setting that makes tokens of inserts known
 */
public record Layout(String prefix, String window) {

    /** One node. */
    public static final Layout SINGLE = new Layout("", "non_replicated_deduplication_window");

    /** Replicated tables; the cluster's default replica path must be configured. */
    public static final Layout REPLICATED = new Layout("Replicated", "replicated_deduplication_window");

    /**
     * The layout of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Layout ofWord(String word) {
        return switch (word) {
            case "single" -> SINGLE;
            case "replicated" -> REPLICATED;
            default ->
                throw new IllegalArgumentException(
                        "pentameter.clickhouse.layout must be one of single, replicated: " + word);
        };
    }

    String fill(String sql) {
        return sql.replace("${replacing}", prefix + "ReplacingMergeTree")
                .replace("${summing}", prefix + "SummingMergeTree")
                .replace("${window}", window);
    }
}
