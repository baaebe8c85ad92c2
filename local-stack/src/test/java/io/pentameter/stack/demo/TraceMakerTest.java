package io.pentameter.stack.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import io.pentameter.stack.otlp.Otlp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TraceMakerTest {

    private static final Instant END = Instant.parse("2026-11-21T12:00:00Z");
    private static final int REQUESTS = 5000;

    @Test
    void everyRequestIsOneTreeWithinItsOwnTime() {
        TraceMaker maker = new TraceMaker(new SplittableRandom(7));
        for (int i = 0; i < REQUESTS; i++) {
            List<Span> spans = maker.make(END, new Weather(false));

            Span root = spans.getFirst();
            assertThat(root.getParentSpanId().isEmpty()).isTrue();
            assertThat(root.getEndTimeUnixNano()).isEqualTo(Otlp.nanos(END));
            assertThat(spans.subList(1, spans.size())).isNotEmpty().allSatisfy(span -> {
                assertThat(span.getTraceId()).isEqualTo(root.getTraceId());
                assertThat(span.getParentSpanId()).isEqualTo(root.getSpanId());
                assertThat(span.getStartTimeUnixNano()).isGreaterThanOrEqualTo(root.getStartTimeUnixNano());
                assertThat(span.getEndTimeUnixNano()).isBetween(span.getStartTimeUnixNano(), root.getEndTimeUnixNano());
            });
        }
    }

    @Test
    void trafficHoldsAllThatTheDemoIsToShow() {
        List<Span> spans = spans(new Weather(false));

        assertThat(values(spans, "pentameter.feature")).hasSize(Feature.values().length);
        assertThat(values(spans, "pentameter.customer")).hasSize(8);
        assertThat(values(spans, "gen_ai.response.model")).contains("acme-ranker-7b", "gpt-4o-mini-2024-07-18");
        assertThat(values(spans, "gen_ai.operation.name"))
                .containsExactlyInAnyOrder("chat", "embeddings", "retrieval", "execute_tool", "invoke_agent");
        assertThat(values(spans, "error.type")).contains("rate_limit_exceeded", "server_error");
        assertThat(keys(spans))
                .contains(
                        "gen_ai.usage.cache_read.input_tokens",
                        "gen_ai.usage.reasoning.output_tokens",
                        "gen_ai.response.time_to_first_chunk",
                        "gen_ai.output.messages");
        assertThat(values(spans, "gen_ai.output.messages"))
                .anyMatch(output -> output.contains("I'm sorry"))
                .anyMatch(output -> output.contains("\"finish_reason\":\"length\""))
                .anyMatch(output -> output.contains("[9]"));
    }

    @Test
    void anIncidentStrikesOneFeature() {
        assertThat(errorRate(spans(new Weather(true)), Feature.SUPPORT_CHAT)).isBetween(0.4, 0.6);
        assertThat(errorRate(spans(new Weather(true)), Feature.SEARCH_ANSWERS)).isLessThan(0.02);
        assertThat(errorRate(spans(new Weather(false)), Feature.SUPPORT_CHAT)).isLessThan(0.02);
    }

    @Test
    void theFirstIncidentIsOverWithinTheFirstMinuteAndComesAgain() {
        assertThat(Weather.after(Duration.ZERO).isIncident()).isFalse();
        assertThat(Weather.after(Weather.FIRST_INCIDENT).isIncident()).isTrue();
        assertThat(Weather.after(Duration.ofMinutes(1)).isIncident()).isFalse();
        assertThat(Weather.after(Weather.PERIOD.plus(Weather.FIRST_INCIDENT)).isIncident())
                .isTrue();
    }

    private static List<Span> spans(Weather weather) {
        TraceMaker maker = new TraceMaker(new SplittableRandom(7));
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            spans.addAll(maker.make(END, weather));
        }
        return spans;
    }

    private static double errorRate(List<Span> spans, Feature feature) {
        List<Span> requests = spans.stream()
                .filter(span -> values(List.of(span), "pentameter.feature").contains(feature.word()))
                .toList();
        long errors = requests.stream()
                .filter(span -> span.getStatus().getCode() == StatusCode.STATUS_CODE_ERROR)
                .count();
        return (double) errors / requests.size();
    }

    private static Set<String> values(List<Span> spans, String key) {
        Set<String> values = new HashSet<>();
        for (Span span : spans) {
            for (KeyValue attribute : span.getAttributesList()) {
                if (attribute.getKey().equals(key)) {
                    values.add(attribute.getValue().getStringValue());
                }
            }
        }
        return values;
    }

    private static Set<String> keys(List<Span> spans) {
        Set<String> keys = new HashSet<>();
        spans.forEach(span -> span.getAttributesList().forEach(attribute -> keys.add(attribute.getKey())));
        return keys;
    }
}
