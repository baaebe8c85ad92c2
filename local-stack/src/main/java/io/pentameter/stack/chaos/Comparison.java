package io.pentameter.stack.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.stack.http.JsonApi;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares what clients of one kind had acknowledged with what the public API says is stored: spans, tokens and dollars, first in groups
 * and then trace by trace.
 */
final class Comparison {

    /** In a rollup. */
    private static final String RELEASE = "release";

    private static final int MOST_GROUPS = 1000;
    private static final int MOST_SHOWN = 20;

    private final JsonApi api;
    private final String prefix;
    private final Instant from;
    private final List<String> dimensions;

    /**
     * What was sent under groups that begin with {@code prefix}.
     *
     * @param dimension that says the group and is in no rollup, or in none by itself: it is asked for beside the release
     */
    Comparison(JsonApi api, String prefix, String dimension, Instant from) {
        this.api = api;
        this.prefix = prefix;
        this.from = from;
        this.dimensions = List.of(dimension, RELEASE);
    }

    /**
     * What was found, by the worse of the two ways to ask.
     *
     * @param lost   spans acknowledged and not stored
     * @param twice  spans counted more than once
     * @param shown  a sentence for each of the first groups and traces that are wrong
     */
    record Finding(Amounts acknowledged, Amounts stored, long lost, long twice, List<String> shown) {

        Finding {
            shown = List.copyOf(shown);
        }

        boolean isExact() {
            return lost == 0 && twice == 0 && acknowledged.equals(stored) && shown.isEmpty();
        }
    }

    /** Whether both ways to ask know as much as was acknowledged. */
    boolean isDrained(List<Trace> traces, Instant to) {
        Amounts sent = total(sent(traces));
        return dimensions.stream()
                .allMatch(dimension -> sent.equals(
                        Amounts.ofTotals(query(to, dimension, List.of()).path("totals"))));
    }

    Finding compare(List<Trace> traces, Instant to) {
        Map<String, Amounts> sent = sent(traces);
        Finding last = new Finding(Amounts.NONE, Amounts.NONE, 0, 0, List.of());
        for (String dimension : dimensions) {
            last = compare(dimension, traces, sent, to);
            if (!last.isExact()) {
                return last;
            }
        }
        return last;
    }

    private static Map<String, Amounts> sent(List<Trace> traces) {
        Map<String, Amounts> sent = new HashMap<>();
        traces.forEach(trace -> sent.merge(trace.group(), trace.amounts(), Amounts::plus));
        return sent;
    }

    private Finding compare(String dimension, List<Trace> traces, Map<String, Amounts> sent, Instant to) {
        JsonNode answer = query(to, dimension, List.of(dimension));
        Map<String, Amounts> stored = new HashMap<>();
        for (JsonNode series : answer.path("series")) {
            stored.put(series.path("group").path(dimension).asText(), Amounts.ofTotals(series.path("totals")));
        }
        Set<String> groups = new HashSet<>(sent.keySet());
        groups.addAll(stored.keySet());
        List<String> shown = new ArrayList<>();
        Set<String> wrong = new HashSet<>();
        long lost = 0;
        long twice = 0;
        for (String group : groups) {
            Amounts was = sent.getOrDefault(group, Amounts.NONE);
            Amounts is = stored.getOrDefault(group, Amounts.NONE);
            if (!was.equals(is)) {
                wrong.add(group);
                lost += Math.max(0, was.spans() - is.spans());
                twice += Math.max(0, is.spans() - was.spans());
                shown.add("%s %s: acknowledged %s; counted %s".formatted(dimension, group, was, is));
            }
        }
        traces.stream()
                .filter(trace -> wrong.contains(trace.group()))
                .map(this::difference)
                .filter(sentence -> !sentence.isEmpty())
                .limit(MOST_SHOWN)
                .forEach(shown::add);
        return new Finding(total(sent), total(stored), lost, twice, shown);
    }

    /** A sentence if the trace is not as it was sent; empty if it is. */
    private String difference(Trace trace) {
        JsonApi.Answer answer = api.get("/api/v1/traces/" + trace.traceId());
        if (answer.status() != 200) {
            return "trace %s: status %d".formatted(trace.traceId(), answer.status());
        }
        JsonNode body = answer.body();
        Set<String> missing = new HashSet<>(trace.spanIds());
        body.path("spans").forEach(span -> missing.remove(span.path("spanId").asText()));
        Amounts found = new Amounts(
                body.path("spanCount").asLong(),
                body.path("inputTokens").asLong(),
                body.path("outputTokens").asLong(),
                Amounts.nano(body.path("costUsd")));
        if (missing.isEmpty() && found.equals(trace.amounts())) {
            return "";
        }
        return "trace %s: %s where %s were sent, %d still running, missing %s"
                .formatted(
                        trace.traceId(),
                        found,
                        trace.amounts(),
                        body.path("runningCount").asLong(),
                        missing);
    }

    private static Amounts total(Map<String, Amounts> groups) {
        return groups.values().stream().reduce(Amounts.NONE, Amounts::plus);
    }

    private JsonNode query(Instant to, String dimension, List<String> groupBy) {
        return api.post(
                        "/api/v1/metrics/query",
                        Map.of(
                                "measures", List.of("spans", "input_tokens", "output_tokens", "cost_usd"),
                                "groupBy", groupBy,
                                "filters", List.of(Map.of("dimension", dimension, "op", "contains", "value", prefix)),
                                "from", from.toString(),
                                "to", to.toString(),
                                "limit", MOST_GROUPS))
                .expect("asking for what begins with " + prefix, 200);
    }
}
