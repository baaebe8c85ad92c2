package io.pentameter.statistics.slo.document;

import static io.pentameter.statistics.slo.document.OpenSlo.ordered;

import io.pentameter.statistics.slo.BurnPolicy;
import io.pentameter.statistics.slo.BurnWindow;
import io.pentameter.statistics.slo.Severity;
import io.pentameter.statistics.slo.Target;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sloth's specification, {@code version: prometheus/v1}, and its alert windows, {@code sloth.slok.dev/v1}, read and
 * written.
 *
 * <p>Source: Sloth's {@code pkg/prometheus/api/v1} and {@code pkg/prometheus/alertwindows/v1}. Objectives are in
 * percent. The period is not in the document but on Sloth's command line; give it when reading. Queries keep {@code
 * {{.window}}}. Plug-in indicators cannot be read.
 */
public final class Sloth {

    private static final String VERSION = "prometheus/v1";
    private static final String WINDOWS_VERSION = "sloth.slok.dev/v1";
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Sloth() {}

    /** Reads all objectives; {@code period} is what Sloth runs with, 30 days by default there. */
    public static Imported read(String text, Shorthand period) {
        List<ObjectiveDocument> objectives = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        for (Field document : Field.readAll(text)) {
            String version = document.at("version").text();
            if (!version.equals(VERSION)) {
                throw new IllegalArgumentException(
                        "%s.version must be %s: %s".formatted(document.path(), VERSION, version));
            }
            for (Field slo : document.at("slos").list()) {
                objectives.add(readSlo(document, slo, period, warnings));
            }
        }
        return new Imported(objectives, warnings);
    }

    private static ObjectiveDocument readSlo(Field document, Field slo, Shorthand period, List<String> warnings) {
        Map<String, String> labels = new LinkedHashMap<>(document.at("labels").labels());
        labels.putAll(slo.at("labels").labels());
        String name = slo.at("name").text();
        String allowed = name.toLowerCase(Locale.ROOT).replaceAll("[^-a-z0-9]+", "-");
        if (!allowed.equals(name)) {
            warnings.add("%s.name %s is not a valid name; read as %s.".formatted(slo.path(), name, allowed));
        }
        Field alerting = slo.at("alerting");
        List<AlertRow> rows = BurnPolicy.workbook(period.toDuration()).rows().stream()
                .filter(row -> !alerting.at(row.severity() == Severity.PAGE ? "page_alert" : "ticket_alert")
                        .at("disable")
                        .flag(false))
                .map(row -> new AlertRow(row, Duration.ZERO))
                .toList();
        return new ObjectiveDocument(
                allowed,
                alerting.at("name").text(""),
                document.at("service").text(),
                slo.at("description").text(""),
                labels,
                Target.ofPercent(slo.at("objective").decimal()),
                Period.rolling(period),
                new Budgeting.Occurrences(),
                indicator(slo.at("sli")),
                rows);
    }

    private static Indicator indicator(Field sli) {
        Field events = sli.at("events");
        Field raw = sli.at("raw");
        if (events.isPresent() == raw.isPresent()) {
            throw new IllegalArgumentException(sli.path() + " must have either events or raw");
        }
        return raw.isPresent()
                ? new Indicator.RawRatio(
                        Source.query(raw.at("error_ratio_query").text()), true)
                : new Indicator.BadRatio(
                        Source.query(events.at("error_query").text()),
                        Source.query(events.at("total_query").text()),
                        true);
    }

    /** Writes objectives, one document per service; alerts are named by display name or else by name. */
    public static String write(List<ObjectiveDocument> objectives) {
        Map<String, List<Map<String, Object>>> services = new LinkedHashMap<>();
        for (ObjectiveDocument objective : objectives) {
            services.computeIfAbsent(objective.service(), _ -> new ArrayList<>())
                    .add(toMap(objective));
        }
        return Field.writeAll(services.entrySet().stream()
                .map(service -> ordered("version", VERSION, "service", service.getKey(), "slos", service.getValue()))
                .toList());
    }

