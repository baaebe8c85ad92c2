package io.pentameter.statistics.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.Wilson;
import io.pentameter.statistics.sampling.PrioritySampling.Spending;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Errors, warnings and limits of the estimators, by hand. */
class SamplingLimitsTest {

    private static final Confidence CONFIDENCE = Confidence.NINETY_FIVE;

    @Test
    void aMeanHasTheErrorOfTheTotalDivided() {
        ProbabilitySample sample = ProbabilitySample.of(new double[] {3, 5}, new double[] {0.5, 0.25});

        Estimate mean = HorvitzThompson.mean(sample, 10, Scope.PERIOD, CONFIDENCE);

        // (3/0.5)^2 0.5 + (5/0.25)^2 0.75 = 18 + 300
        assertThat(mean.value()).isCloseTo(2.6, within(1e-12));
        assertThat(mean.standardError()).isCloseTo(Math.sqrt(318) / 10, within(1e-12));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HorvitzThompson.mean(sample, Double.POSITIVE_INFINITY, Scope.PERIOD, CONFIDENCE))
                .withMessage("population must be above 0 and finite: Infinity");
    }

    @Test
    void aQuantileSaysHowThinItsTailIs() {
        double[] values = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
        double[] half = {.5, .5, .5, .5, .5, .5, .5, .5, .5, .5};

        Estimate p90 = HajekQuantile.of(ProbabilitySample.of(values, half), 0.9, Scope.PROCESS, CONFIDENCE);

        assertThat(p90.value()).isEqualTo(9);
        assertThat(p90.standardError()).isCloseTo(p90.interval().width() / 2 / 1.959963984540054, within(1e-12));
        assertThat(p90.warnings())
                .extracting("sentence")
                .containsExactly("Only 1.0 effective observations lie beyond the quantile 0.9; 10 are needed.");
        assertThat(HajekQuantile.of(ProbabilitySample.of(values, half), 0.2, Scope.PROCESS, CONFIDENCE)
                        .warnings()
                        .getFirst()
                        .sentence())
                .startsWith("Only 2.0 effective");
    }

    @Test
    void theShareUpToAQuantileCountsValuesEqualToIt() {
        ProbabilitySample sample = ProbabilitySample.of(new double[] {1, 2, 2, 3}, new double[] {1, .5, .5, .5});

        ProbabilitySample below = sample.upTo(2);

        assertThat(below.weightedTotal()).isEqualTo(5);
        assertThat(below.isCensus()).isFalse();
        assertThat(ProbabilitySample.of(new double[] {1}, new double[] {1}).isCensus())
                .isTrue();
    }

    @Test
    void aClassOfOneThatWasSeenIsKnown() {
        Estimate mean = PostStratified.mean(
                List.of(new PostStratified.Stratum(9, 9, 2, 1), new PostStratified.Stratum(1, 1, 12, 0)),
                Scope.PERIOD,
                CONFIDENCE);

        assertThat(mean.value()).isCloseTo(3, within(1e-12));
        assertThat(mean.interval()).isEqualTo(new Interval(3, 3));
        assertThat(mean.warnings()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PostStratified.Stratum(3, 4, 0, 0))
                .withMessage("n must be in 0..3: 4");
    }

    @Test
    void whatWasNotLookedAtIsCounted() {
        Estimate total = PostStratified.total(
                List.of(
                        new PostStratified.Stratum(700, 70, 2, 1),
                        new PostStratified.Stratum(200, 0, 0, 0),
                        new PostStratified.Stratum(100, 0, 0, 0)),
                Scope.PERIOD,
                CONFIDENCE);

        assertThat(total.warnings())
                .extracting("sentence")
                .containsExactly("300 of 1000 requests are in classes of which none was looked at.");
    }

    @Test
    void rateOfSessionsIsCheckedAndWarnsOfASingleOne() {
        ProbabilitySample two = ProbabilitySample.of(new double[] {2}, new double[] {0.5});
        ProbabilitySample one =
                ProbabilitySample.clustered(new double[] {1, 0}, new double[] {0.5, 0.5}, List.of("s", "s"));
        ProbabilitySample other = ProbabilitySample.of(new double[] {1, 1, 0}, new double[] {0.5, 0.5, 0.5});

        Estimate alone =
                StratifiedHajek.rate(List.of(new StratifiedHajek.Stratum(one, OptionalLong.empty())), CONFIDENCE);
        Estimate both = StratifiedHajek.rate(
                List.of(
                        new StratifiedHajek.Stratum(one, OptionalLong.empty()),
                        new StratifiedHajek.Stratum(other, OptionalLong.empty())),
                CONFIDENCE);
        Estimate known = StratifiedHajek.rate(
                List.of(
                        new StratifiedHajek.Stratum(one, OptionalLong.of(1)),
                        new StratifiedHajek.Stratum(other, OptionalLong.empty())),
                CONFIDENCE);

        assertThat(alone.size().effective()).isOne();
        assertThat(alone.interval().width()).isGreaterThan(0.8);
        assertThat(both.warnings())
                .extracting("sentence")
                .containsExactly("1 of 2 strata have a single cluster; their error is a guess.");
        assertThat(known.warnings()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StratifiedHajek.rate(
                        List.of(new StratifiedHajek.Stratum(two, OptionalLong.empty())), CONFIDENCE))
                .withMessage("value must be in 0.0..1.0: 2.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProbabilitySample.clustered(new double[] {1}, new double[] {0.5}, List.of("a", "b")))
                .withMessage("values and clusters must have the same length: 1 and 2");
    }

    /** One cluster's residual is taken about the overall mean: {@code e² · 1/max(1, 0)}. */
    @Test
    void aSingleClusterIsMeasuredAboutTheOverallMean() {
        ProbabilitySample one = ProbabilitySample.clustered(new double[] {1, 0}, new double[] {1, 1}, List.of(1, 1));
        ProbabilitySample other = ProbabilitySample.of(new double[] {1, 1}, new double[] {0.5, 0.5});
        List<StratifiedHajek.Stratum> strata = List.of(
                new StratifiedHajek.Stratum(one, OptionalLong.empty()),
                new StratifiedHajek.Stratum(other, OptionalLong.empty()));

        Estimate mean = StratifiedHajek.mean(strata, CONFIDENCE);

        // mean 5/6; residual of the cluster 1/6 - 5/6 = -2/3, of the others 1/3 each, equal: no spread
        assertThat(mean.value()).isCloseTo(5.0 / 6, within(1e-12));
        assertThat(mean.standardError()).isCloseTo(2.0 / 3 / 6, within(1e-12));
    }

    @Test
    void theIntervalOfAPeriodKnowsHowMuchWasSeen() {
        Estimate half =
                PostStratified.rate(List.of(new PostStratified.RateStratum(100, 50, 40)), Scope.PERIOD, CONFIDENCE);
        Estimate pair =
                PostStratified.rate(List.of(new PostStratified.RateStratum(100, 2, 2)), Scope.PROCESS, CONFIDENCE);

        // half of the class is certain: as precise as 50/(1 - 1/2) trials
        assertThat(half.interval()).isEqualTo(Wilson.ofRate(0.8, 100, CONFIDENCE));
        assertThat(pair.standardError()).isZero();
    }

    @Test
    void sessionsOfEqualAnswersAreWorthOneEach() {
        double[] values = new double[100];
        double[] tenth = new double[100];
        List<Integer> sessions = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            values[i] = i / 5 % 4 == 0 ? 0 : 1;
            tenth[i] = 0.1;
            sessions.add(i / 5);
        }

        Estimate rate = StratifiedHajek.rate(
                List.of(new StratifiedHajek.Stratum(
                        ProbabilitySample.clustered(values, tenth, sessions), OptionalLong.empty())),
                CONFIDENCE);

        // 20 sessions, 15 of which pass: p (1-p) over the variance p (1-p)/19
        assertThat(rate.value()).isCloseTo(0.75, within(1e-12));
        assertThat(rate.size().effective()).isCloseTo(19, within(1e-9));
    }

    @Test
    void thePolicyOfANewTenantIsTheWrittenOne() {
        SamplingPolicy policy = SamplingPolicy.standard();

        assertThat(policy)
                .isEqualTo(new SamplingPolicy(
                        "standard-1",
                        0.005,
                        Map.of(
                                "error", 1.0,
                                "guardrail", 1.0,
                                "high-risk", 1.0,
                                "thumbs-down", 1.0,
                                "high-cost", 0.2,
                                "low-confidence", 0.1,
                                "outlier", 0.1)));
    }

    @Test
    void limitsAreInclusive() {
        PrioritySampling.Batch exactlyOne =
                PrioritySampling.select(new double[] {0.5, 0.4}, new double[] {0.5, 0.5}, 5, Spending.NOT_BEYOND_RULES);

        assertThat(exactlyOne.isKept(0)).isTrue(); // priority 1: the uniform number equals the probability
        assertThat(exactlyOne.isKept(1)).isFalse();
        Threshold threshold = Threshold.ofTh("c");
        Threshold equal = Threshold.ofTh("c");
        assertThat(threshold.raisedTo(equal)).isSameAs(threshold);
        assertThat(threshold.raisedTo(Threshold.ofTh("d"))).isEqualTo(Threshold.ofTh("d"));
        assertThat(threshold.raisedTo(Threshold.ofTh("b"))).isSameAs(threshold);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RandomnessKey(new byte[] {1}).of("|a", "r"))
                .withMessage("tenantId must not be empty and not hold '|': '|a'");
        assertThat(OtelTraceState.parse(":x;a:b").others()).containsExactly("a:b");
        assertThat(LargestRemainder.divide(10, 0, 3, 0)).containsExactly(0, 10, 0);
        assertThat(LargestRemainder.divide(3, 1, 1, 0, 1, 1)).containsExactly(1, 1, 0, 1, 0);
    }
}
