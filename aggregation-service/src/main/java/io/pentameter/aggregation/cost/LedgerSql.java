package io.pentameter.aggregation.cost;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.filter.Filter;
import io.pentameter.aggregation.metrics.Window;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * SQL over what was paid for each span; the one place that says which spans and which amounts count.
 *
 * <p>A span may be split: among its tags evenly, in whole nano-dollars and tokens, the first tags in the order of the
 * alphabet taking one more where it does not come out even; and into the parts of its price. So every partition of the
 * traffic adds up to the ledger.
 */
public final class LedgerSql {

    /** What a span cost, in 1e-9 USD; 0 where another span has the same usage. */
    public static final String PAID = "if(usage_repeated, 0, cost_nano)";

    private static final List<String> CLASSES = List.of(
            "in_uncached",
            "in_cache_read",
            "in_cache_write_5m",
            "in_cache_write_1h",
            "in_audio",
            "in_image",
            "out_text",
            "out_reasoning",
            "out_audio");

    private LedgerSql() {}

    /** Condition on the time of a span. */
    public static String during(Window window, Bindings bindings) {
        return "start >= " + bindings.instant(window.from()) + " AND start < " + bindings.instant(window.to());
    }

    /** Filters as further conditions, {@code AND} before each. */
    public static String conditions(Collection<Filter> filters, Bindings bindings) {
        return filters.stream()
                .map(filter -> " AND " + filter.sql(bindings, dimension -> dimension.sql(bindings)))
                .collect(Collectors.joining());
    }

    /**
     * A subquery with the rows of {@code spans}, each split as asked for, with the columns {@code part} (word, units,
     * 1e-9 USD), {@code part_no}, {@code tag}, {@code tag_no} and {@code tag_count}.
     */
    static String split(String spans, boolean byTokenClass, boolean byTag) {
        String parts = byTokenClass ? parts() : "[('', toInt64(0), toInt64(" + PAID + "))]";
        String tags =
                byTag ? "arrayMap(t -> toString(t), if(empty(tags), [''], arraySort(arrayDistinct(tags))))" : "['']";
        String lists = "SELECT *, " + parts + " AS part_list, " + tags + " AS tag_list " + spans;
        String byPart = "SELECT *, part, part_no FROM (" + lists
                + ") ARRAY JOIN part_list AS part, arrayEnumerate(part_list) AS part_no";
        return "(SELECT *, tag, tag_no, length(tag_list) AS tag_count FROM (" + byPart
                + ") ARRAY JOIN tag_list AS tag, arrayEnumerate(tag_list) AS tag_no)";
    }

    /** The share of a whole number that the row's tag has. */
    static String share(String number) {
        return "(intDiv(%1$s, toInt64(tag_count)) + if(toInt64(tag_no) <= abs(%1$s %% toInt64(tag_count)), sign(%1$s), 0))"
                .formatted(number);
    }

    /** All parts of a price, all tokens that have none, and what a price does not explain; at least one. */
    public static String parts() {
        String used = CLASSES.stream()
                .map(word -> "('" + word + "', " + word + ", toInt64(0))")
                .collect(Collectors.joining(", ", "[", "]"));
        String isToken = "has(['" + String.join("', '", CLASSES) + "'], toString(word))";
        String priced = "arrayMap((word, units, nano) -> (toString(word), if(" + isToken
                + ", arrayFirst(used -> used.1 = toString(word), " + used
                + ").2, units), nano), cost_buckets, cost_units, cost_parts_nano)";
        String free =
                "arrayFilter(used -> used.2 != 0 AND NOT (cost_known AND has(cost_buckets, used.1)), " + used + ")";
        String rest = "(cost_nano - if(cost_known, arraySum(cost_parts_nano), 0))";
        String none = "CAST([], 'Array(Tuple(String, Int64, Int64))')";
        String all = "arrayConcat(" + none + ", if(cost_known, " + priced + ", " + none + "), " + free + ", if(" + rest
                + " = 0, " + none + ", [('unspecified', toInt64(0), " + rest + ")]))";
        String nothing = "[('', toInt64(0), toInt64(0))]";
        return "if(usage_repeated OR empty(" + all + "), " + nothing + ", " + all + ")";
    }
}
