package io.pentameter.statistics.slo.document;

import static io.pentameter.statistics.slo.document.OpenSlo.ordered;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * OpenSLO v1alpha, written only: the one version that Sloth reads.
 *
 * <p>Ratios of good events to all in Prometheus, rolling windows of whole days, occurrences; all else is refused.
 * Alerts are left to Sloth. Bad events are turned into good ones by subtraction.
 */
public final class OpenSloAlpha {

    private OpenSloAlpha() {}

    /** Writes objectives, one document each. */
    public static String write(List<ObjectiveDocument> objectives) {
        return Field.writeAll(objectives.stream().map(OpenSloAlpha::toMap).toList());
    }

    private static Map<String, Object> toMap(ObjectiveDocument objective) {
        Duration length = objective.period().length().toDuration();
        if (!objective.period().isRolling()
                || length.toDays() < 1
                || !length.equals(Duration.ofDays(length.toDays()))) {
            throw new IllegalArgumentException("period must roll over whole days for v1alpha: "
                    + objective.period().length());
        }
        if (!(objective.budgeting() instanceof Budgeting.Occurrences)) {
            throw new IllegalArgumentException("budgeting must be Occurrences for v1alpha: " + objective.budgeting());
        }
        String good;
        String total;
        switch (objective.indicator()) {
            case Indicator.GoodRatio ratio -> {
                good = ratio.good().windowedQuery();
                total = ratio.total().windowedQuery();
            }
            case Indicator.BadRatio ratio -> {
                total = ratio.total().windowedQuery();
                good = "(%s) - (%s)".formatted(total, ratio.bad().windowedQuery());
            }
            case Indicator.RawRatio _, Indicator.Threshold _, Indicator.NativeLatency _, Indicator.BooleanGauge _ ->
                throw new IllegalArgumentException(
                        "indicator must be a ratio of events for v1alpha: " + objective.name());
        }
        BigDecimal target = objective.target().value();
        return ordered(
                "apiVersion",
                "openslo/v1alpha",
                "kind",
                "SLO",
                "metadata",
                ordered("name", objective.name(), "displayName", objective.displayName()),
                "spec",
                ordered(
                        "service",
                        objective.service(),
                        "description",
                        objective.description(),
                        "budgetingMethod",
                        "Occurrences",
                        "objectives",
                        List.of(ordered(
                                "ratioMetrics", ordered("good", query(good), "total", query(total)), "target", target)),
                        "timeWindows",
                        List.of(ordered("count", length.toDays(), "unit", "Day"))));
    }

    private static Map<String, Object> query(String query) {
        return ordered("source", "prometheus", "queryType", "promql", "query", query);
    }
}
