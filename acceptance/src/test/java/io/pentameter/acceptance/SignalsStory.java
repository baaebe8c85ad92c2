package io.pentameter.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.proto.trace.v1.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a request led to, and what may explain a shift, can be told by API, once or again. */
@ExtendWith(RunningStack.Extension.class)
class SignalsStory {

    private static final List<String> FEEDBACK = List.of("acceptance", "edit_distance", "rating");

    private final RunningStack stack;

    SignalsStory(RunningStack stack) {
        this.stack = stack;
    }

    @Test
    void acceptanceAndEditsOfAnAnswerAreScoresOfItsTrace() {
        Span span =
                Spans.chat(Instant.now().minusSeconds(5), Duration.ofSeconds(1)).build();
        String trace = Spans.hex(span.getTraceId());
        stack.ingest().export(Spans.request(span));

        String body = """
                [{"traceId":"%s","id":"a","acceptance":"accepted","edit":{"before":"kitten","after":"sitting"}},
                 {"traceId":"%s","id":"b","rating":7,"ratingScale":{"min":0,"max":10}},
                 {"traceId":"%s","rating":6}]""".formatted(trace, trace, trace);
        Answer first = stack.ingest().post("/api/v1/feedback", body);
        Answer again = stack.ingest().post("/api/v1/feedback", body);

        assertThat(first.status()).as(first.text()).isEqualTo(207);
        assertThat(first.json().get("accepted").asInt()).isEqualTo(2);
        assertThat(first.json().at("/errors/0/pointer").asText()).isEqualTo("/2/rating");
        assertThat(again.text()).isEqualTo(first.text());
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(stack.read()
                                .get("/api/v1/scores?trace=" + trace)
                                .json()
                                .path("scores"))
                        .extracting(score -> score.path("name").asText())
                        .filteredOn(FEEDBACK::contains) // another story's check may grade the call too
                        .containsExactlyInAnyOrderElementsOf(FEEDBACK));
    }

    @Test
    void outcomesAndChangesAreTakenOnceOrAgainAndMistakesNamed() {
        String id = Spans.unique("outcome");
        String outcome = """
                {"id":"%s","name":"resolved","success":true,"value":"12.50","unit":"USD","occurredAt":"%s"}""".formatted(id, Instant.now().minus(Duration.ofDays(30)));
        String incident =
                "{\"id\":\"%s\",\"kind\":\"incident\",\"title\":\"provider slow\",\"scope\":{\"provider\":\"openai\"}}"
                        .formatted(id);

        Answer first = stack.ingest().post("/api/v1/outcomes", outcome);
        Answer again = stack.ingest().post("/api/v1/outcomes", outcome);
        Answer removed = stack.ingest().delete("/api/v1/outcomes/" + id);
        Answer change = stack.ingest().post("/api/v1/changes", incident);
        Answer wrong = stack.ingest().post("/api/v1/outcomes", outcome.replace("12.50", "0.1234567891"));
        Answer forbidden = stack.read().post("/api/v1/changes", incident);

        assertThat(first.status()).as(first.text()).isEqualTo(202);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(removed.status()).as(removed.text()).isEqualTo(202);
        assertThat(change.status()).as(change.text()).isEqualTo(202);
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.contentType()).startsWith("application/problem+json");
        assertThat(wrong.json().at("/errors/0/pointer").asText()).isEqualTo("/value");
        assertThat(forbidden.status()).isEqualTo(403);
    }
}
