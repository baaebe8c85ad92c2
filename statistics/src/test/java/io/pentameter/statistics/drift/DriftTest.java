package io.pentameter.statistics.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.statistics.cases.PublishedCase;
import io.pentameter.statistics.drift.DriftRule.Verdict;
import io.pentameter.statistics.quantile.LogSketch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DriftTest {

    private static final String FILE = "10_distribution_drift";

    @Test
    @DisplayName("chi2-g-scipy")
    void contingencyMatchesScipy() {
        PublishedCase published = PublishedCase.of(FILE, "chi2-g-scipy");
        JsonNode expected = published.expected();

        ContingencyTest test = ContingencyTest.of(matrix(published.input().path("table")), 1);

        assertThat(test.pearson()).isCloseTo(expected.path("x2").doubleValue(), within(1e-9));
        assertThat(test.pearsonP()).isCloseTo(expected.path("p").doubleValue(), within(1e-9));
        assertThat(test.g()).isCloseTo(expected.path("g").doubleValue(), within(1e-9));
        assertThat(test.gP()).isCloseTo(expected.path("p_g").doubleValue(), within(1e-9));
        assertThat(test.williams()).isCloseTo(expected.path("williams_q").doubleValue(), within(1e-9));
        assertThat(test.gWilliams()).isCloseTo(expected.path("g_williams").doubleValue(), within(1e-9));
        assertThat(test.degrees()).isEqualTo(2);
    }

    @Test
    @DisplayName("mmd-unbiased")
    void discrepancyMatchesItsDefinition() {
        PublishedCase published = PublishedCase.of(FILE, "mmd-unbiased");

        double value = MeanDiscrepancy.unbiased(
                matrix(published.input().path("X")),
                matrix(published.input().path("Y")),
                published.input().path("sigma2").doubleValue());

        assertThat(value).isCloseTo(published.expected().doubleValue(), within(1e-12));
    }

    @Test
    @DisplayName("psi-noise-floor")
    void noiseOfPsiIsThePublishedOne() {
        for (JsonNode row : PublishedCase.of(FILE, "psi-noise-floor").expected()) {
            int categories = row.path("K").intValue();
            double n = row.path("n").doubleValue();
            double m = row.path("m").doubleValue();
            assertThat(PopulationStability.noiseMean(categories, n, m))
                    .isCloseTo(row.path("theory").doubleValue(), within(5e-5));
            assertThat(PopulationStability.noise95(categories, n, m))
                    .isCloseTo(row.path("theory_q95").doubleValue(), within(5e-5));
            assertThat(JensenShannon.noiseFloor(categories, n, m))
                    .isEqualTo(PopulationStability.noiseMean(categories, n, m) / 8);
        }
    }

    @Test
    void clusteringDividesTheEvidence() {
        double[][] table = {{10, 10, 20}, {20, 20, 20}};

        ContingencyTest plain = ContingencyTest.of(table, 1);
        ContingencyTest clustered = ContingencyTest.of(table, 2.5);

        assertThat(clustered.g()).isEqualTo(plain.g());
        assertThat(clustered.pValue()).isGreaterThan(plain.pValue());
        assertThat(plain.pValue()).isCloseTo(Math.exp(-plain.gWilliams() / 2), within(1e-12));
        assertThat(clustered.pValue()).isCloseTo(Math.exp(-plain.gWilliams() / 5), within(1e-12));
    }

    @Test
    void designEffectOfWholeSessionsIsTheirSize() {
        List<double[]> alike = new ArrayList<>();
        List<double[]> single = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 2000; i++) {
            int category = random.nextInt(4);
            double[] session = new double[4];
            session[category] = 5;
            alike.add(session);
            double[] request = new double[4];
            request[category] = 1;
            single.add(request);
        }

        assertThat(DesignEffect.of(alike)).isCloseTo(5, within(0.05));
        assertThat(DesignEffect.of(single)).isCloseTo(1, within(0.01));
        assertThat(DesignEffect.of(List.of(new double[] {3, 4}))).isOne();
        assertThat(DesignEffect.of(List.of(new double[] {3, 0}, new double[] {2, 0})))
                .isOne();
    }

    @Test
    void nothingToTellApartIsNoDrift() {
        assertThat(ContingencyTest.of(new double[] {5, 0}, new double[] {9, 0}, 1)
                        .pValue())
                .isOne();
        assertThat(ContingencyTest.of(new double[] {5, 3}, new double[] {0, 0}, 1)
                        .pValue())
                .isOne();
        assertThat(ContingencyTest.of(new double[0][], 1).pValue()).isOne();
        assertThat(ContingencyTest.of(new double[] {50, 30}, new double[] {100, 60}, 1)
                        .pValue())
                .isCloseTo(1, within(1e-9));
        assertThat(ContingencyTest.of(new double[] {1e9, 0}, new double[] {0, 1e9}, 1)
                        .pValue())
                .isZero();
        assertThat(ContingencyTest.of(new double[] {5, 0, 3}, new double[] {9, 0, 1}, 1))
                .isEqualTo(ContingencyTest.of(new double[] {5, 3}, new double[] {9, 1}, 1));
    }

    @Test
    void distanceRunsFromEqualToDisjoint() {
        assertThat(JensenShannon.distance(new double[] {1, 3}, new double[] {10, 30}))
                .isCloseTo(0, within(1e-8));
        assertThat(JensenShannon.distance(new double[] {1, 0}, new double[] {0, 7}))
                .isCloseTo(1, within(1e-12));
        assertThat(JensenShannon.distance(new double[] {3, 1}, new double[] {1, 1}))
                .isEqualTo(JensenShannon.distance(new double[] {1, 1}, new double[] {3, 1}));
        assertThat(JensenShannon.divergence(new double[] {0.5, 0.5}, new double[] {1, 0}))
                .isCloseTo(0.5 * (0.5 * Math.log(2 / 3.0) + 0.5 * Math.log(2) + Math.log(4 / 3.0)), within(1e-12));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JensenShannon.distance(new double[] {0, 0}, new double[] {1, 0}))
                .withMessage("reference and current must hold counts: sums 0.0 and 1.0");
    }

    @Test
    void stabilityIndexStaysFiniteWhenACategoryVanishes() {
        PopulationStability stability = PopulationStability.of(new double[] {100, 50, 0}, new double[] {150, 0, 0});

        double p = 100.5 / 151;
        double q = 150.5 / 151;
        assertThat(stability.value())
                .isCloseTo((q - p) * Math.log(q / p) + (1 - q - (1 - p)) * Math.log((1 - q) / (1 - p)), within(1e-12));
        assertThat(stability.noiseMean()).isCloseTo(2 / 150.0, within(1e-12));
        assertThat(PopulationStability.of(new double[] {5}, new double[] {9}).noise95())
                .isZero();
    }

    @Test
    void categoriesCoverTheReferenceAndExpectEnough() {
        Map<String, Double> reference = Map.of("a", 500.0, "b", 300.0, "c", 150.0, "d", 40.0, "e", 10.0);

        Categories many = Categories.of(reference, 1000, 32);
        Categories few = Categories.of(reference, 100, 32);

        assertThat(many.kept()).containsExactly("a", "b", "c", "d");
        assertThat(few.kept()).containsExactly("a", "b", "c");
        assertThat(Categories.of(reference, 1000, 2).kept()).containsExactly("a", "b");
        assertThat(few.project(Map.of("b", 7.0, "new", 3.0, "d", 1.0))).containsExactly(0, 7, 0, 4);
    }

    @Test
    void reportsOnlyWhatIsSureLargeAndWellFounded() {
        assertThat(DriftRule.DEFAULT.judge(0.001, 0.2, 199)).isEqualTo(Verdict.TOO_FEW_REQUESTS);
        assertThat(DriftRule.DEFAULT.judge(0.05, 0.2, 200)).isEqualTo(Verdict.STEADY);
        assertThat(DriftRule.DEFAULT.judge(0.049, 0.0999, 200)).isEqualTo(Verdict.NEGLIGIBLE);
        assertThat(DriftRule.DEFAULT.judge(0.049, 0.1, 200)).isEqualTo(Verdict.DRIFTED);
    }

    @Test
    @DisplayName("KS exact: all 20 splits of 1..6 into threes")
    void kolmogorovSmirnovIsExact() {
        KolmogorovSmirnov apart = KolmogorovSmirnov.of(new double[] {1, 2, 3}, new double[] {6, 4, 5});

        assertThat(apart.distance()).isCloseTo(1, within(1e-12));
        assertThat(apart.pValue()).isCloseTo(0.1, within(1e-12)); // 2 of 20
        assertThat(KolmogorovSmirnov.of(new double[] {1, 1, 1}, new double[] {1, 1})
                        .pValue())
                .isOne();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KolmogorovSmirnov.of(new double[] {1, Double.NaN}, new double[] {1, 2}))
                .withMessage("value must be a finite number: NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KolmogorovSmirnov.of(new double[] {1}, new double[] {1, 2}))
                .withMessage("size of a sample must be 2 or more: 1");
    }

    @Test
    void discrepancyFindsAShiftAndIsQuietWithoutOne() {
        SplittableRandom random = new SplittableRandom(3);
        double[][] reference = cloud(random, 60, 0);

        MeanDiscrepancy same = MeanDiscrepancy.test(reference, cloud(random, 50, 0), 500, 1);
        MeanDiscrepancy shifted = MeanDiscrepancy.test(reference, cloud(random, 50, 1), 500, 1);

        assertThat(same.pValue()).isGreaterThan(0.05);
        assertThat(shifted.pValue()).isLessThan(0.01);
        assertThat(MeanDiscrepancy.test(reference, cloud(new SplittableRandom(8), 50, 1), 500, 1))
                .isEqualTo(MeanDiscrepancy.test(reference, cloud(new SplittableRandom(8), 50, 1), 500, 1));
        double[][] constant = {{1}, {1}, {1}};
        assertThat(MeanDiscrepancy.test(constant, constant, 100, 1)).isEqualTo(new MeanDiscrepancy(0, 1));
    }

    @Test
    void numbersFallIntoReferenceDecilesAndVectorsToTheNearestCentroid() {
        LogSketch sketch = new LogSketch();
        for (int i = 1; i <= 1000; i++) {
            sketch.add(i);
        }
        double[] ends = Bins.deciles(sketch.buckets());

        assertThat(ends).hasSize(9);
        assertThat(Bins.binOf(0, ends)).isZero();
        assertThat(Bins.binOf(ends[3], ends)).isEqualTo(3);
        assertThat(Bins.binOf(450, ends)).isEqualTo(4);
        assertThat(Bins.binOf(1e9, ends)).isEqualTo(9);
        assertThat(Bins.deciles(Map.of((short) 5, 10L))).hasSize(1);
        assertThat(Bins.deciles(Map.of())).isEmpty();
        assertThat(Bins.nearest(new double[] {0.4, 0.4}, new double[][] {{1, 1}, {0, 0}, {0, 0}}))
                .isEqualTo(1);
    }

    private static double[][] cloud(SplittableRandom random, int size, double shift) {
        double[][] vectors = new double[size][3];
        for (double[] vector : vectors) {
            Arrays.setAll(vector, _ -> random.nextGaussian() + shift);
        }
        return vectors;
    }

    private static double[][] matrix(JsonNode rows) {
        double[][] matrix = new double[rows.size()][];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = PublishedCase.numbers(rows.get(i));
        }
        return matrix;
    }
}
