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

/** Compares what was acknowledged with what the public API says is stored, first in groups and then span by span. */
final class Comparison {

    private static final int MOST_GROUPS = 1000;
    private static final int MOST_SHOWN = 20;

    private final JsonApi api;
    private final String run;
    private final Instant from;

    Comparison(JsonApi api, String run, Instant from) {
        this.api = api;
        this.run = run;
        this.from = from;
    }

    /** Sums over some deliveries. */
    private record Sums(long spans, long inputTokens) {

        Sums plus(Sums other) {
            return new Sums(spans + other.spans, inputTokens + other.inputTokens);
        }
    }

    /**
     * What was found.
     *
     * @param lost   spans acknowledged and not stored
     * @param twice  spans counted more than once
     * @param shown  a sentence for each of the first traces that are wrong
     */
    record Finding(long acknowledged, long stored, long lost, long twice, List<String> shown) {

        boolean isExact() {
            return lost == 0 && twice == 0 && acknowledged == stored && shown.isEmpty();
        }
    }

    /** Spans that metrics queries count now. */
    long stored(Instant to) {
        return query(to, List.of()).path("totals").path("spans").asLong();
    }

    Finding compare(List<Delivery> deliveries, Instant to) {
        Map<String, Sums> sent = new HashMap<>();
        for (Delivery delivery : deliveries) {
            sent.merge(delivery.group(), new Sums(delivery.spanIds().size(), delivery.inputTokens()), Sums::plus);
        }
        JsonNode answer = query(to, List.of("customer"));
        Map<String, Sums> stored = new HashMap<>();
        for (JsonNode series : answer.path("series")) {
            JsonNode totals = series.path("totals");
            stored.put(
                    series.path("group").path("customer").asText(),
                    new Sums(
                            totals.path("spans").asLong(),
                            totals.path("input_tokens").asLong()));
        }
        Set<String> wrong = new HashSet<>();
        Set<String> groups = new HashSet<>(sent.keySet());
        groups.addAll(stored.keySet());
        for (String group : groups) {
            if (!sent.getOrDefault(group, new Sums(0, 0)).equals(stored.get(group))) {
                wrong.add(group);
            }
        }
        return look(deliveries, wrong, sent, stored);
    }

    private Finding look(
            List<Delivery> deliveries, Set<String> wrong, Map<String, Sums> sent, Map<String, Sums> stored) {
        List<String> shown = new ArrayList<>();
        long lost = 0;
        long twice = 0;
        for (String group : wrong) {
            Sums was = sent.getOrDefault(group, new Sums(0, 0));
            Sums is = stored.getOrDefault(group, new Sums(0, 0));
            lost += Math.max(0, was.spans() - is.spans());
            twice += Math.max(0, is.spans() - was.spans());
            shown.add("%s: acknowledged %s, counted %s".formatted(group, was, is));
        }
        deliveries.stream()
                .filter(delivery -> wrong.contains(delivery.group()))
                .map(this::missing)
                .filter(sentence -> !sentence.isEmpty())
                .limit(MOST_SHOWN)
                .forEach(shown::add);
        return new Finding(total(sent), total(stored), lost, twice, shown);
    }

    /** A sentence if the trace's spans are not the delivery's; empty if they are. */
    private String missing(Delivery delivery) {
        JsonApi.Answer answer = api.get("/api/v1/traces/" + delivery.traceId());
        if (answer.status() != 200) {
            return "trace %s: status %d".formatted(delivery.traceId(), answer.status());
        }
        List<String> found = answer.body().path("spans").findValuesAsText("spanId");
        Set<String> missing = new HashSet<>(delivery.spanIds());
        found.forEach(missing::remove);
        if (missing.isEmpty() && found.size() == delivery.spanIds().size()) {
            return "";
        }
        return "trace %s: %d spans where %d were sent, missing %s"
                .formatted(delivery.traceId(), found.size(), delivery.spanIds().size(), missing);
    }

    private static long total(Map<String, Sums> sums) {
        return sums.values().stream().mapToLong(Sums::spans).sum();
    }

    private JsonNode query(Instant to, List<String> groupBy) {
        return api.post(
                        "/api/v1/metrics/query",
                        Map.of(
                                "measures", List.of("spans", "input_tokens"),
                                "groupBy", groupBy,
                                "filters", List.of(Map.of("dimension", "feature", "op", "eq", "value", run)),
                                "from", from.toString(),
                                "to", to.toString(),
                                "limit", MOST_GROUPS))
                .expect("asking for the spans of " + run, 200);
    }
}
