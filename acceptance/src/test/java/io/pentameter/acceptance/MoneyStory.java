package io.pentameter.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.proto.trace.v1.Span;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Finance reads cost by any dimension: the parts sum to the whole, and what is not known is not counted as nothing. */
@ExtendWith(RunningStack.Extension.class)
class MoneyStory {

    private static final int CALLS = 210;

    private final RunningStack stack;

    MoneyStory(RunningStack stack) {
        this.stack = stack;
    }

    @Test
    void theTotalsOfGroupsEqualTheUngroupedTotalExactlyOverEveryDimension() {
        Instant start = Instant.now().minusSeconds(120);
        String release = Spans.unique("release");
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            spans.add(Spans.chat(start.plusMillis(i * 100L), Duration.ofMillis(500 + i))
                    .addAttributes(Spans.text("pentameter.release", release))
                    .addAttributes(Spans.text("pentameter.feature", "feature-" + i % 7))
                    .addAttributes(Spans.text("pentameter.customer", "customer-" + i % 30))
                    .addAttributes(Spans.text("pentameter.user", "user-" + i % 50))
                    .addAttributes(Spans.text("pentameter.session", "session-" + i % 90))
                    .build());
        }

        assertThat(stack.ingest().export(Spans.request(spans)).status()).isEqualTo(200);
        Span ofTheOther = spans.getFirst().toBuilder()
                .addAttributes(Spans.text("pentameter.team", "of the other tenant"))
                .build();
        assertThat(stack.otherIngest().export(Spans.request(ofTheOther)).status())
                .isEqualTo(200);

        BigDecimal whole = new BigDecimal("0.0000402").multiply(BigDecimal.valueOf(CALLS));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> total(release, start, "").at("/totals/spans").asLong() == CALLS);
        for (String dimension : List.of("feature", "customer", "user", "session", "model", "provider", "environment")) {
            JsonNode answer = total(release, start, "\"" + dimension + "\"");
            BigDecimal sum = BigDecimal.ZERO;
            long requests = 0;
            for (JsonNode series : answer.get("series")) {
                sum = sum.add(new BigDecimal(series.at("/totals/cost_usd").asText()));
                requests += series.at("/totals/requests").asLong();
            }
            assertThat(new BigDecimal(answer.at("/totals/cost_usd").asText()))
                    .as(dimension)
                    .isEqualByComparingTo(whole);
            assertThat(sum).as(dimension).isEqualByComparingTo(whole);
            assertThat(requests).as(dimension).isEqualTo(CALLS);
        }
        await().atMost(Duration.ofSeconds(10))
                .until(() -> total(stack.otherRead(), release, start, "")
                        .at("/totals/cost_usd")
                        .asText()
                        .equals("0.0000402"));
    }

    @Test
    void aModelWithoutPriceHasNoCostAndLowersTheCoverage() {
        Instant start = Instant.now().minusSeconds(60);
        String release = Spans.unique("unpriced");
        Span known = Spans.chat(start, Duration.ofSeconds(1))
                .addAttributes(Spans.text("pentameter.release", release))
                .build();
        Span.Builder unknown = Span.newBuilder()
                .setTraceId(Spans.bytes(16))
                .setSpanId(Spans.bytes(8))
                .setName("chat")
                .setStartTimeUnixNano(Spans.nanos(start))
                .setEndTimeUnixNano(Spans.nanos(start.plusSeconds(1)))
                .addAttributes(Spans.text("pentameter.release", release))
                .addAttributes(Spans.text("gen_ai.operation.name", "chat"))
                .addAttributes(Spans.text("gen_ai.provider.name", "in-house"))
                .addAttributes(Spans.text("gen_ai.request.model", "nobody-sells-this-1"))
                .addAttributes(Spans.number("gen_ai.usage.input_tokens", 1000))
                .addAttributes(Spans.number("gen_ai.usage.output_tokens", 10));

        stack.ingest().export(Spans.request(known, unknown.build()));

        JsonNode answer = await().atMost(Duration.ofSeconds(10))
                .until(
                        () -> total(release, start, "\"model\""),
                        found -> found.at("/totals/spans").asLong() == 2);
        assertThat(answer.at("/totals/cost_usd").asText()).isEqualTo("0.0000402");
        assertThat(answer.at("/coverage/priced").asDouble()).isEqualTo(0.5);
        for (JsonNode series : answer.get("series")) {
            if (series.at("/group/model").asText().equals("nobody-sells-this-1")) {
                assertThat(series.at("/totals/cost_usd").isNull()).isTrue();
                assertThat(series.at("/totals/input_tokens").asLong()).isEqualTo(1000);
            }
        }
    }

    @Test
    void aBatchThatIsSentTwiceIsCountedOnce() {
        Instant start = Instant.now().minusSeconds(60);
        String release = Spans.unique("twice");
        var request = Spans.request(Spans.chat(start, Duration.ofSeconds(1))
                .addAttributes(Spans.text("pentameter.release", release))
                .build());

        stack.ingest().export(request);
        stack.ingest().export(request);
        stack.ingest()
                .export(Spans.request(Spans.chat(start, Duration.ofSeconds(1))
                        .addAttributes(Spans.text("pentameter.release", release))
                        .build()));

        await().atMost(Duration.ofSeconds(10))
                .until(() -> total(release, start, "").at("/totals/spans").asLong() == 2);
        assertThat(total(release, start, "").at("/totals/cost_usd").asText()).isEqualTo("0.0000804");
    }

    private JsonNode total(String release, Instant start, String groupBy) {
        return total(stack.read(), release, start, groupBy);
    }

    private static JsonNode total(Client reader, String release, Instant start, String groupBy) {
        return reader.query("""
                        {"measures":["cost_usd","requests","spans","input_tokens"],"groupBy":[%s],
                         "filters":[{"dimension":"release","op":"eq","value":"%s"}],"from":"%s","to":"%s"}""".formatted(groupBy, release, start.minusSeconds(60), start.plusSeconds(600)))
                .json();
    }
}
