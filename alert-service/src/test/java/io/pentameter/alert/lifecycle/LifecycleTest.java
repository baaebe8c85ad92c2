package io.pentameter.alert.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pentameter.alert.lifecycle.AlertState.Firing;
import io.pentameter.alert.lifecycle.AlertState.Inactive;
import io.pentameter.alert.lifecycle.AlertState.Pending;
import io.pentameter.alert.lifecycle.AlertState.Resolution;
import io.pentameter.alert.lifecycle.AlertState.Resolved;
import io.pentameter.alert.rule.Timing;
import io.pentameter.alert.rule.Verdict;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LifecycleTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Verdict BAD = new Verdict.Breached(BigDecimal.TEN, 50);
    private static final Verdict GOOD = new Verdict.Calm(BigDecimal.ONE, 50);
    private static final Verdict UNKNOWN = new Verdict.NoEvidence(Verdict.NoEvidence.Reason.UNKNOWN_VALUE, 0);

    /** Looks every 15 s; fires after 60 s, resolves after 30 s, stale after 10 min. */
    private final Lifecycle lifecycle = new Lifecycle(
            new Timing(Duration.ofSeconds(15), Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofMinutes(10)));

    @Test
    void firesWhenTheValueWasBadForExactlyAsLongAsAsked() {
        AlertState pending = run(new Inactive(), BAD, 0, 15, 30, 45, 59);
        assertThat(pending).isEqualTo(new Pending(at(0), at(59)));

        assertThat(lifecycle.advance(pending, BAD, at(60))).containsExactly(new Firing(at(0), at(60), null, at(60)));
    }

    @Test
    void passesThroughPendingWhenItFiresAtOnce() {
        Lifecycle atOnce =
                new Lifecycle(new Timing(Duration.ofSeconds(15), Duration.ZERO, Duration.ZERO, Duration.ofMinutes(10)));

        assertThat(atOnce.advance(new Inactive(), BAD, at(0)))
                .containsExactly(new Pending(at(0), at(0)), new Firing(at(0), at(0), null, at(0)));
    }

    @Test
    void aGoodLookOrNoneAtAllBreaksThePending() {
        Pending pending = new Pending(at(0), at(45));

        assertThat(lifecycle.advance(pending, GOOD, at(60))).containsExactly(new Inactive());
        assertThat(lifecycle.advance(pending, UNKNOWN, at(60))).containsExactly(new Inactive());
    }

    @Test
    void aValueThatFlapsNeverFires() {
        AlertState state = new Inactive();
        for (int i = 0; i < 100; i++) {
            state = step(state, i % 3 == 2 ? GOOD : BAD, at(i * 15));
            assertThat(state).isNotInstanceOf(Firing.class);
        }
    }

    @Test
    void timeInWhichNobodyLookedDoesNotCount() {
        Pending pending = new Pending(at(0), at(15));

        assertThat(lifecycle.advance(pending, BAD, at(3600))).containsExactly(new Pending(at(3600), at(3600)));
        assertThat(lifecycle.advance(pending, BAD, at(75))).first().isInstanceOf(Firing.class);
        assertThat(lifecycle.advance(pending, BAD, at(76))).containsExactly(new Pending(at(76), at(76)));
    }

    @Test
    void resolvesWhenTheValueWasGoodForExactlyAsLongAsAsked() {
        Firing firing = new Firing(at(0), at(60), null, at(60));
        AlertState calm = run(firing, GOOD, 75, 90, 104);
        assertThat(calm).isEqualTo(new Firing(at(0), at(60), at(75), at(104)));

        assertThat(lifecycle.advance(calm, GOOD, at(105)))
                .containsExactly(new Resolved(at(0), at(60), at(105), Resolution.CALM));
    }

    @Test
    void aBadLookOrNoneAtAllBreaksTheCalm() {
        Firing calm = new Firing(at(0), at(60), at(75), at(90));

        assertThat(lifecycle.advance(calm, BAD, at(120))).containsExactly(new Firing(at(0), at(60), null, at(120)));
        assertThat(lifecycle.advance(calm, UNKNOWN, at(120))).containsExactly(new Firing(at(0), at(60), null, at(90)));
    }

    @Test
    void noEvidenceNeverFires() {
        assertThat(lifecycle.advance(new Inactive(), UNKNOWN, at(0))).isEmpty();
    }

    @Test
    void noEvidenceResolvesOnlyWhenTheAlertHasBecomeStale() {
        Firing firing = new Firing(at(0), at(60), null, at(60));

        assertThat(lifecycle.advance(firing, UNKNOWN, at(659))).containsExactly(firing);
        assertThat(lifecycle.advance(firing, UNKNOWN, at(660)))
                .containsExactly(new Resolved(at(0), at(60), at(660), Resolution.NO_EVIDENCE));
    }

    @Test
    void aGoodLookAtNothingChangesNothing() {
        assertThat(lifecycle.advance(new Inactive(), GOOD, at(0))).isEmpty();
    }

    @Test
    void aResolvedAlertHasNoWayOn() {
        Resolved resolved = new Resolved(at(0), at(60), at(90), Resolution.CALM);

        assertThatIllegalArgumentException().isThrownBy(() -> lifecycle.advance(resolved, BAD, at(120)));
    }

    @Test
    void onlyLegalTransitionsHappenWhateverTheVerdicts() {
        Map<Class<?>, Set<Class<?>>> legal = new HashMap<>();
        legal.put(Inactive.class, Set.of(Pending.class));
        legal.put(Pending.class, Set.of(Pending.class, Firing.class, Inactive.class));
        legal.put(Firing.class, Set.of(Firing.class, Resolved.class));
        SplittableRandom random = new SplittableRandom(42);
        AlertState state = new Inactive();
        Instant now = NOON;
        for (int i = 0; i < 10_000; i++) {
            now = now.plusSeconds(random.nextInt(1, 200));
            Verdict verdict = List.of(BAD, BAD, BAD, GOOD, UNKNOWN).get(random.nextInt(5));
            for (AlertState next : lifecycle.advance(state, verdict, now)) {
                assertThat(legal.getOrDefault(state.getClass(), Set.of()))
                        .as("%s to %s", state, next)
                        .contains(next.getClass());
                if (next instanceof Firing && state instanceof Pending) {
                    assertThat(verdict).isEqualTo(BAD);
                }
                state = next;
            }
            state = state instanceof Resolved ? new Inactive() : state;
        }
    }

    private AlertState run(AlertState state, Verdict verdict, int... seconds) {
        for (int second : seconds) {
            state = step(state, verdict, at(second));
        }
        return state;
    }

    private AlertState step(AlertState state, Verdict verdict, Instant at) {
        List<AlertState> path = lifecycle.advance(state, verdict, at);
        return path.isEmpty() ? state : path.getLast();
    }

    private static Instant at(int second) {
        return NOON.plusSeconds(second);
    }
}
