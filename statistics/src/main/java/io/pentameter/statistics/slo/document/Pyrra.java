package io.pentameter.statistics.slo.document;

import static io.pentameter.statistics.slo.document.OpenSlo.ordered;

import io.pentameter.statistics.slo.BurnPolicy;
import io.pentameter.statistics.slo.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Pyrra's {@code ServiceLevelObjective}, {@code pyrra.dev/v1alpha1}, read and written.
 *
 * <p>Source: Pyrra's {@code servicelevelobjective_types.go} and {@code slo/rules.go}. Targets are percentages in
 * quotes, indicators are bare metrics; alert rows follow from the window ({@link BurnPolicy#pyrra}) and cannot be
 * chosen, so rows of ours are not written, only whether there are any. Pyrra knows no service: the label {@code
 * service} is it, or else the name. Groupings are read as a warning.
 */
public final class Pyrra {

    private static final String VERSION = "pyrra.dev/v1alpha1";
    private static final String KIND = "ServiceLevelObjective";
    private static final String SERVICE = "service";

    private Pyrra() {}

    /** Reads all objectives of a text of one or more documents. */
    public static Imported read(String text) {
        List<ObjectiveDocument> objectives = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        for (Field document : Field.readAll(text)) {
            if (!document.at("apiVersion").text().equals(VERSION)
                    || !document.at("kind").text().equals(KIND)) {
                throw new IllegalArgumentException(
                        "%s must be of apiVersion %s and kind %s".formatted(document.path(), VERSION, KIND));
            }
            objectives.add(readObjective(document, warnings));
        }
        return new Imported(objectives, warnings);
    }

    private static ObjectiveDocument readObjective(Field document, List<String> warnings) {
        Field spec = document.at("spec");
        String name = document.at("metadata").at("name").text();
        Map<String, String> labels = document.at("metadata").at("labels").labels();
        Shorthand window =
                Shorthand.of(Shorthand.parsePrometheus(spec.at("window").text()));
        Field alerting = spec.at("alerting");
        boolean alerts = alerting.at("burnrates").flag(!alerting.at("disabled").flag(false));
        List<AlertRow> rows = alerts
                ? BurnPolicy.pyrra(window.toDuration()).rows().stream()
                        .map(row -> new AlertRow(row, BurnPolicy.pyrraFor(row)))
                        .toList()
                : List.of();
        return new ObjectiveDocument(
                name,
                alerting.at("name").text(""),
                labels.getOrDefault(SERVICE, name),
                spec.at("description").text(""),
                labels,
                Target.ofPercent(spec.at("target").decimal()),
                Period.rolling(window),
                new Budgeting.Occurrences(),
                indicator(spec.at("indicator"), warnings),
                rows);
    }

    private static Indicator indicator(Field indicator, List<String> warnings) {
        if (indicator.map().size() != 1) {
            throw new IllegalArgumentException(
                    "%s must have exactly one of ratio, latency, latencyNative, bool_gauge: %s"
                            .formatted(indicator.path(), indicator.map().keySet()));
        }
        String kind = indicator.map().keySet().iterator().next();
        Field body = indicator.at(kind);
        if (!body.at("grouping").list().isEmpty()) {
            warnings.add(
                    "%s.grouping is left out: the objective speaks of all groups together.".formatted(body.path()));
        }
        return switch (kind) {
            case "ratio" -> new Indicator.BadRatio(metric(body.at("errors")), metric(body.at("total")), true);
            case "latency" -> new Indicator.GoodRatio(metric(body.at("success")), metric(body.at("total")), true);
            case "latencyNative" ->
                new Indicator.NativeLatency(
                        metric(body.at("total")), body.at("latency").text());
            case "bool_gauge" -> new Indicator.BooleanGauge(metric(body));
            default ->
                throw new IllegalArgumentException(
                        "%s must be ratio, latency, latencyNative or bool_gauge: %s".formatted(indicator.path(), kind));
        };
    }

    private static Source metric(Field query) {
        return Source.selector(query.at("metric").text());
    }

    /** Writes objectives, one document each. */
    public static String write(List<ObjectiveDocument> objectives) {
        return Field.writeAll(objectives.stream().map(Pyrra::toMap).toList());
    }

    private static Map<String, Object> toMap(ObjectiveDocument objective) {
        if (!objective.period().isRolling()) {
            throw new IllegalArgumentException("period must be rolling for Pyrra: " + objective.name());
        }
        TreeMap<String, String> labels = new TreeMap<>(objective.labels());
        if (!objective.service().equals(objective.name())) {
            labels.put(SERVICE, objective.service());
        }
        Map<String, Object> metadata = ordered("name", objective.name());
        if (!labels.isEmpty()) {
            metadata.put("labels", labels);
        }
        Map<String, Object> spec = ordered();
        if (!objective.description().isEmpty()) {
            spec.put("description", objective.description());
        }
        spec.put("target", objective.target().percent().toPlainString());
        spec.put("window", prometheus(objective.period().length().toDuration()));
        spec.put("indicator", indicator(objective));
        Map<String, Object> alerting = ordered("burnrates", !objective.alerts().isEmpty());
        if (!objective.displayName().isEmpty()) {
            alerting.put("name", objective.displayName());
        }
        spec.put("alerting", alerting);
        return ordered("apiVersion", VERSION, "kind", KIND, "metadata", metadata, "spec", spec);
    }

    private static String prometheus(Duration duration) {
        return Shorthand.of(duration).toString();
    }

    private static Map<String, Object> indicator(ObjectiveDocument objective) {
        return switch (objective.indicator()) {
            case Indicator.BadRatio ratio ->
                ordered("ratio", ordered("errors", metric(ratio.bad()), "total", metric(ratio.total())));
            case Indicator.GoodRatio ratio ->
                ordered("latency", ordered("success", metric(ratio.good()), "total", metric(ratio.total())));
            case Indicator.NativeLatency latency ->
                ordered("latencyNative", ordered("total", metric(latency.total()), "latency", latency.latency()));
            case Indicator.BooleanGauge gauge -> ordered("bool_gauge", metric(gauge.gauge()));
            case Indicator.RawRatio _, Indicator.Threshold _ ->
                throw new IllegalArgumentException("indicator must count events for Pyrra: " + objective.name());
        };
    }

    private static Map<String, Object> metric(Source source) {
        return ordered("metric", source.bareMetric());
    }
}
