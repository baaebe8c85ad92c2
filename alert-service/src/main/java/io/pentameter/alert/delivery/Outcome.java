package io.pentameter.alert.delivery;

import io.pentameter.alert.destination.DestinationKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What a reply means for the notice and for its destination. */
sealed interface Outcome {

    /** Longest patience that a destination may ask for. */
    Duration MAX_PATIENCE = Duration.ofHours(24);

    /** It has it. */
    record Delivered() implements Outcome {}

    /** Again, later. */
    record Later(Instant at, String fault) implements Outcome {}

    /** Again, later, and nothing else before that. */
    record Throttled(Instant at, String fault) implements Outcome {}

    /** Never again. */
    record Failed(String fault) implements Outcome {}

    /** Never again, and nothing else either. */
    record Gone(String fault) implements Outcome {}

    /**
     * @param attempts attempts made so far, with this one
     * @param chance   0 to 1
     */
    static Outcome of(DestinationKind kind, Reply reply, int attempts, Instant now, double chance) {
        return switch (reply) {
            case Reply.Refused(String why) -> new Failed(why);
            case Reply.Silent(String why) -> later(attempts, now, chance, why);
            case Reply.Answered answered -> answered(kind, answered, attempts, now, chance);
        };
    }

    private static Outcome answered(
            DestinationKind kind, Reply.Answered answered, int attempts, Instant now, double chance) {
        int status = answered.status();
        if (status >= 200 && status < 300) {
            return new Delivered();
        }
        if (status == 410) {
            return new Gone("status 410: the receiver wants no more notices");
        }
        String fault = status >= 300 && status < 400
                ? "status %d: redirects are not followed".formatted(status)
                : "status " + status;
        if (kind == DestinationKind.SLACK && Set.of(400, 403, 404).contains(status)) {
            return new Failed(fault); // Slack: the payload or the channel is refused for good
        }
        if (status == 429 || (status == 503 && answered.retryAfter() != null)) {
            return throttled(answered, attempts, now, chance);
        }
        return later(attempts, now, chance, fault);
    }

    private static Outcome throttled(Reply.Answered answered, int attempts, Instant now, double chance) {
        String fault = "status " + answered.status() + ": too many requests";
        Optional<Duration> pause = RetrySchedule.pauseAfter(attempts, chance);
        if (pause.isEmpty()) {
            return new Failed(fault + "; no attempt is left");
        }
        Duration asked = answered.retryAfter();
        Duration wait = asked == null ? pause.get() : asked;
        return new Throttled(now.plus(wait.compareTo(MAX_PATIENCE) < 0 ? wait : MAX_PATIENCE), fault);
    }

    private static Outcome later(int attempts, Instant now, double chance, String fault) {
        return RetrySchedule.pauseAfter(attempts, chance)
                .<Outcome>map(pause -> new Later(now.plus(pause), fault))
                .orElseGet(() -> new Failed(fault + "; no attempt is left"));
    }
}
