package io.pentameter.alert.spend;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What aggregation-service answers.
 *
 * @param visibleUntil everything that was acknowledged before is in the numbers
 * @param rows         those that spent most first, of each tenant
 * @param cut          tenants that have more rows than were asked for
 */
public record SpendAnswer(Instant visibleUntil, List<Row> rows, Set<String> cut) {

    public SpendAnswer {
        rows = List.copyOf(rows);
        cut = Set.copyOf(cut);
    }

    /**
     * One value of the dimension asked for, or all together.
     *
     * @param value    empty where calls do not tell the dimension, and for all together
     * @param usd      exact to 1e-9; absent if something had to be priced and nothing could
     * @param calls    of models, 0 or more
     * @param coverage share of what should have a price that has one, 0 to 1; absent if nothing should
     * @param points   by beginning; none if no step was asked for
     */
    public record Row(
            String tenant,
            String value,
            @Nullable BigDecimal usd,
            long calls,
            @Nullable Double coverage,
            Map<Instant, Point> points) {

        public Row {
            points = Map.copyOf(points);
        }

        /** Calls without a price, rounded up; 0 if there is nothing to price. */
        public long unpriced() {
            return coverage == null ? 0 : (long) Math.ceil(calls * (1 - coverage) - 1e-9);
        }
    }

    /** As of a row, for a part of its window. */
    public record Point(@Nullable BigDecimal usd, long calls) {}
}
