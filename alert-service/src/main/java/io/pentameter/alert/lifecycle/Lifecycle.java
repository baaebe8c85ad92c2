package io.pentameter.alert.lifecycle;

import io.pentameter.alert.lifecycle.AlertState.Firing;
import io.pentameter.alert.lifecycle.AlertState.Inactive;
import io.pentameter.alert.lifecycle.AlertState.Pending;
import io.pentameter.alert.lifecycle.AlertState.Resolution;
import io.pentameter.alert.lifecycle.AlertState.Resolved;
import io.pentameter.alert.rule.Timing;
import io.pentameter.alert.rule.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How verdicts move an alert through its states.
 *
 * <p>No evidence never fires: a pending alert goes back to inactive, because nobody can say that the value was bad
 * without a break. And it does not resolve: a firing alert stays until it is calm, or until nothing was known for
 * {@link Timing#staleAfter}.
 */
record Lifecycle(Timing timing) {

    /**
     * The states that an alert passes through at one look, the last one being where it stays. Empty if nothing changes.
     *
     * @param at the numbers' own time of the look, after that of the look before
     */
    List<AlertState> advance(AlertState state, Verdict verdict, Instant at) {
        return switch (state) {
            case Inactive inactive -> verdict instanceof Verdict.Breached ? enter(inactive.breach(at), at) : List.of();
            case Pending pending -> fromPending(pending, verdict, at);
            case Firing firing -> fromFiring(firing, verdict, at);
            case Resolved _ -> throw new IllegalArgumentException("a resolved alert has no way on");
        };
    }

    private List<AlertState> enter(Pending pending, Instant at) {
        return timing.fireAfter().isZero() ? List.of(pending, pending.fire(at)) : List.of(pending);
    }

    private List<AlertState> fromPending(Pending pending, Verdict verdict, Instant at) {
        return switch (verdict) {
            case Verdict.Breached _ -> {
                if (isLonger(pending.lastBreach(), at, timing.longestGap())) {
                    yield List.of(new Pending(at, at)); // nobody looked in between, so it may have been a break
                }
                Pending again = pending.breachAgain(at);
                yield lasts(pending.since(), at, timing.fireAfter()) ? List.of(again.fire(at)) : List.of(again);
            }
            case Verdict.Calm _, Verdict.NoEvidence _ -> List.of(pending.relax());
        };
    }

    private List<AlertState> fromFiring(Firing firing, Verdict verdict, Instant at) {
        return switch (verdict) {
            case Verdict.Breached _ -> List.of(firing.breachAgain(at));
            case Verdict.Calm _ -> {
                Firing calm = firing.calm(at);
                Instant since = calm.calmSince();
                yield since != null && lasts(since, at, timing.keepFiring())
                        ? List.of(calm.resolve(at, Resolution.CALM))
                        : List.of(calm);
            }
            case Verdict.NoEvidence _ ->
                lasts(firing.evidenceAt(), at, timing.staleAfter())
                        ? List.of(firing.resolve(at, Resolution.NO_EVIDENCE))
                        : List.of(firing.withoutEvidence());
        };
    }

    private static boolean lasts(Instant since, Instant at, Duration needed) {
        return Duration.between(since, at).compareTo(needed) >= 0;
    }

    private static boolean isLonger(Instant since, Instant at, Duration allowed) {
        return Duration.between(since, at).compareTo(allowed) > 0;
    }
}
