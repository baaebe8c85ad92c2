package io.pentameter.statistics.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Limits and small cases by hand. */
class DriftDetailTest {

    @Test
    void theDesignEffectIsTheRatioOfVariances() {
        // three sessions of sizes 4, 2, 2 over two categories
        List<double[]> sessions = List.of(new double[] {4, 0}, new double[] {0, 2}, new double[] {1, 1});

        // p = 5/8; residuals 4 - 2.5, 0 - 1.25, 1 - 1.25, sum 0; 3/2 (2.25 + 1.5625 + 0.0625) / (8 * 15/64)
        double byHand = 1.5 * 3.875 / (8 * 15.0 / 64);
        assertThat(DesignEffect.of(sessions)).isCloseTo(byHand, within(1e-12));
        assertThat(DesignEffect.of(List.of(new double[] {1, 0}, new double[] {0, 1})))
                .isCloseTo(2 * 0.5 / (2 * 0.25), within(1e-12));
        assertThat(DesignEffect.of(List.of(new double[] {3, 1}))).isOne();
        assertThat(DesignEffect.of(List.of(new double[] {3, 0}, new double[] {4, 0})))
                .isOne();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DesignEffect.of(List.of(new double[] {1, 0}, new double[] {1})))
                .withMessage("first cluster and cluster must have the same length: 2 and 1");
    }

    @Test
    void tablesMustBeRectangularAndHoldCounts() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContingencyTest.of(new double[][] {{1, 2}, {1}}, 1))
                .withMessage("first row and row must have the same length: 2 and 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContingencyTest.of(new double[] {1, 2}, new double[] {1}, 1))
                .withMessage("reference and current must have the same length: 2 and 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PopulationStability.of(new double[] {0, 0}, new double[] {1, 2}))
                .withMessage("reference and current must hold counts: sums 0.0 and 3.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JensenShannon.divergence(new double[] {1, 2}, new double[] {1}))
                .withMessage("reference and current must have the same length: 2 and 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JensenShannon.divergence(new double[] {1, 2}, new double[] {0, 0}))
                .withMessage("reference and current must hold counts: sums 3.0 and 0.0");
        // a row without counts is left out: one row is no comparison
        assertThat(ContingencyTest.of(new double[] {5, 5}, new double[] {0, 0}, 1)
                        .degrees())
                .isZero();
        assertThat(PopulationStability.of(new double[] {5, 0, 5}, new double[] {5, 0, 5})
                        .noiseMean())
                .isCloseTo(1 * 0.2, within(1e-12));
    }

    @Test
    void vectorsMustHaveOneLengthAndNotBeTooMany() {
        double[][] fine = {{1, 2}, {3, 4}};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MeanDiscrepancy.unbiased(fine, new double[][] {{1, 2}, {3}}, 1))
                .withMessage("first vector and vector must have the same length: 2 and 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MeanDiscrepancy.unbiased(fine, new double[1_999][2], 1))
                .withMessage("vectors must be at most 2000: 2001");
        assertThat(MeanDiscrepancy.unbiased(fine, new double[1_998][2], 1)).isFinite();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bins.nearest(new double[] {1}, new double[][] {{1, 2}}))
                .withMessage("vector and centroid must have the same length: 1 and 2");
        assertThat(Bins.nearest(new double[] {-3, -3}, new double[][] {{3, 3}, {-1, -1}}))
                .isOne();
        assertThat(Bins.binOf(0.5, new double[] {1, 2})).isZero();
        assertThat(Bins.binOf(1, new double[] {1, 2})).isZero();
        assertThat(Bins.binOf(1.5, new double[] {1, 2})).isOne();
    }

    /** Six distances 1, 1, 4, 9, 16, 25 (squared): the median heuristic takes the fourth, 9, and σ² is half of it. */
    @Test
    void theTestScalesByTheMedianDistance() {
        double[][] x = {{0}, {1}};
        double[][] y = {{-3}, {2}};
        // squared distances: 1, 9, 16, 4, 1, 25; sorted 1 1 4 9 16 25
        double expected = MeanDiscrepancy.unbiased(x, y, 4.5);

        MeanDiscrepancy test = MeanDiscrepancy.test(x, y, 50, 3);

        assertThat(test.value()).isCloseTo(expected, within(1e-12));
        assertThat(test.pValue()).isBetween(1.0 / 51, 1.0);
        // half or more of the vectors equal: any scale will do, and equal samples differ by nothing
        double[][] equal = {{1}, {1}, {1}};
        assertThat(MeanDiscrepancy.test(equal, equal, 20, 1)).isEqualTo(new MeanDiscrepancy(0, 1));
    }

    @Test
    void categoriesWithoutReferenceAreNotKept() {
        Categories categories = Categories.of(Map.of("a", 95.0, "b", 5.0, "c", 0.0), 100, 5);

        assertThat(categories.kept()).containsExactly("a", "b"); // b is expected exactly five times
        assertThat(categories.project(Map.of("a", 3.0, "b", 2.0, "c", 1.0, "d", 4.0)))
                .containsExactly(3, 2, 5);
        assertThat(Categories.of(Map.of("a", 95.0, "b", 4.9), 100, 5).kept()).containsExactly("a");
    }
}
