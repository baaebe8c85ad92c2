package io.pentameter.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** What a client measured itself and sent as metrics, beside the same from its spans. */
final class ClientMetrics {

    private static final String DURATION = "gen_ai.client.operation.duration";
    private static final String TOKENS = "gen_ai.client.token.usage";

    /** A client stops its clock a little before or after it ends its span. */
    private static final double CLOCKS_APART_SECONDS = 0.5;

    private ClientMetrics() {}

    /** A line for each metric and type of token that the client sent: how many values, and for tokens their sum. */
    static String of(Client read, String service, Instant began) {
        StringBuilder text = new StringBuilder();
        JsonNode durations = query(read, DURATION, "", service, began);
        if (!durations.path("series").isEmpty()) {
            text.append("metrics %s sent=%d computed=%d%n"
                    .formatted(DURATION, count(durations.path("series")), count(durations.at("/computed/series"))));
        }
        JsonNode tokens = query(read, TOKENS, "\"attr.gen_ai.token.type\"", service, began);
        Map<String, String> computed = byType(tokens.at("/computed/series"));
        byType(tokens.path("series"))
                .forEach((type, sent) -> text.append(
                        "metrics %s %s sent=%s computed=%s%n".formatted(TOKENS, type, sent, computed.get(type))));
        return text.toString();
    }

    /** What the client measured lasted as long as its spans. */
    static void durationsAgree(Client read, String service, Instant began) {
        JsonNode durations = query(read, DURATION, "", service, began);
        if (!durations.path("series").isEmpty()) {
            assertThat(sum(durations.path("series")))
                    .as(durations.toString())
                    .isEqualTo(sum(durations.at("/computed/series")), within(CLOCKS_APART_SECONDS));
        }
    }

    private static JsonNode query(Client read, String name, String groupBy, String service, Instant began) {
        return read.post("/api/v1/client-metrics/query", """
            {"name":"%s","groupBy":[%s],"from":"%s","to":"%s",
             "filters":[{"dimension":"service","op":"eq","value":"%s"}]}""".formatted(
                                name, groupBy, began.minusSeconds(60), began.plusSeconds(600), service))
                .json();
    }

    private static Map<String, String> byType(JsonNode series) {
        Map<String, String> all = new TreeMap<>();
        series.forEach(one -> all.put(
                one.at("/group/attr.gen_ai.token.type").asText(),
                "%d of %d"
                        .formatted(
                                one.at("/totals/sum").asLong(),
                                one.at("/totals/count").asLong())));
        return all;
    }

    private static long count(JsonNode series) {
        long count = 0;
        for (JsonNode one : series) {
            count += one.at("/totals/count").asLong();
        }
        return count;
    }

    private static double sum(JsonNode series) {
        double sum = 0;
        for (JsonNode one : series) {
            sum += one.at("/totals/sum").asDouble();
        }
        return sum;
    }
}