    private static Map<String, Object> toMap(ObjectiveDocument objective) {
        Map<String, Object> alerting =
                ordered("name", objective.displayName().isEmpty() ? objective.name() : objective.displayName());
        for (Severity severity : Severity.values()) {
            boolean silent =
                    objective.alerts().stream().noneMatch(row -> row.window().severity() == severity);
            alerting.put(
                    severity == Severity.PAGE ? "page_alert" : "ticket_alert",
                    silent ? ordered("disable", true) : ordered());
        }
        Map<String, Object> slo = ordered(
                "name", objective.name(), "objective", objective.target().percent());
        if (!objective.description().isEmpty()) {
            slo.put("description", objective.description());
        }
        if (!objective.labels().isEmpty()) {
            slo.put("labels", new TreeMap<>(objective.labels()));
        }
        slo.put("sli", sli(objective));
        slo.put("alerting", alerting);
        return slo;
    }

    private static Map<String, Object> sli(ObjectiveDocument objective) {
        return switch (objective.indicator()) {
            case Indicator.BadRatio ratio ->
                events(ratio.bad().windowedQuery(), ratio.total().windowedQuery());
            case Indicator.GoodRatio ratio -> {
                String total = ratio.total().windowedQuery();
                yield events("(%s) - (%s)".formatted(total, ratio.good().windowedQuery()), total);
            }
            case Indicator.RawRatio ratio -> {
                String query = ratio.raw().windowedQuery();
                yield ordered(
                        "raw", ordered("error_ratio_query", ratio.failure() ? query : "1 - (%s)".formatted(query)));
            }
            case Indicator.Threshold _, Indicator.NativeLatency _, Indicator.BooleanGauge _ ->
                throw new IllegalArgumentException("indicator must be a ratio for Sloth: " + objective.name());
        };
    }

    private static Map<String, Object> events(String error, String total) {
        return ordered("events", ordered("error_query", error, "total_query", total));
    }

    /** Alert windows of a period. */
    public record Windows(Duration period, BurnPolicy policy) {}

    /** Reads an {@code AlertWindows} document. */
    public static Windows readWindows(String text) {
        Field document = Field.readAll(text).getFirst();
        if (!document.at("apiVersion").text().equals(WINDOWS_VERSION)
                || !document.at("kind").text().equals("AlertWindows")) {
            throw new IllegalArgumentException(
                    "%s must be of apiVersion %s and kind AlertWindows".formatted(document.path(), WINDOWS_VERSION));
        }
        Field spec = document.at("spec");
        Duration period = Shorthand.parsePrometheus(spec.at("sloPeriod").text());
        return new Windows(
                period,
                new BurnPolicy(List.of(
                        window(spec.at("page").at("quick"), Severity.PAGE, period),
                        window(spec.at("page").at("slow"), Severity.PAGE, period),
                        window(spec.at("ticket").at("quick"), Severity.TICKET, period),
                        window(spec.at("ticket").at("slow"), Severity.TICKET, period))));
    }

    private static BurnWindow window(Field window, Severity severity, Duration period) {
        return BurnWindow.spending(
                window.at("errorBudgetPercent").decimal().movePointLeft(2),
                severity,
                Shorthand.parsePrometheus(window.at("longWindow").text()),
                Shorthand.parsePrometheus(window.at("shortWindow").text()),
                period);
    }

    /** Writes an {@code AlertWindows} document; the policy has two rows for pages and two for tickets. */
    public static String writeWindows(Windows windows) {
        Map<String, Object> spec =
                ordered("sloPeriod", Shorthand.of(windows.period()).toString());
        for (Severity severity : Severity.values()) {
            List<BurnWindow> rows = windows.policy().rows().stream()
                    .filter(row -> row.severity() == severity)
                    .toList();
            if (rows.size() != 2) {
                throw new IllegalArgumentException(
                        "policy must have two rows of %s for Sloth: %d".formatted(severity, rows.size()));
            }
            spec.put(
                    severity == Severity.PAGE ? "page" : "ticket",
                    ordered("quick", window(rows.get(0), windows), "slow", window(rows.get(1), windows)));
        }
        return Field.writeAll(List.of(ordered("apiVersion", WINDOWS_VERSION, "kind", "AlertWindows", "spec", spec)));
    }

    private static Map<String, Object> window(BurnWindow row, Windows windows) {
        BigDecimal percent = row.budgetShare(windows.period())
                .multiply(HUNDRED)
                .round(new MathContext(10))
                .stripTrailingZeros();
        return ordered(
                "errorBudgetPercent",
                percent,
                "shortWindow",
                Shorthand.of(row.shortWindow()).toString(),
                "longWindow",
                Shorthand.of(row.longWindow()).toString());
    }
}
