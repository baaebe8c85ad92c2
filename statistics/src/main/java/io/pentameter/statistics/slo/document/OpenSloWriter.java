package io.pentameter.statistics.slo.document;

import static io.pentameter.statistics.slo.document.OpenSlo.ordered;

import io.pentameter.statistics.slo.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The maps that make an OpenSLO v1 document. */
final class OpenSloWriter {

    private OpenSloWriter() {}

    static Map<String, Object> toMap(ObjectiveDocument objective) {
        Map<String, Object> metadata = ordered("name", objective.name());
        putUnlessEmpty(metadata, "displayName", objective.displayName());
        if (!objective.labels().isEmpty()) {
            metadata.put("labels", new TreeMap<>(objective.labels()));
        }
        Map<String, Object> spec = ordered();
        putUnlessEmpty(spec, "description", objective.description());
        spec.put("service", objective.service());
        spec.put(
                "indicator",
                ordered(
                        "metadata",
                        ordered("name", shortened(objective.name(), "-sli")),
                        "spec",
                        indicator(objective.indicator())));
        spec.put("timeWindow", List.of(timeWindow(objective.period())));
        spec.put("budgetingMethod", method(objective.budgeting()));
        spec.put("objectives", List.of(objective(objective)));
        if (!objective.alerts().isEmpty()) {
            spec.put("alertPolicies", policies(objective));
        }
        return ordered("apiVersion", OpenSlo.VERSION, "kind", "SLO", "metadata", metadata, "spec", spec);
    }

    private static Map<String, Object> indicator(Indicator indicator) {
        return switch (indicator) {
            case Indicator.GoodRatio ratio ->
                ordered(
                        "ratioMetric",
                        ordered(
                                "counter",
                                ratio.counter(),
                                "good",
                                metric(ratio.good()),
                                "total",
                                metric(ratio.total())));
            case Indicator.BadRatio ratio ->
                ordered(
                        "ratioMetric",
                        ordered(
                                "counter",
                                ratio.counter(),
                                "bad",
                                metric(ratio.bad()),
                                "total",
                                metric(ratio.total())));
            case Indicator.RawRatio ratio ->
                ordered(
                        "ratioMetric",
                        ordered("rawType", ratio.failure() ? "failure" : "success", "raw", metric(ratio.raw())));
            case Indicator.Threshold threshold -> ordered("thresholdMetric", metric(threshold.metric()));
            case Indicator.NativeLatency _ ->
                throw new IllegalArgumentException(
                        "indicator must be a ratio or threshold for OpenSLO: native latency");
            case Indicator.BooleanGauge _ ->
                throw new IllegalArgumentException("indicator must be a ratio or threshold for OpenSLO: boolean gauge");
        };
    }

    private static Map<String, Object> metric(Source source) {
        Map<String, Object> metric = ordered();
        source.reference().ifPresent(reference -> metric.put("metricSourceRef", reference));
        source.type().ifPresent(type -> metric.put("type", type));
        metric.put("spec", new TreeMap<>(source.spec()));
        return ordered("metricSource", metric);
    }

    private static Map<String, Object> timeWindow(Period period) {
        Map<String, Object> window = ordered("duration", period.length().toString());
        if (!period.isRolling()) {
            window.put(
                    "calendar",
                    ordered(
                            "startTime",
                            period.calendar().startTime(),
                            "timeZone",
                            period.calendar().timeZone()));
        }
        window.put("isRolling", period.isRolling());
        return window;
    }

    private static String method(Budgeting budgeting) {
        return switch (budgeting) {
            case Budgeting.Occurrences _ -> "Occurrences";
            case Budgeting.Timeslices _ -> "Timeslices";
            case Budgeting.RatioTimeslices _ -> "RatioTimeslices";
        };
    }

    private static Map<String, Object> objective(ObjectiveDocument document) {
        Map<String, Object> objective = ordered();
        putUnlessEmpty(objective, "displayName", document.displayName());
        if (document.indicator() instanceof Indicator.Threshold threshold) {
            objective.put("op", threshold.operator());
            objective.put("value", threshold.value());
        }
        objective.put("target", document.target().value());
        switch (document.budgeting()) {
            case Budgeting.Occurrences _ -> {}
            case Budgeting.Timeslices slices -> {
                objective.put("timeSliceTarget", slices.target());
                objective.put("timeSliceWindow", slices.window().toString());
            }
            case Budgeting.RatioTimeslices slices ->
                objective.put("timeSliceWindow", slices.window().toString());
        }
        return objective;
    }

    private static List<Map<String, Object>> policies(ObjectiveDocument objective) {
        List<Map<String, Object>> policies = new ArrayList<>();
        for (AlertRow row : objective.alerts()) {
            String severity = row.window().severity().name().toLowerCase(Locale.ROOT);
            String longWindow = Shorthand.of(row.window().longWindow()).toString();
            String name = shortened(objective.name(), "-" + severity + "-" + longWindow);
            policies.add(ordered(
                    "kind",
                    "AlertPolicy",
                    "metadata",
                    ordered(
                            "name",
                            name,
                            "annotations",
                            ordered(
                                    OpenSlo.SHORT_WINDOW,
                                    Shorthand.of(row.window().shortWindow()).toString())),
                    "spec",
                    ordered(
                            "alertWhenBreaching",
                            true,
                            "alertWhenResolved",
                            row.window().severity() == Severity.PAGE,
                            "conditions",
                            List.of(condition(row, name, severity, longWindow)),
                            "notificationTargets",
                            List.of(ordered("targetRef", "pentameter-" + severity)))));
        }
        return policies;
    }

    private static Map<String, Object> condition(AlertRow row, String name, String severity, String longWindow) {
        return ordered(
                "kind",
                "AlertCondition",
                "metadata",
                ordered("name", name),
                "spec",
                ordered(
                        "severity",
                        severity,
                        "condition",
                        ordered(
                                "kind",
                                "burnrate",
                                "op",
                                "gte",
                                "threshold",
                                row.window().burn(),
                                "lookbackWindow",
                                longWindow,
                                "alertAfter",
                                row.after().isZero()
                                        ? "0m"
                                        : Shorthand.of(row.after()).toString())));
    }

    /** {@code name} and {@code suffix} in 63 characters. */
    private static String shortened(String name, String suffix) {
        String lower = suffix.toLowerCase(Locale.ROOT);
        return name.substring(0, Math.min(name.length(), 63 - lower.length())) + lower;
    }

    private static void putUnlessEmpty(Map<String, Object> map, String key, String value) {
        if (!value.isEmpty()) {
            map.put(key, value);
        }
    }
}
