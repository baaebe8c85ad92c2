package io.pentameter.quality.rating;

import java.time.Duration;

/** What a {@link Rater} has to say. Only a {@link Grade} ever becomes a score. */
public sealed interface Opinion {

    /**
     * A grade.
     *
     * @param value   0.0 to 1.0, more is better
     * @param passed  whether the answer is good enough
     * @param comment why, in a sentence; may be empty
     * @param model   the model that judged; empty for heuristics
     */
    record Grade(double value, boolean passed, String comment, String model) implements Opinion {

        public Grade {
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException("value must be in 0.0..1.0: " + value);
            }
        }

        /** The grade of a check that only knows yes and no. */
        public static Grade of(boolean passed, String comment) {
            return new Grade(passed ? 1 : 0, passed, comment, "");
        }
    }

    /** The question makes no sense for this answer; there is nothing to count. */
    record NotApplicable() implements Opinion {}

    /**
     * Not now; try again.
     *
     * @param reason word for metrics: {@code rate_limited}, {@code timeout} ...
     * @param after  how long to wait at least; zero leaves it to the caller
     */
    record Later(String reason, Duration after) implements Opinion {}

    /**
     * The judge gave no usable grade and will not.
     *
     * @param reason word for metrics: {@code not_the_schema}, {@code refused_by_endpoint} ...
     */
    record Failed(String reason) implements Opinion {}

    /**
     * It was decided not to ask.
     *
     * @param reason word for metrics: {@code budget_exhausted}, {@code no_output} ...
     */
    record Skipped(String reason) implements Opinion {}
}
