package io.pentameter.statistics.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.statistics.cases.PublishedCase;
import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.sampling.PrioritySampling.Batch;
import io.pentameter.statistics.sampling.PrioritySampling.Spending;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Estimators and priority sampling against numpy and exact fractions. */
class IndependentSamplingTest {

    private static final Confidence CONFIDENCE = Confidence.NINETY_FIVE;

    @Test
    @DisplayName("poisson-sample-numpy")
    void unequalProbabilities() {
        PublishedCase independent = PublishedCase.of("independent", "poisson-sample-numpy");
        double[] y = PublishedCase.numbers(independent.input().path("y"));
        double[] pi = PublishedCase.numbers(independent.input().path("pi"));
        List<Double> clusters = Arrays.stream(
                        PublishedCase.numbers(independent.input().path("cluster")))
                .boxed()
                .toList();
        ProbabilitySample sample = ProbabilitySample.of(y, pi);

        Estimate total = HorvitzThompson.total(sample, Scope.PERIOD, CONFIDENCE);
        Estimate period = Hajek.mean(sample, Scope.PERIOD, CONFIDENCE);
        Estimate process = Hajek.mean(sample, Scope.PROCESS, CONFIDENCE);
        Estimate clustered = StratifiedHajek.mean(ProbabilitySample.clustered(y, pi, clusters), CONFIDENCE);

        assertNear(independent, "ht", total.value());
        assertNear(independent, "ht_se", total.standardError());
        assertNear(independent, "hajek", period.value());
        assertNear(independent, "hajek_se_period", period.standardError());
        assertNear(independent, "hajek_se_process", process.standardError());
        assertNear(independent, "hajek", clustered.value());
        assertNear(independent, "clustered_se", clustered.standardError());
        assertNear(independent, "kish", period.size().effective());
    }

    @Test
    @DisplayName("stratified-mean-numpy")
    void strata() {
        PublishedCase independent = PublishedCase.of("independent", "stratified-mean-numpy");
        List<PostStratified.Stratum> strata = new ArrayList<>();
        for (JsonNode row : independent.input().path("strata")) {
            double[] values = PublishedCase.numbers(row.path("values"));
            double mean = Arrays.stream(values).average().orElseThrow();
            double squares =
                    Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
            strata.add(new PostStratified.Stratum(
                    row.path("N").longValue(), values.length, mean, Math.sqrt(squares / (values.length - 1))));
        }

        Estimate period = PostStratified.mean(strata, Scope.PERIOD, CONFIDENCE);
        Estimate process = PostStratified.mean(strata, Scope.PROCESS, CONFIDENCE);
        Estimate total = PostStratified.total(strata, Scope.PERIOD, CONFIDENCE);

        assertNear(independent, "mean", period.value());
        assertNear(independent, "se_period", period.standardError());
        assertNear(independent, "se_process", process.standardError());
        assertThat(total.value()).isCloseTo(independent.expected().path("total").doubleValue(), within(1e-8));
    }

    @Test
    @DisplayName("priority-sampling-fractions")
    void priorities() {
        PublishedCase independent = PublishedCase.of("independent", "priority-sampling-fractions");
        double[] weights = PublishedCase.numbers(independent.input().path("weights"));
        double[] uniforms = StreamSupport.stream(independent.input().path("rv").spliterator(), false)
                .mapToDouble(rv -> Randomness.ofRv(rv.textValue()).uniform())
                .toArray();
        int k = independent.input().path("k").intValue();

        Batch pure = PrioritySampling.select(weights, uniforms, k, Spending.WHOLE_BUDGET);
        Batch floored = PrioritySampling.select(weights, uniforms, k, Spending.NOT_BEYOND_RULES);

        assertBatch(pure, independent.expected().path("pure"), weights.length);
        assertBatch(floored, independent.expected().path("floored"), weights.length);
        for (int i = 0; i < weights.length; i++) {
            assertThat(floored.isInBaseline(0.005, uniforms[i]))
                    .isEqualTo(independent
                            .expected()
                            .path("floored")
                            .path("baseline")
                            .get(i)
                            .booleanValue());
        }
    }

