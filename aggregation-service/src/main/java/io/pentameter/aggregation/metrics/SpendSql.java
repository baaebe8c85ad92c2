package io.pentameter.aggregation.metrics;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.rollup.Base;
import java.util.EnumSet;
import java.util.Set;

/** SQL for what each value of a dimension has spent: one narrow row for each, of which there may be a million. */
final class SpendSql {

    private static final Set<Base> BASES = EnumSet.of(Base.COST_NANO, Base.MODEL_CALLS, Base.PRICEABLE, Base.PRICED);

    private SpendSql() {}

    /**
     * Columns value (base64), nano (1e-9 USD), calls and unpriced, those that spent most first. Calls without a price are counted as
     * in {@code coverage}: the share of what should have a price, of the calls, rounded up.
     *
     * @param query with one dimension; its limit is the number of rows
     */
    static String byValue(SqlMetrics metrics, MetricsQuery query, Bindings bindings) {
        return """
                SELECT base64Encode(g0) AS value, toInt64(sum(u_cost_nano)) AS nano, toInt64(sum(u_model_calls)) AS calls,
                  if(sum(u_priceable) = 0, 0, toInt64(ceil(calls * (1 - sum(u_priced) / sum(u_priceable)) - 1e-9))) AS unpriced
                FROM (%s) GROUP BY g0 ORDER BY nano DESC, g0 LIMIT %d""".formatted(metrics.partialSums(query, BASES, bindings), query.limit());
    }
}
