package io.pentameter.statistics.slo.document;

import java.math.BigDecimal;

/** What the budget is counted in. */
public sealed interface Budgeting {

    /** Events. */
    record Occurrences() implements Budgeting {}

    /** Stretches of time, each good or bad; good when its ratio reaches {@code target}, above 0, at most 1. */
    record Timeslices(BigDecimal target, Shorthand window) implements Budgeting {

        public Timeslices {
            if (target.signum() <= 0 || target.compareTo(BigDecimal.ONE) > 0) {
                throw new IllegalArgumentException("timeSliceTarget must be above 0, at most 1: " + target);
            }
        }
    }

    /** Mean ratio of stretches of time, so that quiet nights weigh as much as busy noons. */
    record RatioTimeslices(Shorthand window) implements Budgeting {}
}
