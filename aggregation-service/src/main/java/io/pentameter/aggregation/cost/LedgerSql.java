package io.pentameter.aggregation.cost;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.aggregation.filter.Filter;
import io.pentameter.aggregation.metrics.Window;
import io.pentameter.aggregation.rollup.TagShares;
import io.pentameter.aggregation.rollup.TokenClasses;
import java.util.Collection;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * SQL over what was paid for each span; the one place that says which spans and which amounts count.
 *
 * <p>A span may be split: among its tags ({@link TagShares}), and into the parts of its price. So every partition of the traffic adds up
 * to the ledger.
 */
public final class LedgerSql {

    /** What a span cost, in 1e-9 USD; 0 where another span has the same usage. */
    public static final String PAID = "if(usage_repeated, 0, cost_nano)";

    private LedgerSql() {}

    /** Condition on the time of a span. */
    public static String during(Window window, Bindings bindings) {
        return "start >= " + bindings.instant(window.from()) + " AND start < " + bindings.instant(window.to());
    }

    /** Filters as further conditions, {@code AND} before each. */
    public static String conditions(Collection<Filter> filters, Bindings bindings) {
        return conditions(filters, bindings, dimension -> dimension.sql(bindings));
    }

    /** @param values how a dimension's value is written over the table at hand */
    static String conditions(Collection<Filter> filters, Bindings bindings, Function<Dimension, String> values) {
        return filters.stream()
                .map(filter -> " AND " + filter.sql(bindings, values))
                .collect(Collectors.joining());
    }

    /**
     * A subquery with the rows of {@code spans}, each split into the parts of its price and each part among its tags, with the columns
     * {@code part} (word, units, 1e-9 USD), {@code part_no}, and those of {@link TagShares}.
     */
    static String split(String spans) {
        String byPart = "(SELECT *, part, part_no FROM (SELECT *, " + parts() + " AS part_list " + spans
                + ") ARRAY JOIN part_list AS part, arrayEnumerate(part_list) AS part_no)";
        return TagShares.of("FROM " + byPart);
    }

    /** All parts of a price, all tokens that have none, and what a price does not explain; at least one. */
    public static String parts() {
        String used = TokenClasses.WORDS.stream()
                .map(word -> "('" + word + "', " + word + ", toInt64(0))")
                .collect(Collectors.joining(", ", "[", "]"));
        String isToken = "has(['" + String.join("', '", TokenClasses.WORDS) + "'], toString(word))";
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