    @Test
    @DisplayName("clustered-rate-numpy")
    void clusteredRates() {
        PublishedCase independent = PublishedCase.of("independent", "clustered-rate-numpy");
        double[] y = PublishedCase.numbers(independent.input().path("y"));
        double[] pi = PublishedCase.numbers(independent.input().path("pi"));
        double[] cluster = PublishedCase.numbers(independent.input().path("cluster"));
        List<StratifiedHajek.Stratum> strata = new ArrayList<>();
        for (int group = 0; group < 2; group++) {
            int parity = group;
            int[] own = IntStream.range(0, y.length)
                    .filter(i -> cluster[i] % 2 == parity)
                    .toArray();
            ProbabilitySample sample = ProbabilitySample.clustered(
                    Arrays.stream(own).mapToDouble(i -> y[i]).toArray(),
                    Arrays.stream(own).mapToDouble(i -> pi[i]).toArray(),
                    Arrays.stream(own).mapToObj(i -> cluster[i]).toList());
            strata.add(new StratifiedHajek.Stratum(
                    sample,
                    group == 0
                            ? OptionalLong.of(independent.input().path("known").longValue())
                            : OptionalLong.empty()));
        }

        Estimate rate = StratifiedHajek.rate(strata, CONFIDENCE);
        Estimate mean = StratifiedHajek.mean(strata, CONFIDENCE);

        assertNear(independent, "rate", rate.value());
        assertNear(independent, "se", rate.standardError());
        assertNear(independent, "effective", rate.size().effective());
        assertThat(rate.interval().low())
                .isCloseTo(independent.expected().path("wilson").get(0).doubleValue(), within(1e-10));
        assertThat(rate.interval().high())
                .isCloseTo(independent.expected().path("wilson").get(1).doubleValue(), within(1e-10));
        assertNear(independent, "se", mean.standardError());
        assertThat(mean.size().effective())
                .isEqualTo((double) Arrays.stream(cluster).distinct().count());
        assertThat(rate.warnings()).isEmpty();
    }

    @Test
    @DisplayName("post-stratified-rate-numpy")
    void stratifiedRates() {
        PublishedCase independent = PublishedCase.of("independent", "post-stratified-rate-numpy");
        List<PostStratified.RateStratum> strata = new ArrayList<>();
        for (JsonNode row : independent.input().path("strata")) {
            strata.add(new PostStratified.RateStratum(
                    row.get(0).longValue(), row.get(1).longValue(), row.get(2).longValue()));
        }
        List<PostStratified.RateStratum> allPass =
                List.of(new PostStratified.RateStratum(1_000, 60, 60), new PostStratified.RateStratum(400, 30, 30));

        Estimate period = PostStratified.rate(strata, Scope.PERIOD, CONFIDENCE);
        Estimate process = PostStratified.rate(strata, Scope.PROCESS, CONFIDENCE);

        assertNear(independent, "rate", period.value());
        assertNear(independent, "se_period", period.standardError());
        assertNear(independent, "se_process", process.standardError());
        assertNear(independent, "effective_process", process.size().effective());
        // weights 1000/60 and 400/30: (1400)^2 / (60 (50/3)^2 + 30 (40/3)^2)
        assertThat(PostStratified.rate(allPass, Scope.PROCESS, CONFIDENCE)
                        .size()
                        .effective())
                .isCloseTo(1_400.0 * 1_400 / (60 * 2_500 / 9.0 + 30 * 1_600 / 9.0), within(1e-9));
    }

    private static void assertBatch(Batch batch, JsonNode expected, int size) {
        assertThat(batch.threshold()).isCloseTo(expected.path("tau").doubleValue(), within(1e-12));
        for (int i = 0; i < size; i++) {
            assertThat(batch.isKept(i)).isEqualTo(expected.path("kept").get(i).booleanValue());
            assertThat(batch.probability(i))
                    .isCloseTo(expected.path("pi").get(i).doubleValue(), within(1e-12));
        }
    }

    private static void assertNear(PublishedCase independent, String name, double actual) {
        assertThat(actual)
                .as(name)
                .isCloseTo(independent.expected().path(name).doubleValue(), within(independent.tolerance()));
    }
}
