package io.pentameter.alert.evaluation;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What aggregation-service answers.
 *
 * @param visibleUntil everything that was received before is in the numbers
 */
public record MetricAnswer(Instant visibleUntil, List<Series> series) {

    public MetricAnswer {
        series = List.copyOf(series);
    }

    /**
     * One group of one tenant.
     *
     * @param group  value by dimension; empty where a span has none
     * @param values by measure; absent where unknown
     */
    public record Series(String tenant, Map<String, String> group, Map<String, @Nullable BigDecimal> values) {}
}
