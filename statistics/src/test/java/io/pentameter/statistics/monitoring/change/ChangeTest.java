package io.pentameter.statistics.monitoring.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.monitoring.change.ChangeWindow.Order;
import io.pentameter.statistics.monitoring.change.EventAssociation.Candidate;
import io.pentameter.statistics.monitoring.change.VersionContrast.Stratum;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ChangeTest {

    private static final Instant T = Instant.parse("2026-03-02T10:00:00Z");

    @Test
    void aClearChangeIsDatedToTheUnit() {
        double[] scores = new double[200];
        Arrays.fill(scores, 0, 120, 1);

        ChangeTimeSet set = ChangeTimeSet.ofRates(scores, 0.9);

        assertThat(set.best()).isEqualTo(120);
        assertThat(set.first()).isBetween(115, 120);
        assertThat(set.last()).isBetween(120, 122);
        assertThat(set.strength()).isCloseTo(80 * Math.log(10), within(1e-9));
    }

    @Test
    void setHoldsTheTruthMostOfTheTime() {
        SplittableRandom random = new SplittableRandom(9);
        int held = 0;
        for (int round = 0; round < 300; round++) {
            double[] scores = new double[700];
            Arrays.setAll(scores, i -> random.nextDouble() < (i < 500 ? 0.9 : 0.75) ? 1 : 0);
            ChangeTimeSet set = ChangeTimeSet.ofRates(scores, 0.9);
            held += set.first() <= 500 && 500 <= set.last() ? 1 : 0;
        }
        assertThat(held).isBetween(270, 300);
    }

    @Test
    void scoresOfAnyScaleAreDatedByTheirVariance() {
        double[] scores = new double[100];
        Arrays.fill(scores, 0, 60, 500);
        Arrays.fill(scores, 60, 100, 540);

        ChangeTimeSet set = ChangeTimeSet.ofScores(scores, 500, 400);

        assertThat(set.best()).isEqualTo(60);
        assertThat(set.strength()).isCloseTo(40 * 40.0 * 40 / 800, within(1e-9));
    }

    @Test
    void noChangeLeavesEveryMomentPossible() {
        double[] scores = new double[50];
        Arrays.fill(scores, 0.5);

        assertThat(ChangeTimeSet.ofRates(scores, 0.5)).isEqualTo(new ChangeTimeSet(0, 0, 40, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChangeTimeSet.ofRates(new double[9], 0.5))
                .withMessage("scores must be 10 or more: 9");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChangeTimeSet.ofRates(scores, 1))
                .withMessage("baseline must be between 0.0 and 1.0, ends excluded: 1.0");
    }

    @Test
    void onlySetsThatDoNotTouchHaveAnOrder() {
        ChangeWindow early = window(0, 10);
        ChangeWindow late = window(11, 20);
        ChangeWindow touching = window(10, 20);

        assertThat(early.comparedTo(late)).isEqualTo(Order.BEFORE);
        assertThat(late.comparedTo(early)).isEqualTo(Order.AFTER);
        assertThat(early.comparedTo(touching)).isEqualTo(Order.SIMULTANEOUS);
        assertThat(early.comparedTo(early)).isEqualTo(Order.SIMULTANEOUS);
    }

    @Test
    void rareEventsNearTheChangeComeFirst() {
        ChangeEvent deploy = new ChangeEvent("deploy", "d1", T.plusSeconds(60 * 20));
        ChangeEvent prompt = new ChangeEvent("prompt", "p1", T.minusSeconds(60 * 15));
        ChangeEvent tooEarly = new ChangeEvent("prompt", "p0", T.minusSeconds(60 * 15 + 1));
        ChangeEvent tooLate = new ChangeEvent("prompt", "p2", T.plusSeconds(60 * 45 + 1));
        ChangeEvent unknown = new ChangeEvent("comet", "c1", T);
        ChangeWindow window = new ChangeWindow(T, T.plusSeconds(60 * 25), T.plusSeconds(60 * 45));

        List<Candidate> ranked = EventAssociation.rank(
                window,
                List.of(deploy, prompt, tooEarly, tooLate, unknown, prompt),
                Map.of("deploy", 0.5, "prompt", 0.01, "model", 0.001));

        assertThat(ranked).extracting(Candidate::event).containsExactly(prompt, deploy, unknown);
        assertThat(ranked.getFirst().chance()).isCloseTo(1 - Math.exp(-0.01), within(1e-12));
        assertThat(ranked.getFirst().adjusted()).isCloseTo(3 * (1 - Math.exp(-0.01)), within(1e-12));
        assertThat(ranked.getLast().adjusted()).isOne();
    }

    @Test
    void contrastComparesWithinIntents() {
        // the new version gets the hard questions: raw rates 0.74 and 0.86 would call it worse
        List<Stratum> strata =
                List.of(new Stratum("easy", 500, 360, 400, 92, 100), new Stratum("hard", 500, 70, 100, 278, 400));

        Estimate effect = VersionContrast.of(strata, Confidence.NINETY_FIVE);

        assertThat(effect.value()).isCloseTo(0.5 * (0.92 - 0.90) + 0.5 * (0.695 - 0.70), within(1e-12));
        assertThat(effect.interval().holds(0)).isTrue();
        assertThat(effect.warnings()).isEmpty();
    }

    @Test
    void contrastNamesWhatItCouldNotCompare() {
        Estimate partly = VersionContrast.of(
                List.of(new Stratum("a", 75, 50, 100, 90, 100), new Stratum("b", 25, 0, 0, 5, 5)),
                Confidence.NINETY_FIVE);
        Estimate nothing = VersionContrast.of(List.of(new Stratum("b", 25, 0, 0, 5, 5)), Confidence.NINETY_FIVE);

        assertThat(partly.value()).isCloseTo(0.4, within(1e-12));
        assertThat(partly.interval().low()).isPositive();
        assertThat(partly.warnings().getFirst().sentence()).startsWith("25.0 %");
        assertThat(nothing.isKnown()).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Stratum("b", 1, 3, 2, 5, 5))
                .withMessage("oldGood must be in 0..2: 3");
    }

    private static ChangeWindow window(int from, int to) {
        return new ChangeWindow(T.plusSeconds(from), T.plusSeconds(from), T.plusSeconds(to));
    }
}
