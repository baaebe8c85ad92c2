package io.pentameter.alert.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.pentameter.alert.destination.DestinationKind;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OutcomeTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    static Stream<Arguments> replies() {
        DestinationKind webhook = DestinationKind.WEBHOOK;
        DestinationKind slack = DestinationKind.SLACK;
        return Stream.of(
                argumentSet("200", webhook, new Reply.Answered(200, null), Outcome.Delivered.class),
                argumentSet("299", webhook, new Reply.Answered(299, null), Outcome.Delivered.class),
                argumentSet("199", webhook, new Reply.Answered(199, null), Outcome.Later.class),
                argumentSet("300", webhook, new Reply.Answered(300, null), Outcome.Later.class),
                argumentSet("302", webhook, new Reply.Answered(302, null), Outcome.Later.class),
                argumentSet("400", webhook, new Reply.Answered(400, null), Outcome.Later.class),
                argumentSet("404 of Slack", slack, new Reply.Answered(404, null), Outcome.Failed.class),
                argumentSet("410", webhook, new Reply.Answered(410, null), Outcome.Gone.class),
                argumentSet("410 of Slack", slack, new Reply.Answered(410, null), Outcome.Gone.class),
                argumentSet("429", webhook, new Reply.Answered(429, null), Outcome.Throttled.class),
                argumentSet("500", slack, new Reply.Answered(500, null), Outcome.Later.class),
                argumentSet("503", webhook, new Reply.Answered(503, null), Outcome.Later.class),
                argumentSet(
                        "503, patience",
                        webhook,
                        new Reply.Answered(503, Duration.ofSeconds(9)),
                        Outcome.Throttled.class),
                argumentSet("silence", webhook, new Reply.Silent("no answer"), Outcome.Later.class),
                argumentSet("internal", webhook, new Reply.Refused("internal"), Outcome.Failed.class));
    }

    @ParameterizedTest
    @MethodSource("replies")
    void of(DestinationKind kind, Reply reply, Class<? extends Outcome> expected) {
        assertThat(Outcome.of(kind, reply, 1, NOON, 0)).isInstanceOf(expected);
    }

    @Test
    void patienceIsGivenAsAskedButNotForEver() {
        assertThat(throttled(Duration.ofSeconds(77)))
                .isEqualTo(new Outcome.Throttled(NOON.plusSeconds(77), "status 429: too many requests"));
        assertThat(throttled(Duration.ofDays(400)))
                .isEqualTo(new Outcome.Throttled(NOON.plus(Duration.ofDays(1)), "status 429: too many requests"));
    }

    @Test
    void thePausesAreThoseOfStandardWebhooks() {
        assertThat(RetrySchedule.pauseAfter(1, 0)).contains(Duration.ofSeconds(5));
        assertThat(RetrySchedule.pauseAfter(2, 0)).contains(Duration.ofMinutes(5));
        assertThat(RetrySchedule.pauseAfter(9, 0)).contains(Duration.ofHours(24));
        assertThat(RetrySchedule.pauseAfter(10, 0)).isEmpty();
        assertThat(RetrySchedule.pauseAfter(1, 1)).contains(Duration.ofSeconds(6));
    }

    @Test
    void theLastAttemptIsTheLast() {
        assertThat(Outcome.of(DestinationKind.WEBHOOK, new Reply.Silent("no answer"), 10, NOON, 0))
                .isEqualTo(new Outcome.Failed("no answer; no attempt is left"));
    }

    @Test
    void retryAfterIsSecondsOrADateAndNeverNegative() {
        assertThat(RetryAfter.parse("120", NOON)).isEqualTo(Duration.ofMinutes(2));
        assertThat(RetryAfter.parse("-5", NOON)).isEqualTo(Duration.ZERO);
        assertThat(RetryAfter.parse("Sat, 21 Nov 2026 12:01:00 GMT", NOON)).isEqualTo(Duration.ofMinutes(1));
        assertThat(RetryAfter.parse("Sat, 21 Nov 2026 11:00:00 GMT", NOON)).isEqualTo(Duration.ZERO);
        assertThat(RetryAfter.parse("soon", NOON)).isNull();
        assertThat(RetryAfter.parse("99999999999999999999", NOON)).isNull();
        assertThat(RetryAfter.parse(null, NOON)).isNull();
    }

    @Test
    void theCircuitOpensAtTheThresholdAndRestsLongerEachTime() {
        Circuit circuit = Circuit.CLOSED;
        for (int i = 1; i < Circuit.THRESHOLD; i++) {
            circuit = circuit.afterFailure(NOON);
            assertThat(circuit.restUntil()).isNull();
        }
        circuit = circuit.afterFailure(NOON);
        assertThat(circuit).isEqualTo(new Circuit(5, NOON.plusSeconds(30)));
        assertThat(circuit.afterFailure(NOON)).isEqualTo(new Circuit(6, NOON.plusSeconds(60)));
        assertThat(new Circuit(500, null).afterFailure(NOON).restUntil()).isEqualTo(NOON.plus(Circuit.LONGEST_REST));
        assertThat(circuit.afterThrottle(NOON.plusSeconds(7))).isEqualTo(new Circuit(5, NOON.plusSeconds(7)));
    }

    private static Outcome throttled(Duration patience) {
        return Outcome.of(DestinationKind.WEBHOOK, new Reply.Answered(429, patience), 1, NOON, 0.5);
    }
}
