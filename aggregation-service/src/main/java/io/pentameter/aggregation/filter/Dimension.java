package io.pentameter.aggregation.filter;

import io.pentameter.aggregation.engine.Bindings;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * By what spans can be grouped and filtered: a property with text values, empty if it is not known.
 *
 * @param word   in the API
 * @param column of the span and, if it has it, of a rollup; empty if it is computed
 * @param attribute name of a free attribute; empty for a built-in dimension
 */
public record Dimension(String word, String column, String attribute) {

    /** Beginning of the word of a dimension that is a free attribute of the span. */
    public static final String ATTRIBUTE = "attr.";

    /** The name of an outcome; spans and scores have none. */
    public static final Dimension OUTCOME = new Dimension("outcome", "", "");

    /** Characters of an attribute's name. */
    public static final int MAX_ATTRIBUTE = 200;

    private enum Plain {
        FEATURE,
        ROUTE,
        CUSTOMER,
        USER,
        SESSION,
        INTENT,
        PROMPT_NAME,
        PROMPT_VERSION,
        MODEL,
        REQUESTED_MODEL,
        PROVIDER,
        ENVIRONMENT,
        REGION,
        RELEASE,
        OUTPUT_TYPE,
        SERVICE_TIER,
        PRICE_VERSION,
        SERVICE,
        OPERATION,
        LANGUAGE,
        KIND,
        FAILURE,
        FAILURE_DETAIL,
        FAILURE_RULE,
        SEVERITY,
        DIALECT
    }

    private static final String KEY = "key";
    private static final String HIDDEN = "hidden";
    private static final String ATTEMPT = "attempt";
    private static final String ERROR = "error";
    private static final String PRICE_KNOWN = "price_known";

    /** The dimension of that word. */
    public static Optional<Dimension> of(String word) {
        if (word.startsWith(ATTRIBUTE)) {
            String name = word.substring(ATTRIBUTE.length());
            return name.isEmpty() || name.length() > MAX_ATTRIBUTE
                    ? Optional.empty()
                    : Optional.of(new Dimension(word, "", name));
        }
        return switch (word) {
            case KEY -> Optional.of(new Dimension(word, "key_id", ""));
            case ERROR, PRICE_KNOWN, HIDDEN, ATTEMPT -> Optional.of(new Dimension(word, "", ""));
            default ->
                Arrays.stream(Plain.values())
                        .filter(plain -> plain.name().toLowerCase(Locale.ROOT).equals(word))
                        .findFirst()
                        .map(_ -> new Dimension(word, word, ""));
        };
    }

    /** The dimension of that word, if only outcomes have it. */
    public static Optional<Dimension> ofOutcomes(String word) {
        return word.equals(OUTCOME.word()) ? Optional.of(OUTCOME) : Optional.empty();
    }

    /** All words, in the order of documentation; any {@code attr.<name>} besides. */
    public static List<String> words() {
        return Stream.concat(
                        Arrays.stream(Plain.values()).map(plain -> plain.name().toLowerCase(Locale.ROOT)),
                        Stream.of(KEY, ERROR, HIDDEN, ATTEMPT, PRICE_KNOWN, ATTRIBUTE + "<name>"))
                .toList();
    }

    /** Its value as text over the columns of the span. */
    public String sql(Bindings bindings) {
        if (!attribute.isEmpty()) {
            return "attrs[" + bindings.text(attribute) + "]";
        }
        return switch (word) {
            case "outcome" -> "''";
            case ERROR -> "if(error, 'true', 'false')";
            case HIDDEN -> "multiIf(failure = '', '', failure_hidden, 'true', 'false')";
            case ATTEMPT -> "if(attempt_number = 0, '', toString(attempt_number))";
            case PRICE_KNOWN -> "multiIf(usage_repeated, '', cost_known, 'true', has_cost OR has_usage, 'false', '')";
            default -> column;
        };
    }
}
