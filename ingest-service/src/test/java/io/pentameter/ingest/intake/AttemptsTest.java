package io.pentameter.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.Span;
import io.pentameter.contracts.v1.Attempt;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.ingest.otlp.OtlpEncoding;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttemptsTest {

    private static final String ROOT = "aa000000000000aa";
    private static final long MS = 1_000_000L;

    @Test
    void aFailureThatARetryMadeGoodIsHiddenAndWaste() {
        List<SpanRecord> spans = records(root(), failing(1, 0, "gpt-4o-mini"), answering(2, 200, "gpt-4o-mini"));

        SpanRecord first = byId(spans, 1);
        SpanRecord second = byId(spans, 2);
        assertThat(place(first)).containsExactly(1, 2, true);
        assertThat(place(second)).containsExactly(2, 2, false);
        assertThat(first.getAttempt().getGroup())
                .isNotZero()
                .isEqualTo(second.getAttempt().getGroup());
        assertThat(first.getOutcome().getError()).isTrue();
        assertThat(first.getOutcome().getHidden()).isTrue();
        assertThat(first.getOutcome().getSeverity()).isEqualTo("low");
        assertThat(first.getOutcome().getFailure()).isEqualTo("rate_limit");
        assertThat(byId(spans, ROOT).getOutcome().getFailure()).isEmpty();
    }

    @Test
    void aFailureThatNothingMadeGoodIsSeen() {
        List<SpanRecord> spans = records(root(), failing(1, 0, "gpt-4o-mini"), failing(2, 200, "gpt-4o-mini"));

        assertThat(byId(spans, 1).getOutcome().getHidden()).isFalse();
        assertThat(byId(spans, 1).getOutcome().getSeverity()).isEqualTo("medium");
        assertThat(place(byId(spans, 1))).containsExactly(1, 2, true);
        assertThat(place(byId(spans, 2))).containsExactly(2, 2, false);
    }

    @Test
    void aFallbackToAnotherModelIsAnAttemptOfTheSameRequest() {
        List<SpanRecord> spans = records(root(), failing(1, 0, "gpt-4o-mini"), answering(2, 200, "claude-haiku-4-5"));

        assertThat(place(byId(spans, 2))).containsExactly(2, 2, false);
    }

    @Test
    void fourFailuresAreAStormSaidOfTheStepAbove() {
        List<SpanRecord> spans = records(
                root(),
                failing(1, 0, "gpt-4o-mini"),
                failing(2, 200, "gpt-4o-mini"),
                failing(3, 400, "gpt-4o-mini"),
                failing(4, 600, "gpt-4o-mini"),
                answering(5, 800, "gpt-4o-mini"));

        SpanRecord root = byId(spans, ROOT);
        assertThat(root.getOutcome().getFailure()).isEqualTo("retry_storm");
        assertThat(root.getOutcome().getDetail()).isEqualTo("rate_limit");
        assertThat(root.getOutcome().getRule()).isEqualTo("attempts.storm");
        assertThat(root.getOutcome().getError()).isFalse();
        assertThat(byId(spans, 4).getOutcome().getHidden()).isTrue();
    }

    @Test
    void threeFailuresAreNoStorm() {
        List<SpanRecord> spans = records(
                root(),
                failing(1, 0, "gpt-4o-mini"),
                failing(2, 200, "gpt-4o-mini"),
                failing(3, 400, "gpt-4o-mini"),
                answering(4, 600, "gpt-4o-mini"));

        assertThat(byId(spans, ROOT).getOutcome().getFailure()).isEmpty();
    }

    @Test
    void aStormThatFailedInTheEndIsHardAndAnotherFailureAboveIsNotMasked() {
        Span.Builder[] calls = {
            failing(1, 0, "gpt-4o-mini"),
            failing(2, 200, "gpt-4o-mini"),
            failing(3, 400, "gpt-4o-mini"),
            failing(4, 600, "gpt-4o-mini")
        };
        List<SpanRecord> echoed = records(
                root().addAttributes(Otlp.text("error.type", "RateLimitError")),
                calls[0],
                calls[1],
                calls[2],
                calls[3]);
        List<SpanRecord> other = records(
                root().addAttributes(Otlp.text("error.type", "APITimeoutError")),
                calls[0],
                calls[1],
                calls[2],
                calls[3]);

        assertThat(byId(echoed, ROOT).getOutcome().getFailure()).isEqualTo("retry_storm");
        assertThat(byId(echoed, ROOT).getOutcome().getError()).isTrue();
        assertThat(byId(other, ROOT).getOutcome().getFailure()).isEqualTo("timeout");
    }

    @Test
    void modelsThatAreComeBackToAreALoop() {
        List<SpanRecord> spans = records(
                root(),
                failing(1, 0, "gpt-4o-mini"),
                failing(2, 200, "claude-haiku-4-5"),
                answering(3, 400, "gpt-4o-mini"));

        assertThat(byId(spans, ROOT).getOutcome().getFailure()).isEqualTo("fallback_loop");
        assertThat(byId(spans, ROOT).getOutcome().getRule()).isEqualTo("attempts.loop");
    }

    @Test
    void aModelThatIsNotKnownIsNoPlaceToComeBackTo() {
        List<SpanRecord> spans =
                records(root(), failing(1, 0, "gpt-4o-mini"), failing(2, 200, ""), answering(3, 400, ""));

        assertThat(byId(spans, ROOT).getOutcome().getFailure()).isEmpty();
    }

    @Test
    void theSameQuestionAskedAgainAfterAnAnswerIsAnotherRequest() {
        List<SpanRecord> spans = records(root(), answering(1, 0, "gpt-4o-mini"), answering(2, 200, "gpt-4o-mini"));

        assertThat(place(byId(spans, 1))).containsExactly(1, 1, false);
        assertThat(place(byId(spans, 2))).containsExactly(1, 1, false);
    }

    @Test
    void otherQuestionsAndCallsAtTheSameTimeAreNoAttempts() {
        Span.Builder other = answering(2, 200, "gpt-4o-mini");
        other.setAttributes(
                other.getAttributesCount() - 1, Otlp.text("gen_ai.input.messages", "[{\"role\":\"tool\"}]"));
        List<SpanRecord> asked = records(root(), failing(1, 0, "gpt-4o-mini"), other);
        List<SpanRecord> hedged = records(root(), failing(1, 0, "gpt-4o-mini"), answering(2, 50, "gpt-4o-mini"));

        assertThat(place(byId(asked, 1))).containsExactly(1, 1, false);
        assertThat(byId(asked, 1).getOutcome().getHidden()).isFalse();
        assertThat(place(byId(hedged, 1))).containsExactly(1, 1, false);
    }

    @Test
    void theClientsOwnGroupCountsWhateverWasAsked() {
        List<SpanRecord> spans = records(
                failing(1, 0, "gpt-4o-mini")
                        .clearParentSpanId()
                        .addAttributes(Otlp.text("pentameter.attempt.group", "g1")),
                answering(2, 50, "claude-haiku-4-5")
                        .clearParentSpanId()
                        .addAttributes(Otlp.text("pentameter.attempt.group", "g1")));

        assertThat(place(byId(spans, 1))).containsExactly(1, 2, true);
        assertThat(byId(spans, 1).getOutcome().getHidden()).isTrue();
    }

    @Test
    void aDeliveryOfNothingButAttemptsIsSettledInTime() {
        Span.Builder[] calls = new Span.Builder[20_001];
        calls[0] = root();
        for (int i = 1; i < calls.length; i++) {
            calls[i] = failing(i, 0, "gpt-4o-mini");
            long start = calls[i].getStartTimeUnixNano() + i * 10L;
            calls[i].setStartTimeUnixNano(start).setEndTimeUnixNano(start + 5);
        }

        List<SpanRecord> spans = records(calls);

        assertThat(place(byId(spans, 20_000))).containsExactly(20_000, 20_000, false);
        assertThat(byId(spans, ROOT).getOutcome().getFailure()).isEqualTo("retry_storm");
    }

    @Test
    void theGroupIsTheSameInAnotherDelivery() {
        long together = byId(records(root(), failing(1, 0, "gpt-4o-mini"), answering(2, 200, "gpt-4o-mini")), 2)
                .getAttempt()
                .getGroup();
        long alone =
                byId(records(answering(2, 200, "gpt-4o-mini")), 2).getAttempt().getGroup();

        assertThat(alone).isEqualTo(together);
    }

    private static Span.Builder root() {
        return Otlp.span(ROOT).addAttributes(Otlp.text("gen_ai.operation.name", "invoke_agent"));
    }

    private static Span.Builder failing(int id, long atMs, String model) {
        return attempt(id, atMs, model).addAttributes(0, Otlp.text("error.type", "RateLimitError"));
    }

    private static Span.Builder answering(int id, long atMs, String model) {
        return attempt(id, atMs, model);
    }

    private static Span.Builder attempt(int id, long atMs, String model) {
        Span.Builder span = Otlp.child("%016x".formatted(id), ROOT);
        return span.setStartTimeUnixNano(span.getStartTimeUnixNano() + atMs * MS)
                .setEndTimeUnixNano(span.getStartTimeUnixNano() + 100 * MS)
                .addAttributes(Otlp.text("gen_ai.operation.name", "chat"))
                .addAttributes(Otlp.text("gen_ai.request.model", model))
                .addAttributes(Otlp.text("gen_ai.input.messages", "[{\"role\":\"user\"}]"));
    }

    private static List<Object> place(SpanRecord span) {
        Attempt attempt = span.getAttempt();
        return List.of(attempt.getNumber(), attempt.getOf(), attempt.getSuperseded());
    }

    private static List<SpanRecord> records(Span.Builder... spans) {
        return new ArrayList<>(Captures.parsed(Captures.pipeline()
                .process(Otlp.request(spans).toByteArray(), OtlpEncoding.PROTOBUF, Captures.ACME, Captures.NOW)));
    }

    private static SpanRecord byId(List<SpanRecord> spans, int id) {
        return byId(spans, "%016x".formatted(id));
    }

    private static SpanRecord byId(List<SpanRecord> spans, String id) {
        return spans.stream()
                .filter(span ->
                        HexFormat.of().formatHex(span.getSpanId().toByteArray()).equals(id))
                .findFirst()
                .orElseThrow();
    }
}
