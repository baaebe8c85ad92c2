package io.pentameter.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.proto.trace.v1.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What end users say of an answer counts as feedback. */
@ExtendWith(RunningStack.Extension.class)
class FeedbackStory {

    private final RunningStack stack;

    FeedbackStory(RunningStack stack) {
        this.stack = stack;
    }

    @Test
    void thumbsOfEndUsersCountAsFeedback() {
        Instant now = Instant.now();
        String feature = Spans.unique("thumbs");
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            spans.add(Spans.chat(now.minusSeconds(5 + i), Duration.ofSeconds(1))
                    .addAttributes(Spans.text("pentameter.feature", feature))
                    .build());
        }
        stack.ingest().export(Spans.request(spans));

        for (int i = 0; i < 4; i++) {
            Answer answer = stack.ingest()
                    .post(
                            "/api/v1/feedback",
                            "{\"traceId\":\"%s\",\"thumbs\":\"%s\",\"id\":\"%s\"}"
                                    .formatted(
                                            Spans.hex(spans.get(i).getTraceId()), i == 0 ? "down" : "up", feature + i));
            assertThat(answer.status()).as(answer.text()).isBetween(200, 202);
        }

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(stack.read()
                                .query("""
                        {"measures":["thumbs_down_rate","thumbs_down"],"groupBy":[],"filters":[],"from":"%s","to":"%s"}""".formatted(now.minusSeconds(600), now.plusSeconds(600)))
                                .json()
                                .at("/totals/thumbs_down")
                                .asLong())
                        .isGreaterThanOrEqualTo(1));
        String trace = Spans.hex(spans.getFirst().getTraceId());
        assertThat(stack.otherRead().get("/api/v1/scores?trace=" + trace).json().path("scores"))
                .isEmpty();
    }
}
