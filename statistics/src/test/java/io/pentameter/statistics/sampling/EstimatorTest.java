package io.pentameter.statistics.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.statistics.cases.PublishedCase;
import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EstimatorTest {

    private static final Confidence CONFIDENCE = Confidence.NINETY_FIVE;

    @Test
    @DisplayName("hajek-stratified-fpc")
    void matchesHajekStratifiedFpc() {
        PublishedCase published = PublishedCase.of("01_sampling", "hajek-stratified-fpc");
        double[] values = PublishedCase.numbers(published.input().path("x"));
        double[] weights = PublishedCase.numbers(published.input().path("weight"));
        double[] strata = PublishedCase.numbers(published.input().path("stratum"));
        List<StratifiedHajek.Stratum> finite = new ArrayList<>();
        List<StratifiedHajek.Stratum> infinite = new ArrayList<>();
        for (int stratum = 1; stratum <= 2; stratum++) {
            ProbabilitySample sample = select(values, weights, strata, stratum);
            long population =
                    published.input().path("N_h").path(String.valueOf(stratum)).asLong();
            finite.add(new StratifiedHajek.Stratum(sample, OptionalLong.of(population)));
            infinite.add(new StratifiedHajek.Stratum(sample, OptionalLong.empty()));
        }

        Estimate process = StratifiedHajek.mean(infinite, CONFIDENCE);
        Estimate period = StratifiedHajek.mean(finite, CONFIDENCE);

        assertThat(process.value()).isCloseTo(published.expected().path("mean").asDouble(), within(1e-12));
        assertThat(process.standardError())
                .isCloseTo(published.expected().path("se_no_fpc").asDouble(), within(1e-12));
        assertThat(period.standardError())
                .isCloseTo(published.expected().path("se_fpc").asDouble(), within(1e-12));
    }

    @Test
    @DisplayName("stratified-apistrat")
    void matchesStratifiedApistrat() {
        PublishedCase published = PublishedCase.of("01_sampling", "stratified-apistrat");
        List<PostStratified.Stratum> scores = new ArrayList<>();
        List<PostStratified.Stratum> pupils = new ArrayList<>();
        for (JsonNode stratum : published.input().path("strata")) {
            long population = stratum.path("N").asLong();
            long n = stratum.path("n").asLong();
            scores.add(new PostStratified.Stratum(
                    population,
                    n,
                    stratum.path("mean_api00").asDouble(),
                    stratum.path("sd_api00").asDouble()));
            pupils.add(new PostStratified.Stratum(
                    population,
                    n,
                    stratum.path("mean_enroll").asDouble(),
                    stratum.path("sd_enroll").asDouble()));
        }

        Estimate mean = PostStratified.mean(scores, Scope.PERIOD, CONFIDENCE);
        Estimate total = PostStratified.total(pupils, Scope.PERIOD, CONFIDENCE);

        assertThat(mean.value()).isCloseTo(published.expected().path("mean").asDouble(), within(1e-9));
        assertThat(mean.standardError())
                .isCloseTo(published.expected().path("se_mean").asDouble(), within(1e-9));
        assertThat(total.value())
                .isCloseTo(published.expected().path("total_enroll").asDouble(), within(1e-6));
        assertThat(total.standardError())
                .isCloseTo(published.expected().path("se_total").asDouble(), within(1e-6));
        assertThat(mean.size().n()).isEqualTo(200);
    }

    @Test
    void horvitzThompsonAndHajekFollowTheirFormulas() {
        // by hand: y/pi = 2, 8, 3; 1/pi = 2, 4, 1
        ProbabilitySample sample = ProbabilitySample.of(new double[] {1, 2, 3}, new double[] {0.5, 0.25, 1});

        Estimate total = HorvitzThompson.total(sample, Scope.PERIOD, CONFIDENCE);
        Estimate process = HorvitzThompson.total(sample, Scope.PROCESS, CONFIDENCE);
        Estimate mean = Hajek.mean(sample, Scope.PERIOD, CONFIDENCE);

        assertThat(total.value()).isCloseTo(13, within(1e-12));
        assertThat(total.standardError()).isCloseTo(Math.sqrt(4 * 0.5 + 64 * 0.75), within(1e-12));
        assertThat(process.standardError()).isCloseTo(Math.sqrt(4 + 64 + 9), within(1e-12));
        assertThat(HorvitzThompson.mean(sample, 10, Scope.PERIOD, CONFIDENCE).value())
                .isCloseTo(1.3, within(1e-12));
        double m = 13.0 / 7;
        assertThat(mean.value()).isCloseTo(m, within(1e-12));
        assertThat(mean.standardError())
                .isCloseTo(Math.sqrt(4 * (1 - m) * (1 - m) * 0.5 + 16 * (2 - m) * (2 - m) * 0.75) / 7, within(1e-12));
        assertThat(mean.size().effective()).isCloseTo(49.0 / 21, within(1e-12));
        assertThat(mean.interval().width()).isCloseTo(2 * CONFIDENCE.z() * mean.standardError(), within(1e-12));
    }

    @Test
    void aCensusHasNoSamplingErrorButTheProcessHas() {
        ProbabilitySample census = ProbabilitySample.of(new double[] {1, 0, 1, 1}, new double[] {1, 1, 1, 1});

        Estimate period = Hajek.rate(census, 4, Scope.PERIOD, CONFIDENCE);
        Estimate process = Hajek.rate(census, 4, Scope.PROCESS, CONFIDENCE);

        assertThat(period.interval()).isEqualTo(new Interval(0.75, 0.75));
        assertThat(period.standardError()).isZero();
        assertThat(process.interval().width()).isGreaterThan(0.5);
        assertThat(PostStratified.rate(List.of(new PostStratified.RateStratum(4, 4, 3)), Scope.PERIOD, CONFIDENCE)
                        .interval())
                .isEqualTo(new Interval(0.75, 0.75));
    }

    @Test
    void anAllPassClassStaysUncertain() {
        List<PostStratified.RateStratum> strata =
                List.of(new PostStratified.RateStratum(100, 100, 20), new PostStratified.RateStratum(900, 10, 10));

        Estimate rate = PostStratified.rate(strata, Scope.PERIOD, CONFIDENCE);

        assertThat(rate.value()).isCloseTo(0.92, within(1e-12));
        assertThat(rate.standardError()).isZero(); // what the textbook says
        assertThat(rate.interval().width()).isGreaterThan(0.2); // what is true of 10 of 10
        assertThat(rate.interval().high()).isCloseTo(0.92, within(1e-12)); // the errors are known exactly
    }

    @Test
    void saysHowMuchTrafficWasNotLookedAt() {
        List<PostStratified.RateStratum> strata =
                List.of(new PostStratified.RateStratum(800, 50, 40), new PostStratified.RateStratum(200, 0, 0));

        Estimate rate = PostStratified.rate(strata, Scope.PERIOD, CONFIDENCE);

        assertThat(rate.warnings().getFirst().sentence())
                .isEqualTo("200 of 1000 requests are in classes of which none was looked at.");
        assertThat(rate.interval().width()).isGreaterThan(0.2);
        Estimate mean = PostStratified.mean(
                List.of(new PostStratified.Stratum(800, 50, 3, 1), new PostStratified.Stratum(200, 0, 0, 0)),
                Scope.PERIOD,
                CONFIDENCE);
        assertThat(mean.value()).isCloseTo(3, within(1e-12));
        assertThat(mean.warnsOf("stratum-unobserved")).isTrue();
    }

    @Test
    void anErrorThatIsUnknownIsNotSmall() {
        Estimate mean = PostStratified.mean(
                List.of(new PostStratified.Stratum(800, 50, 3, 1), new PostStratified.Stratum(200, 1, 9, 0)),
                Scope.PERIOD,
                CONFIDENCE);

        assertThat(mean.interval()).isEqualTo(Interval.EVERYTHING);
        assertThat(mean.warnsOf("single-observation")).isTrue();
        Estimate cluster = StratifiedHajek.mean(
                ProbabilitySample.clustered(new double[] {1, 2}, new double[] {0.5, 0.5}, List.of("s", "s")),
                CONFIDENCE);
        assertThat(cluster.warnsOf("single-cluster")).isTrue();
    }

    @Test
    void nothingIsKnownFromNothing() {
        ProbabilitySample empty = ProbabilitySample.of(new double[0], new double[0]);

        assertThat(HorvitzThompson.total(empty, Scope.PERIOD, CONFIDENCE).isKnown())
                .isFalse();
        assertThat(Hajek.mean(empty, Scope.PERIOD, CONFIDENCE).isKnown()).isFalse();
        assertThat(Hajek.rate(empty, 0, Scope.PERIOD, CONFIDENCE).interval()).isEqualTo(Interval.UNIT);
        assertThat(StratifiedHajek.mean(empty, CONFIDENCE).isKnown()).isFalse();
        assertThat(StratifiedHajek.rate(List.of(), CONFIDENCE).isKnown()).isFalse();
        assertThat(PostStratified.rate(List.of(), Scope.PERIOD, CONFIDENCE).isKnown())
                .isFalse();
        assertThat(PostStratified.mean(List.of(), Scope.PERIOD, CONFIDENCE).isKnown())
                .isFalse();
        assertThat(PostStratified.total(List.of(), Scope.PERIOD, CONFIDENCE).isKnown())
                .isFalse();
        assertThat(HajekQuantile.of(empty, 0.5, Scope.PERIOD, CONFIDENCE).isKnown())
                .isFalse();
    }

    @Test
    void oneObservationIsItsOwnMean() {
        ProbabilitySample one = ProbabilitySample.of(new double[] {0.3}, new double[] {0.01});

        assertThat(Hajek.mean(one, Scope.PERIOD, CONFIDENCE).value()).isCloseTo(0.3, within(1e-15));
        assertThat(HajekQuantile.of(one, 0.99, Scope.PERIOD, CONFIDENCE).value())
                .isEqualTo(0.3);
        assertThat(Hajek.rate(one, 100, Scope.PERIOD, CONFIDENCE).interval().holds(0.3))
                .isTrue();
    }

    @Test
    void repeatingASessionAddsNothingToWhatIsKnown() {
        SplittableRandom random = new SplittableRandom(29);
        double[] single = random.doubles(40).toArray();
        double[] five = new double[200];
        List<Integer> sessions = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            five[i] = single[i / 5];
            sessions.add(i / 5);
        }
        double[] tenth = filled(200, 0.1);

        Estimate clustered = StratifiedHajek.mean(ProbabilitySample.clustered(five, tenth, sessions), CONFIDENCE);
        Estimate plain = StratifiedHajek.mean(ProbabilitySample.of(single, filled(40, 0.1)), CONFIDENCE);
        Estimate naive = StratifiedHajek.mean(ProbabilitySample.of(five, tenth), CONFIDENCE);

        assertThat(clustered.value()).isCloseTo(plain.value(), within(1e-12));
        assertThat(clustered.standardError()).isCloseTo(plain.standardError(), within(1e-12));
        assertThat(naive.standardError()).isLessThan(0.5 * clustered.standardError());
    }

    @Test
    void doesNotDependOnTheOrder() {
        Random random = new Random(31);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            order.add(i);
        }
        double[] values = random.doubles(300).map(x -> Math.exp(20 * x)).toArray();
        double[] probabilities = random.doubles(300).map(x -> 0.001 + 0.999 * x).toArray();
        ProbabilitySample straight = ProbabilitySample.of(values, probabilities);
        Collections.shuffle(order, random);
        ProbabilitySample shuffled = ProbabilitySample.of(
                order.stream().mapToDouble(i -> values[i]).toArray(),
                order.stream().mapToDouble(i -> probabilities[i]).toArray());

        Estimate one = Hajek.mean(straight, Scope.PERIOD, CONFIDENCE);
        Estimate other = Hajek.mean(shuffled, Scope.PERIOD, CONFIDENCE);

        assertThat(other.value()).isCloseTo(one.value(), within(1e-13 * one.value()));
        assertThat(other.standardError()).isCloseTo(one.standardError(), within(1e-12 * one.standardError()));
        assertThat(HajekQuantile.of(shuffled, 0.9, Scope.PERIOD, CONFIDENCE).value())
                .isEqualTo(HajekQuantile.of(straight, 0.9, Scope.PERIOD, CONFIDENCE)
                        .value());
    }

    @Test
    void doesNotDependOnTheScaleOfWeights() {
        double[] values = {1, 0, 1, 1, 0, 1};
        Estimate one = Hajek.mean(
                ProbabilitySample.of(values, new double[] {0.5, 0.5, 0.25, 1, 1, 0.25}), Scope.PROCESS, CONFIDENCE);
        Estimate other = Hajek.mean(
                ProbabilitySample.of(values, new double[] {0.05, 0.05, 0.025, 0.1, 0.1, 0.025}),
                Scope.PROCESS,
                CONFIDENCE);

        assertThat(other.value()).isCloseTo(one.value(), within(1e-12));
        assertThat(other.standardError()).isCloseTo(one.standardError(), within(1e-12));
    }

    @Test
    void flippingPassAndFailMirrorsTheRate() {
        SplittableRandom random = new SplittableRandom(37);
        for (int i = 0; i < 500; i++) {
            List<PostStratified.RateStratum> strata = new ArrayList<>();
            List<PostStratified.RateStratum> flipped = new ArrayList<>();
            for (int j = random.nextInt(1, 5); j > 0; j--) {
                long population = random.nextLong(1, 10_000);
                long n = random.nextLong(population + 1);
                long successes = random.nextLong(n + 1);
                strata.add(new PostStratified.RateStratum(population, n, successes));
                flipped.add(new PostStratified.RateStratum(population, n, n - successes));
            }
            Estimate rate = PostStratified.rate(strata, Scope.PERIOD, CONFIDENCE);
            Estimate mirror = PostStratified.rate(flipped, Scope.PERIOD, CONFIDENCE);
            if (rate.isKnown()) {
                assertThat(mirror.value()).isCloseTo(1 - rate.value(), within(1e-12));
                assertThat(mirror.interval().low())
                        .isCloseTo(1 - rate.interval().high(), within(1e-12));
                assertThat(mirror.interval().high())
                        .isCloseTo(1 - rate.interval().low(), within(1e-12));
                assertThat(rate.interval().holds(rate.value())).isTrue();
            }
        }
    }

    @Test
    void mergedStrataOfOneProbabilityAreOneStratum() {
        Estimate whole =
                PostStratified.rate(List.of(new PostStratified.RateStratum(1_000, 100, 80)), Scope.PERIOD, CONFIDENCE);
        Estimate withEmpty = PostStratified.rate(
                List.of(new PostStratified.RateStratum(1_000, 100, 80), new PostStratified.RateStratum(0, 0, 0)),
                Scope.PERIOD,
                CONFIDENCE);

        assertThat(withEmpty).isEqualTo(whole);
    }

    @Test
    void quantileIsTheSmallestValueThatReachesTheShare() {
        double[] tenth = filled(10, 0.1);
        double[] values = {10, 9, 8, 7, 6, 5, 4, 3, 2, 1};
        ProbabilitySample sample = ProbabilitySample.of(values, tenth);

        assertThat(HajekQuantile.of(sample, 0.3, Scope.PROCESS, CONFIDENCE).value())
                .isEqualTo(3);
        assertThat(HajekQuantile.of(sample, 0.31, Scope.PROCESS, CONFIDENCE).value())
                .isEqualTo(4);
        Estimate median = HajekQuantile.of(sample, 0.5, Scope.PROCESS, CONFIDENCE);
        // se = sqrt(0.25 / 10) = 0.158, so the levels are 0.190 and 0.810
        assertThat(median.interval()).isEqualTo(new Interval(2, 9));
        assertThat(median.warnsOf("thin-tail")).isTrue();
    }

    @Test
    void quantileCountsHeavyObservationsMore() {
        ProbabilitySample sample = ProbabilitySample.of(new double[] {1, 2, 3}, new double[] {1, 0.1, 1});

        assertThat(HajekQuantile.of(sample, 0.1, Scope.PERIOD, CONFIDENCE).value())
                .isEqualTo(2);
        assertThat(HajekQuantile.of(sample, 0.95, Scope.PERIOD, CONFIDENCE).value())
                .isEqualTo(3);
    }

    @Test
    void refusesWhatCannotBeASample() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProbabilitySample.of(new double[] {1}, new double[] {0}))
                .withMessage("probability must be above 0.0 and at most 1.0: 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProbabilitySample.of(new double[] {Double.NaN}, new double[] {1}))
                .withMessage("value must be a finite number: NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProbabilitySample.of(new double[] {1}, new double[0]))
                .withMessage("values and probabilities must have the same length: 1 and 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PostStratified.RateStratum(10, 11, 0))
                .withMessage("n must be in 0..10: 11");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PostStratified.RateStratum(10, 5, 6))
                .withMessage("successes must be in 0..5: 6");
        ProbabilitySample two = ProbabilitySample.of(new double[] {2, 2}, new double[] {1, 1});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Hajek.rate(two, 2, Scope.PERIOD, CONFIDENCE))
                .withMessage("value must be in 0.0..1.0: 2.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StratifiedHajek.Stratum(two, OptionalLong.of(1)))
                .withMessage("population must be 2 or more: 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HorvitzThompson.mean(two, 0, Scope.PERIOD, CONFIDENCE))
                .withMessage("population must be above 0 and finite: 0.0");
    }

    private static ProbabilitySample select(double[] values, double[] weights, double[] strata, int stratum) {
        List<Double> chosen = new ArrayList<>();
        List<Double> probabilities = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            if (strata[i] == stratum) {
                chosen.add(values[i]);
                probabilities.add(1 / weights[i]);
            }
        }
        return ProbabilitySample.of(
                chosen.stream().mapToDouble(Double::doubleValue).toArray(),
                probabilities.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static double[] filled(int length, double value) {
        double[] filled = new double[length];
        Arrays.fill(filled, value);
        return filled;
    }
}
