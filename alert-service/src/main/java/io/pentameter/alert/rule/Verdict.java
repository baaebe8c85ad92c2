package io.pentameter.alert.rule;

import java.math.BigDecimal;

/** What a condition says of an observation. */
public sealed interface Verdict {

    /** The value is on the bad side. */
    record Breached(BigDecimal value, long sample) implements Verdict {}

    /** The value is known, rests on enough, and is not on the bad side. */
    record Calm(BigDecimal value, long sample) implements Verdict {}

    /** Nothing can be said. */
    record NoEvidence(Reason reason, long sample) implements Verdict {

        /** Why. */
        public enum Reason {
            UNKNOWN_VALUE,
            SAMPLE_TOO_SMALL
        }
    }
}
