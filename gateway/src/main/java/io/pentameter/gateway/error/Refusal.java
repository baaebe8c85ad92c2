package io.pentameter.gateway.error;

import io.pentameter.kit.problem.Problem;
import io.pentameter.kit.problem.ProblemKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a request is not forwarded.
 *
 * @param kind       what sort of refusal, with the status of our own API
 * @param sentence   what is wrong this time, for the caller's eyes; no secrets
 * @param reason     lower_snake word for metrics and accounting; from a small fixed set
 * @param retryAfter when to try again; absent if that does not help
 */
public record Refusal(
        ProblemKind kind,
        String sentence,
        String reason,
        @Nullable Duration retryAfter) {

    public static Refusal of(ProblemKind kind, String reason, String sentence) {
        return new Refusal(kind, sentence, reason, null);
    }

    /** Ours is the fault and it will pass. */
    public static Refusal unavailable(String reason, String sentence) {
        return new Refusal(ProblemKind.UNAVAILABLE, sentence, reason, Duration.ofSeconds(2));
    }

    /** Whole seconds for the Retry-After header, 1 or more; absent without {@link #retryAfter}. */
    public @Nullable Long retryAfterSeconds() {
        return retryAfter == null
                ? null
                : Math.max(1, retryAfter.plusMillis(999).toSeconds());
    }

    Problem problem(String requestId) {
        return Problem.of(kind, sentence).withRequestId(requestId);
    }
}
