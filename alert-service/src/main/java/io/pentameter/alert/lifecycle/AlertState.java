package io.pentameter.alert.lifecycle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where an alert is in its life: inactive, pending, firing, resolved. Each state offers only the ways that lead out of
 * it. All times are the numbers' own.
 */
public sealed interface AlertState {

    /** Nothing is wrong, or nothing is known. Not stored. */
    record Inactive() implements AlertState {

        Pending breach(Instant at) {
            return new Pending(at, at);
        }
    }

    /**
     * The value is bad, but not for long enough.
     *
     * @param since      the first bad look
     * @param lastBreach the newest bad look
     */
    record Pending(Instant since, Instant lastBreach) implements AlertState {

        Pending breachAgain(Instant at) {
            return new Pending(since, at);
        }

        Firing fire(Instant at) {
            return new Firing(since, at, null, at);
        }

        Inactive relax() {
            return new Inactive();
        }
    }

    /**
     * People were told.
     *
     * @param calmSince  the first good look after the last bad one; absent while the value is bad or unknown
     * @param evidenceAt the newest look that said anything
     */
    record Firing(
            Instant pendingSince, Instant since, @Nullable Instant calmSince, Instant evidenceAt)
            implements AlertState {

        Firing breachAgain(Instant at) {
            return new Firing(pendingSince, since, null, at);
        }

        Firing calm(Instant at) {
            return new Firing(pendingSince, since, calmSince == null ? at : calmSince, at);
        }

        Firing withoutEvidence() {
            return new Firing(pendingSince, since, null, evidenceAt);
        }

        Resolved resolve(Instant at, Resolution resolution) {
            return new Resolved(pendingSince, since, at, resolution);
        }
    }

    /** It is over; the next time is another alert. */
    record Resolved(Instant pendingSince, Instant since, Instant at, Resolution resolution) implements AlertState {}

    /** Why an alert was resolved. */
    enum Resolution {
        /** The value came back. */
        CALM,
        /** Nothing was known for so long that the alert says nothing any more. */
        NO_EVIDENCE,
        RULE_CHANGED,
        RULE_DISABLED,
        RULE_DELETED,
        /** The period of the budget is over; the next one has alerts of its own. */
        PERIOD_OVER
    }
}
