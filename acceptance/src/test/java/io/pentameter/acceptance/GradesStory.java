package io.pentameter.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Answers are graded beside their spans, each grade with the chance that its span had to be looked at. */
@ExtendWith(RunningStack.Extension.class)
class GradesStory {

    private static final String REFUSAL = """
            [{"role":"assistant","parts":[{"type":"text","content":"I'm sorry, but I can't help with that."}],"finish_reason":"stop"}]""";

    private final RunningStack stack;

    GradesStory(RunningStack stack) {
        this.stack = stack;
    }

    @Test
    void aFailedCallIsAlwaysLookedAtAndItsRefusalFound() {
        Span span = Spans.chat(Instant.now().minusSeconds(3), Duration.ofSeconds(1))
                .addAttributes(Spans.text("gen_ai.output.messages", REFUSAL))
                .addAttributes(Spans.text("error.type", "content_filter"))
                .setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR))
                .build();
        assertThat(stack.ingest().export(Spans.request(span)).status()).isEqualTo(200);

        JsonNode grade = awaitRefusal(span, Duration.ofSeconds(30));

        assertThat(grade.path("passed").asBoolean(true)).isFalse();
        assertThat(grade.path("source").asText()).isEqualTo("code");
        assertThat(grade.path("spanId").asText()).isEqualTo(Spans.hex(span.getSpanId()));
        assertThat(grade.path("inclusionProbability").asDouble()).isEqualTo(1.0);
        assertNotSeenByTheOther(span);
    }

    @Test
    void anAnswerThatAUserDislikedIsLookedAtLater() {
        Span span = Spans.chat(Instant.now().minusSeconds(3), Duration.ofSeconds(1))
                .addAttributes(Spans.text("gen_ai.output.messages", REFUSAL))
                .build();
        assertThat(stack.ingest().export(Spans.request(span)).status()).isEqualTo(200);
        String trace = Spans.hex(span.getTraceId());
        assertThat(stack.ingest()
                        .post(
                                "/api/v1/feedback",
                                "{\"traceId\":\"%s\",\"thumbs\":\"down\",\"id\":\"%s\"}"
                                        .formatted(trace, Spans.unique("disliked")))
                        .status())
                .isBetween(200, 202);

        JsonNode grade = awaitRefusal(span, Duration.ofSeconds(60));

        assertThat(grade.path("passed").asBoolean(true)).isFalse();
        assertThat(grade.path("inclusionProbability").asDouble()).isEqualTo(1.0);
    }

    private JsonNode awaitRefusal(Span span, Duration patience) {
        String path = "/api/v1/scores?name=refusal&trace=" + Spans.hex(span.getTraceId());
        return await().atMost(patience)
                .pollInterval(Duration.ofMillis(500))
                .until(
                        () -> StreamSupport.stream(
                                        stack.read()
                                                .get(path)
                                                .json()
                                                .path("scores")
                                                .spliterator(),
                                        false)
                                .filter(score ->
                                        score.path("inclusionProbability").asDouble() == 1.0)
                                .findFirst()
                                .orElse(null),
                        grade -> grade != null);
    }

    private void assertNotSeenByTheOther(Span span) {
        assertThat(stack.otherRead()
                        .get("/api/v1/scores?trace=" + Spans.hex(span.getTraceId()))
                        .json()
                        .path("scores"))
                .isEmpty();
    }
}
