package io.pentameter.stack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.stack.http.JsonApi;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The last hour through the public metrics query. */
final class Metrics {

    private static final Duration WINDOW = Duration.ofHours(1);
    private static final int MOST_GROUPS = 12;

    private final JsonApi api;
    private final InstantSource clock;

    Metrics(JsonApi api, InstantSource clock) {
        this.api = api;
        this.clock = clock;
    }

    /** One group of an answer: its name, and a value by measure; a value that is not known is not there. */
    record Group(String name, Map<String, String> values) {

        String whole(String measure) {
            return value(measure, "%,.0f");
        }

        boolean isZero(String measure) {
            return whole(measure).equals("0");
        }

        String percent(String measure) {
            String value = values.getOrDefault(measure, "");
            return value.isEmpty() ? "-" : "%.2f %%".formatted(100 * Double.parseDouble(value));
        }

        /** Seconds. */
        String seconds(String measure) {
            return value(measure, "%.2f s");
        }

        /** Decimal text, cut to the hundredth of a cent for the eye. */
        String money(String measure) {
            return value(measure, "$%,.4f");
        }

        private String value(String measure, String format) {
            String value = values.getOrDefault(measure, "");
            return value.isEmpty() ? "-" : format.formatted(Double.parseDouble(value));
        }
    }

    /** An answer: the groups, the whole, and how much of the traffic could be priced, 0..1. */
    record Answer(List<Group> groups, Group totals, double priced) {}

    Answer by(String dimension, String orderBy, String... measures) {
        var until = clock.instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        JsonNode body = api.post(
                        "/api/v1/metrics/query",
                        Map.of(
                                "measures", List.of(measures),
                                "groupBy", dimension.isEmpty() ? List.of() : List.of(dimension),
                                "filters", List.of(),
                                "from", until.minus(WINDOW).toString(),
                                "to", until.toString(),
                                "orderBy", orderBy,
                                "limit", MOST_GROUPS))
                .expect("asking for metrics by " + dimension, 200);
        List<Group> groups = new ArrayList<>();
        for (JsonNode series : body.path("series")) {
            groups.add(group(series.path("group").path(dimension).asText(""), series.path("totals")));
        }
        return new Answer(
                groups,
                group("in all", body.path("totals")),
                body.path("coverage").path("priced").asDouble(Double.NaN));
    }

    private static Group group(String name, JsonNode values) {
        Map<String, String> texts = new java.util.HashMap<>();
        for (Map.Entry<String, JsonNode> value : values.properties()) {
            if (!value.getValue().isNull()) {
                texts.put(value.getKey(), value.getValue().asText());
            }
        }
        return new Group(name.isEmpty() ? "(none)" : name, texts);
    }
}
