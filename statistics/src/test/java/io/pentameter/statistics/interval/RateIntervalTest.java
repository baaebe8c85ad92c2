package io.pentameter.statistics.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.pentameter.statistics.cases.PublishedCase;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateIntervalTest {

    private static final Confidence CONFIDENCE = Confidence.NINETY_FIVE;

    @ParameterizedTest
    @ValueSource(strings = {"binom-18-20", "binom-4-20"})
    void matchesThePublishedCase(String id) {
        PublishedCase published = PublishedCase.of("02_binomial_intervals", id);
        long successes = published.input().path("x").asLong();
        long n = published.input().path("n").asLong();
        Confidence confidence = new Confidence(published.input().path("conf").asDouble());

        Interval wilson = Wilson.estimate(successes, n, confidence).interval();
        Interval exact = ClopperPearson.estimate(successes, n, confidence).interval();

        assertIsClose(wilson, PublishedCase.numbers(published.expected().path("wilson")), published.tolerance());
        assertIsClose(
                exact, PublishedCase.numbers(published.expected().path("clopper_pearson")), published.tolerance());
    }

    @Test
    void everythingIsPlausibleWithoutATrial() {
        assertThat(Wilson.interval(0, 0, CONFIDENCE)).isEqualTo(Interval.UNIT);
        assertThat(ClopperPearson.interval(0, 0, CONFIDENCE)).isEqualTo(Interval.UNIT);
        assertThat(Wilson.estimate(0, 0, CONFIDENCE).isKnown()).isFalse();
        assertThat(ClopperPearson.estimate(0, 0, CONFIDENCE).warnsOf("no-data")).isTrue();
    }

    @Test
    void oneEndIsExactWhenEverythingOrNothingPassed() {
        assertThat(Wilson.interval(0, 10, CONFIDENCE).low()).isZero();
        assertThat(Wilson.interval(10, 10, CONFIDENCE).high()).isOne();
        assertThat(ClopperPearson.interval(0, 10, CONFIDENCE).low()).isZero();
        assertThat(ClopperPearson.interval(10, 10, CONFIDENCE).high()).isOne();
        // closed form (alpha/2)^(1/n)
        assertThat(ClopperPearson.interval(10, 10, CONFIDENCE).low()).isCloseTo(Math.pow(0.025, 0.1), within(1e-15));
    }

    @Test
    void failuresMirrorSuccesses() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 2_000; i++) {
            long n = random.nextLong(1, 100_000);
            long x = random.nextLong(n + 1);

            assertIsClose(
                    Wilson.interval((double) x, (double) n, CONFIDENCE).complement(),
                    Wilson.interval((double) (n - x), (double) n, CONFIDENCE),
                    1e-12);
            assertIsClose(
                    ClopperPearson.interval(x, n, CONFIDENCE).complement(),
                    ClopperPearson.interval(n - x, n, CONFIDENCE),
                    1e-12);
        }
    }

    @Test
    void holdsTheObservedRateAndStaysWithinZeroAndOne() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 10_000; i++) {
            double n = Math.exp(random.nextDouble(-30, 45)); // 1e-13 to 3e19
            double rate = switch (random.nextInt(4)) {
                case 0 -> 0;
                case 1 -> 1;
                case 2 -> Math.exp(-random.nextDouble(40));
                default -> random.nextDouble();
            };

            Interval interval = Wilson.ofRate(rate, n, CONFIDENCE);

            assertThat(interval.holds(rate))
                    .as("%s of %s: %s", rate, n, interval)
                    .isTrue();
            assertThat(interval.low()).isBetween(0.0, 1.0);
            assertThat(interval.high()).isBetween(0.0, 1.0);
        }
    }

    @Test
    void clopperPearsonKeepsRelativePrecisionForTinyRates() {
        long n = 1_000_000_000_000L;

        // one of n: lower end 1 - (1 - alpha/2)^(1/n)
        double low = ClopperPearson.lowerBound(1, n, 0.025);

        assertThat(low).isCloseTo(-Math.expm1(Math.log1p(-0.025) / n), within(low * 1e-9));
    }

    @Test
    void clopperPearsonPutsTheTailsWhereItSays() {
        for (int n : new int[] {1, 2, 7, 30, 1_000}) {
            for (int x = 1; x < n; x += Math.max(1, n / 7)) {
                Interval interval = ClopperPearson.interval(x, n, CONFIDENCE);
                double atLeast = BinomialDistribution.of(n, interval.low()).survivalProbability(x - 1);
                double atMost = BinomialDistribution.of(n, interval.high()).cumulativeProbability(x);

                assertThat(atLeast).as("x=%d n=%d", x, n).isCloseTo(0.025, within(1e-10));
                assertThat(atMost).as("x=%d n=%d", x, n).isCloseTo(0.025, within(1e-10));
            }
        }
    }

    @Test
    void isNarrowerWithMoreTrialsAndWiderWithMoreConfidence() {
        double before = 1;
        for (int n = 10; n <= 10_000; n *= 10) {
            double width = Wilson.ofRate(0.9, n, CONFIDENCE).width();
            assertThat(width).isLessThan(before);
            assertThat(Wilson.ofRate(0.9, n, new Confidence(0.99)).width()).isGreaterThan(width);
            assertThat(ClopperPearson.interval(n / 10 * 9L, n, CONFIDENCE).width())
                    .isGreaterThan(width);
            before = width;
        }
    }

    @Test
    void refusesCountsThatCannotBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Wilson.interval(3, 2, CONFIDENCE))
                .withMessage("successes must be in 0..2.0: 3.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Wilson.interval(Double.NaN, 2, CONFIDENCE))
                .withMessage("successes must be in 0..2.0: NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Wilson.interval(0, -1, CONFIDENCE))
                .withMessage("n must be 0 or more and finite: -1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Wilson.ofRate(1.5, 10, CONFIDENCE))
                .withMessage("rate must be in 0.0..1.0: 1.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClopperPearson.interval(-1, 10, CONFIDENCE))
                .withMessage("successes must be in 0..10: -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Confidence(1))
                .withMessage("confidence must be between 0.0 and 1.0, ends excluded: 1.0");
    }

    @Test
    void quantilesAreThoseOfTheNormalDistribution() {
        assertThat(CONFIDENCE.z()).isCloseTo(1.959963984540054, within(1e-13));
        assertThat(CONFIDENCE.zOneSided()).isCloseTo(1.6448536269514722, within(1e-13));
        assertThat(Confidence.erring(0.1).z()).isCloseTo(Confidence.NINETY.z(), within(1e-13));
    }

    private static void assertIsClose(Interval actual, double[] expected, double tolerance) {
        assertIsClose(actual, new Interval(expected[0], expected[1]), tolerance);
    }

    private static void assertIsClose(Interval actual, Interval expected, double tolerance) {
        assertThat(actual.low()).isCloseTo(expected.low(), within(tolerance));
        assertThat(actual.high()).isCloseTo(expected.high(), within(tolerance));
    }
}
