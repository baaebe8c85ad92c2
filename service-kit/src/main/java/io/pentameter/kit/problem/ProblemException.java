package io.pentameter.kit.problem;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends a request with a problem; thrown by resources, never by rules. */
public final class ProblemException extends RuntimeException {

    private final transient Problem problem;
    private final @Nullable Duration retryAfter;

    public ProblemException(ProblemKind kind, String detail) {
        this(Problem.of(kind, detail), null);
    }

    /** @param retryAfter when to try again, sent as Retry-After; absent if trying again does not help */
    public ProblemException(Problem problem, @Nullable Duration retryAfter) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    /** Input that is wrong in one or more parts; each is named. */
    public static ProblemException invalid(List<Problem.Fault> errors) {
        ProblemKind kind = ProblemKind.INVALID_INPUT;
        String detail = String.join(
                "; ", errors.stream().map(e -> e.pointer() + ": " + e.detail()).toList());
        return new ProblemException(new Problem(kind.type(), kind.title(), kind.status(), detail, errors, null), null);
    }

    /** Input that is wrong in one part. */
    public static ProblemException invalid(String pointer, String detail) {
        return invalid(List.of(new Problem.Fault(pointer, detail)));
    }

    public Problem problem() {
        return problem;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
