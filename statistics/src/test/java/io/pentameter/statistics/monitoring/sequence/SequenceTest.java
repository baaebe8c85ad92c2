package io.pentameter.statistics.monitoring.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.statistics.cases.PublishedCase;
import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Interval;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceTest {

    private static final double PHI = 0.618_033_988_749_894_9;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bernoulli-cs-700-1000-100",
                "bernoulli-cs-15-50-50",
                "bernoulli-cs-5-50-50",
                "bernoulli-cs-1-50-50",
                "bernoulli-cs-1-2-50",
                "bernoulli-cs-100-200-1",
                "bernoulli-cs-0-1-50",
                "bernoulli-cs-1-1-50"
            })
    void rateMatchesTheReferenceImplementation(String id) {
        PublishedCase published = PublishedCase.of("07_confidence_sequences", id);
        JsonNode in = published.input();

        Interval interval = new RateSequence(
                        Confidence.erring(in.path("alpha").doubleValue()),
                        in.path("t_opt").doubleValue(),
                        in.path("alpha_opt").doubleValue())
                .of(in.path("successes").doubleValue(), in.path("trials").longValue())
                .interval();

        assertThat(interval.low()).isCloseTo(published.expected().path("lo").doubleValue(), within(1e-9));
        assertThat(interval.high()).isCloseTo(published.expected().path("hi").doubleValue(), within(1e-9));
    }

    @Test
    @DisplayName("cs-binary")
    void pathsMatchTheReferenceImplementation() {
        PublishedCase published = PublishedCase.of("07_confidence_sequences", "cs-binary");
        HedgedBetting hedged = new HedgedBetting(Confidence.NINETY_FIVE);
        EmpiricalBernstein bernstein = new EmpiricalBernstein(Confidence.NINETY_FIVE);
        HoeffdingSequence hoeffding = new HoeffdingSequence(Confidence.NINETY_FIVE);
        for (int t = 1; t <= 500; t++) {
            double score = t * PHI % 1 < 0.7 ? 1 : 0;
            hedged.add(score);
            bernstein.add(score);
            hoeffding.add(score);

            JsonNode expected = published.expected().path(String.valueOf(t));
            if (!expected.isMissingNode()) {
                assertInterval(hedged.estimate().interval(), expected.path("hedged"), 1e-9);
                assertInterval(bernstein.estimate().interval(), expected.path("eb"), 1e-9);
                assertInterval(hoeffding.estimate().interval(), expected.path("hoeffding"), 1e-9);
            }
        }
    }

    private static void assertInterval(Interval actual, JsonNode expected, double tolerance) {
        assertThat(actual.low()).isCloseTo(expected.get(0).doubleValue(), within(tolerance));
        assertThat(actual.high()).isCloseTo(expected.get(1).doubleValue(), within(tolerance));
    }

    @Test
    @DisplayName("asymp-cs-batches")
    void boundOfBatchesMatchesTheReferenceImplementation() {
        AsymptoticSequence sequence = new AsymptoticSequence(Confidence.erring(0.2), 1);
        sequence.add(0.4, 0.1);
        assertThat(sequence.lower().interval().low()).isCloseTo(0.18103603544707525, within(1e-12));

        sequence.add(0.6, 0.2);
        assertThat(sequence.lower().interval().low()).isCloseTo(0.24774873695290978, within(1e-12));
        assertThat(sequence.lower().value()).isEqualTo(0.5);
        assertThat(sequence.upper().interval().high()).isCloseTo(1 - 0.24774873695290978, within(1e-12));
        assertThat(sequence.twoSided().interval().width()).isGreaterThan(2 * (0.5 - 0.24774873695290978));
    }

    @Test
    void rateIsTheMixtureInverted() {
        RateSequence sequence = new RateSequence(Confidence.NINETY_FIVE, 100, 0.05);
        double p = 0.3;

        double evidence = sequence.logEvidence(p, 45, 120);

        double v = p * (1 - p) * 120;
        assertThat(evidence)
                .isCloseTo(
                        BetaBinomialMixture.twoSided(p * (1 - p) * 100, p, 1 - p, 0.05)
                                .logValue(45 - p * 120, v),
                        within(1e-9));
    }

    @Test
    void labelsFlippedGiveTheMirroredInterval() {
        SplittableRandom random = new SplittableRandom(5);
        RateSequence rate = RateSequence.tightestAt(100);
        EmpiricalBernstein one = new EmpiricalBernstein(Confidence.NINETY_FIVE);
        EmpiricalBernstein other = new EmpiricalBernstein(Confidence.NINETY_FIVE);
        HedgedBetting up = new HedgedBetting(Confidence.NINETY_FIVE);
        HedgedBetting down = new HedgedBetting(Confidence.NINETY_FIVE);
        for (int i = 0; i < 300; i++) {
            double score = Math.sqrt(random.nextDouble());
            one.add(score);
            other.add(1 - score);
            up.add(score);
            down.add(1 - score);
        }

        assertMirrored(one.estimate().interval(), other.estimate().interval(), 1e-9);
        assertMirrored(up.estimate().interval(), down.estimate().interval(), 1e-3);
        assertMirrored(rate.of(30, 200).interval(), rate.of(170, 200).interval(), 1e-9);
    }

    private static void assertMirrored(Interval one, Interval other, double tolerance) {
        assertThat(one.low()).isCloseTo(1 - other.high(), within(tolerance));
        assertThat(one.high()).isCloseTo(1 - other.low(), within(tolerance));
    }

    @Test
    void nothingAndExtremesHaveDefinedIntervals() {
        RateSequence rate = RateSequence.tightestAt(100);

        assertThat(rate.of(0, 0).interval()).isEqualTo(Interval.UNIT);
        assertThat(rate.of(0, 0).isKnown()).isFalse();
        assertThat(rate.of(0, 1_000_000_000).interval().high()).isBetween(0.0, 1e-7);
        assertThat(rate.of(1_000_000_000, 1_000_000_000).interval().low()).isBetween(1 - 1e-7, 1.0);
        assertThat(rate.of(5e8, 1_000_000_000).interval().width()).isBetween(1e-5, 2e-3);
        assertThat(new HedgedBetting(Confidence.NINETY_FIVE).estimate().interval())
                .isEqualTo(Interval.UNIT);
        assertThat(new EmpiricalBernstein(Confidence.NINETY_FIVE).estimate().interval())
                .isEqualTo(Interval.UNIT);
        assertThat(new AsymptoticSequence(Confidence.NINETY_FIVE, 3).lower().interval())
                .isEqualTo(Interval.EVERYTHING);
        for (double constant : new double[] {0, 0.5, 1}) {
            HedgedBetting hedged = new HedgedBetting(Confidence.NINETY_FIVE);
            EmpiricalBernstein bernstein = new EmpiricalBernstein(Confidence.NINETY_FIVE);
            for (int i = 0; i < 2000; i++) {
                hedged.add(constant);
                bernstein.add(constant);
            }
            assertThat(hedged.estimate().interval().holds(constant)).isTrue();
            assertThat(hedged.estimate().interval().width()).isLessThan(0.03);
            assertThat(bernstein.estimate().interval().holds(constant)).isTrue();
        }
    }

    @Test
    void aMeanThatMovedLeavesNoCandidate() {
        HedgedBetting hedged = new HedgedBetting(Confidence.NINETY_FIVE);
        for (int i = 0; i < 940; i++) {
            hedged.add(i < 50 ? 0 : 1);
        }

        assertThat(hedged.estimate().warnsOf("mean-moved")).isTrue();
        assertThat(hedged.estimate().interval()).isEqualTo(Interval.UNIT);
    }

    @Test
    void refusesWhatIsOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HedgedBetting(Confidence.NINETY_FIVE).add(1.1))
                .withMessage("score must be in 0.0..1.0: 1.1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RateSequence.tightestAt(100).of(3, 2))
                .withMessage("successes must be in 0..2: 3.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AsymptoticSequence(Confidence.NINETY_FIVE, 1).add(0.5, 0))
                .withMessage("standardError must be above 0 and finite: 0.0");
    }
}
