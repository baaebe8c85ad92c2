package io.pentameter.stack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.stack.demo.Metrics.Answer;
import io.pentameter.stack.demo.Metrics.Group;
import io.pentameter.stack.http.JsonApi;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What came of the traffic, as lines for the terminal. */
final class Overview {

    private static final int MOST_ALERTS = 5;

    private final JsonApi read;
    private final JsonApi admin;
    private final Metrics metrics;
    private final AlertReceiver receiver;

    Overview(JsonApi read, JsonApi admin, Metrics metrics, AlertReceiver receiver) {
        this.read = read;
        this.admin = admin;
        this.metrics = metrics;
        this.receiver = receiver;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.addAll(totals());
        lines.addAll(costs("feature"));
        lines.addAll(costs("customer"));
        lines.addAll(models());
        lines.addAll(new Grades(read).lines());
        lines.addAll(alerts());
        return lines;
    }

    private List<String> totals() {
        Answer answer = metrics.by(
                "", "-requests", "requests", "error_rate", "spans", "input_tokens", "output_tokens", "cost_usd");
        Group all = answer.totals();
        return List.of(
                "THE LAST HOUR  %s requests, error rate %s, %s spans, %s tokens in, %s out, cost %s (%.1f %% of the model calls have a price)"
                        .formatted(
                                all.whole("requests"),
                                all.percent("error_rate"),
                                all.whole("spans"),
                                all.whole("input_tokens"),
                                all.whole("output_tokens"),
                                all.money("cost_usd"),
                                100 * answer.priced()),
                "");
    }

    private List<String> costs(String dimension) {
        Answer answer =
                metrics.by(dimension, "-cost_usd", "cost_usd", "requests", "error_rate", "latency_p50", "latency_p95");
        Table table = new Table(dimension.toUpperCase(Locale.ROOT), "cost", "requests", "errors", "p50", "p95");
        for (Group group : answer.groups()) {
            row(table, group);
        }
        row(table, answer.totals());
        return withGap(table);
    }

    private static void row(Table table, Group group) {
        table.row(
                group.name(),
                group.money("cost_usd"),
                group.whole("requests"),
                group.percent("error_rate"),
                group.seconds("latency_p50"),
                group.seconds("latency_p95"));
    }

    private List<String> models() {
        Answer answer = metrics.by(
                "model",
                "-model_calls",
                "model_calls",
                "model_latency_p50",
                "model_latency_p95",
                "model_latency_p99",
                "ttft_p95",
                "tokens_per_second",
                "model_call_error_rate",
                "cost_usd");
        Table table = new Table("MODEL", "calls", "p50", "p95", "p99", "TTFT p95", "tokens/s", "errors", "cost");
        for (Group group : answer.groups()) {
            if (group.isZero("model_calls")) {
                continue;
            }
            table.row(
                    group.name(),
                    group.whole("model_calls"),
                    group.seconds("model_latency_p50"),
                    group.seconds("model_latency_p95"),
                    group.seconds("model_latency_p99"),
                    group.seconds("ttft_p95"),
                    group.whole("tokens_per_second"),
                    group.percent("model_call_error_rate"),
                    group.money("cost_usd"));
        }
        return withGap(table);
    }

    private List<String> alerts() {
        List<String> lines = new ArrayList<>();
        JsonNode data = admin.get("/api/v1/alerts?limit=" + MOST_ALERTS).body().path("data");
        Table table = new Table("ALERT", "state", "severity", "group", "value", "threshold");
        for (JsonNode alert : data) {
            table.row(
                    alert.path("ruleName").asText(),
                    alert.path("state").asText(),
                    alert.path("severity").asText(),
                    group(alert.path("group")),
                    digits(alert.path("value")),
                    digits(alert.path("threshold")));
        }
        lines.addAll(data.isEmpty() ? List.of("ALERT  none yet") : table.lines());
        for (AlertReceiver.Notice notice : receiver.notices()) {
            lines.add("  %s  %s".formatted(notice.at(), summary(notice.body())));
        }
        if (!receiver.notices().isEmpty()) {
            lines.add("  delivered, signed, to " + receiver.url());
        }
        lines.add("");
        return lines;
    }

    private static String summary(JsonNode notice) {
        JsonNode alert = notice.path("data");
        return "%s: %s (%s) %s, was %s"
                .formatted(
                        notice.path("type").asText(),
                        alert.path("rule").path("name").asText(),
                        alert.path("rule").path("condition").asText(),
                        group(alert.path("group")),
                        digits(alert.path("value")));
    }

    private static String group(JsonNode group) {
        List<String> words = new ArrayList<>();
        group.properties()
                .forEach(entry ->
                        words.add(entry.getKey() + "=" + entry.getValue().asText()));
        return words.isEmpty() ? "all" : String.join(" ", words);
    }

    /** A number with four digits that count; a dash if there is none. */
    private static String digits(JsonNode number) {
        return number.isNumber()
                ? new BigDecimal(number.asText())
                        .round(new MathContext(4))
                        .stripTrailingZeros()
                        .toPlainString()
                : "-";
    }

    private static List<String> withGap(Table table) {
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        return lines;
    }
}
