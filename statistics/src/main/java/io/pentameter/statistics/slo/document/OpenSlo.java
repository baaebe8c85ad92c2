package io.pentameter.statistics.slo.document;

import io.pentameter.statistics.slo.BurnWindow;
import io.pentameter.statistics.slo.Severity;
import io.pentameter.statistics.slo.Target;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * OpenSLO v1, read and written.
 *
 * <p>Source: the OpenSLO specification, {@code apiVersion: openslo/v1}. Read are SLOs with their inlined or referenced
 * SLI, AlertPolicy and AlertCondition; other kinds are passed over. Composite objectives are refused. Of several
 * objectives in one SLO each becomes an objective of its own, {@code name-2} and so on.
 *
 * <p>Two gaps. An alert condition has one window, ours has two: each row is written as a policy on its long window with
 * the annotation {@value #SHORT_WINDOW}; a condition without it gets a twelfth. The specification's own examples write
 * {@code op: lte} with a threshold of 2 for a <i>breach</i>: a burn rate that alerts when it is low makes no sense, so
 * {@code lte} and {@code lt} are read as {@code gte}, with a warning.
 */
public final class OpenSlo {

    static final String VERSION = "openslo/v1";

    /** Annotation that carries the short window of a row. */
    public static final String SHORT_WINDOW = "pentameter.io/shortWindow";

    private static final Set<String> PAGING = Set.of("page", "critical", "sev1", "high");

    private OpenSlo() {}

    /** Reads all SLOs of a text of one or more documents. */
    public static Imported read(String text) {
        Reader reader = new Reader(Field.readAll(text));
        return reader.read();
    }

    /** Writes objectives, one document each, with indicator and alert policies inlined. */
    public static String write(List<ObjectiveDocument> objectives) {
        return Field.writeAll(objectives.stream().map(OpenSloWriter::toMap).toList());
    }

    private static final class Reader {

        private final List<Field> documents;
        private final List<String> warnings = new ArrayList<>();

        Reader(List<Field> documents) {
            this.documents = documents;
        }

        Imported read() {
            List<ObjectiveDocument> objectives = new ArrayList<>();
            for (Field document : documents) {
                String version = document.at("apiVersion").text();
                if (!version.equals(VERSION)) {
                    throw new IllegalArgumentException(
                            "%s.apiVersion must be %s: %s".formatted(document.path(), VERSION, version));
                }
                if (document.at("kind").text().equals("SLO")) {
                    objectives.addAll(readSlo(document));
                }
            }
            return new Imported(objectives, warnings);
        }

        private List<ObjectiveDocument> readSlo(Field slo) {
            Field spec = slo.at("spec");
            String name = slo.at("metadata").at("name").text();
            List<Field> objectives = spec.at("objectives").list();
            if (objectives.isEmpty()) {
                throw new IllegalArgumentException(spec.path() + ".objectives must hold at least one objective");
            }
            Period period = period(spec.at("timeWindow"));
            List<AlertRow> alerts = new ArrayList<>();
            for (Field policy : spec.at("alertPolicies").list()) {
                alerts.addAll(rows(resolved(policy, "alertPolicyRef", "AlertPolicy")));
            }
            List<ObjectiveDocument> read = new ArrayList<>();
            for (Field objective : objectives) {
                if (objective.at("indicator").isPresent()
                        || objective.at("indicatorRef").isPresent()) {
                    throw new IllegalArgumentException(
                            objective.path() + ".indicator: composite objectives are not supported");
                }
                read.add(new ObjectiveDocument(
                        read.isEmpty() ? name : name + "-" + (read.size() + 1),
                        objective
                                .at("displayName")
                                .text(slo.at("metadata").at("displayName").text("")),
                        spec.at("service").text(),
                        spec.at("description").text(""),
                        slo.at("metadata").at("labels").labels(),
                        target(objective),
                        period,
                        budgeting(spec.at("budgetingMethod"), objective),
                        indicator(spec, objective),
                        alerts));
            }
            return read;
        }

        private static Target target(Field objective) {
            Field target = objective.at("target");
            Field percent = objective.at("targetPercent");
            if (target.isPresent() == percent.isPresent()) {
                throw new IllegalArgumentException(
                        "%s must have either target or targetPercent".formatted(objective.path()));
            }
            return target.isPresent() ? new Target(target.decimal()) : Target.ofPercent(percent.decimal());
        }

        private static Period period(Field windows) {
            if (windows.list().size() != 1) {
                throw new IllegalArgumentException("%s must hold exactly one window: %d"
                        .formatted(windows.path(), windows.list().size()));
            }
            Field window = windows.list().getFirst();
            Shorthand length = window.at("duration").duration();
            Field calendar = window.at("calendar");
            if (window.at("isRolling").flag(!calendar.isPresent()) == calendar.isPresent()) {
                throw new IllegalArgumentException(
                        window.path() + " must either be rolling or have a calendar, not both");
            }
            return calendar.isPresent()
                    ? new Period(
                            length,
                            new Period.Calendar(
                                    calendar.at("startTime").text(),
                                    calendar.at("timeZone").text()))
                    : Period.rolling(length);
        }

        private static Budgeting budgeting(Field method, Field objective) {
            return switch (method.text()) {
                case "Occurrences" -> new Budgeting.Occurrences();
                case "Timeslices" ->
                    new Budgeting.Timeslices(
                            objective.at("timeSliceTarget").decimal(), slice(objective.at("timeSliceWindow")));
                case "RatioTimeslices" -> new Budgeting.RatioTimeslices(slice(objective.at("timeSliceWindow")));
                default ->
                    throw new IllegalArgumentException("%s must be Occurrences, Timeslices or RatioTimeslices: %s"
                            .formatted(method.path(), method.text()));
            };
        }

        /** A bare number is in minutes. */
        private static Shorthand slice(Field window) {
            return window.text().matches("[0-9]{1,6}")
                    ? new Shorthand(Integer.parseInt(window.text()), 'm')
                    : window.duration();
        }

        private Indicator indicator(Field spec, Field objective) {
            Field inlined = spec.at("indicator");
            if (inlined.isPresent() == spec.at("indicatorRef").isPresent()) {
                throw new IllegalArgumentException(spec.path() + " must have either indicator or indicatorRef");
            }
            Field indicator = inlined.isPresent() ? inlined : resolved(spec, "indicatorRef", "SLI");
            Field threshold = indicator.at("spec").at("thresholdMetric");
            Field ratio = indicator.at("spec").at("ratioMetric");
            if (threshold.isPresent() == ratio.isPresent()) {
                throw new IllegalArgumentException(
                        indicator.path() + ".spec must have either thresholdMetric or ratioMetric");
            }
            if (threshold.isPresent()) {
                return new Indicator.Threshold(
                        source(threshold),
                        operator(objective.at("op")),
                        objective.at("value").decimal());
            }
            return ratio(ratio);
        }

        private static Indicator ratio(Field ratio) {
            boolean counter = ratio.at("counter").flag(false);
            if (ratio.at("raw").isPresent()) {
                String type = ratio.at("rawType").text();
                if (!Set.of("success", "failure").contains(type)) {
                    throw new IllegalArgumentException(
                            "%s.rawType must be success or failure: %s".formatted(ratio.path(), type));
                }
                return new Indicator.RawRatio(source(ratio.at("raw")), type.equals("failure"));
            }
            if (ratio.at("good").isPresent() == ratio.at("bad").isPresent()) {
                throw new IllegalArgumentException(ratio.path() + " must have either good or bad, or raw");
            }
            return ratio.at("good").isPresent()
                    ? new Indicator.GoodRatio(source(ratio.at("good")), source(ratio.at("total")), counter)
                    : new Indicator.BadRatio(source(ratio.at("bad")), source(ratio.at("total")), counter);
        }

        private static Source source(Field metric) {
            Field source = metric.at("metricSource");
            if (!source.isPresent()) {
                throw new IllegalArgumentException(source.path() + " must be given");
            }
            return new Source(
                    source.at("metricSourceRef").optionalText(),
                    source.at("type").optionalText(),
                    source.at("spec").map());
        }

        private List<AlertRow> rows(Field policy) {
            List<Field> conditions = policy.at("spec").at("conditions").list();
            if (conditions.size() != 1) {
                throw new IllegalArgumentException("%s.spec.conditions must hold exactly one condition: %d"
                        .formatted(policy.path(), conditions.size()));
            }
            Field definition = resolved(conditions.getFirst(), "conditionRef", "AlertCondition");
            Field condition = definition.at("spec").at("condition");
            if (!condition.at("kind").text("burnrate").equals("burnrate")) {
                throw new IllegalArgumentException("%s.kind must be burnrate: %s"
                        .formatted(condition.path(), condition.at("kind").text()));
            }
            String operator = operator(condition.at("op"));
            if (operator.startsWith("lt")) {
                warnings.add("%s.op is %s, which would alert while the burn rate is low; read as gte."
                        .formatted(condition.path(), operator));
            }
            Duration longWindow = condition.at("lookbackWindow").duration().toDuration();
            Field annotated = policy.at("metadata").at("annotations").at(SHORT_WINDOW);
            Duration shortWindow = annotated.isPresent()
                    ? annotated.duration().toDuration()
                    : Shorthand.of(longWindow.dividedBy(12)).toDuration();
            String severity = definition.at("spec").at("severity").text();
            BigDecimal threshold = condition.at("threshold").decimal();
            String after = condition.at("alertAfter").text("0m");
            return List.of(new AlertRow(
                    new BurnWindow(
                            PAGING.contains(severity) ? Severity.PAGE : Severity.TICKET,
                            longWindow,
                            shortWindow,
                            threshold),
                    after.equals("0m")
                            ? Duration.ZERO
                            : condition.at("alertAfter").duration().toDuration()));
        }

        private static String operator(Field op) {
            if (!Set.of("lt", "lte", "gt", "gte").contains(op.text())) {
                throw new IllegalArgumentException("%s must be lt, lte, gt or gte: %s".formatted(op.path(), op.text()));
            }
            return op.text();
        }

        /** The object that {@code place} refers to by {@code reference}, or {@code place} itself if it is inlined. */
        private Field resolved(Field place, String reference, String kind) {
            Field name = place.at(reference);
            if (!name.isPresent()) {
                return place;
            }
            return documents.stream()
                    .filter(document -> document.at("kind").text().equals(kind)
                            && document.at("metadata").at("name").text().equals(name.text()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "%s must name an %s in the same text: %s".formatted(name.path(), kind, name.text())));
        }
    }

    /** A map that keeps the order in which keys are put. */
    static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
        }
        return map;
    }
}
