package io.pentameter.statistics.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pentameter.statistics.cases.PublishedCase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tests of drift against scipy, and the exact Kolmogorov–Smirnov test with ties against counted paths. */
class IndependentDriftTest {

    @Test
    @DisplayName("contingency-scipy")
    void contingency() {
        PublishedCase independent = PublishedCase.of("independent", "contingency-scipy");
        double[] reference =
                PublishedCase.numbers(independent.input().path("table").get(0));
        double[] current =
                PublishedCase.numbers(independent.input().path("table").get(1));

        ContingencyTest test = ContingencyTest.of(reference, current, 1.7);

        assertNear(independent, "x2", test.pearson());
        assertNear(independent, "p", test.pearsonP());
        assertNear(independent, "g", test.g());
        assertNear(independent, "p_g", test.gP());
        assertNear(independent, "q", test.williams());
        assertNear(independent, "p_williams_deff_1_7", test.pValue());
        assertNear(independent, "js_distance", JensenShannon.distance(reference, current));
        assertNear(
                independent, "psi", PopulationStability.of(reference, current).value());
    }

    @Test
    @DisplayName("ks-exact-scipy")
    void kolmogorovSmirnov() {
        PublishedCase independent = PublishedCase.of("independent", "ks-exact-scipy");
        double[] one = PublishedCase.numbers(independent.input().path("one"));
        double[] other = PublishedCase.numbers(independent.input().path("other"));

        KolmogorovSmirnov test = KolmogorovSmirnov.of(one, other);

        assertNear(independent, "d", test.distance());
        assertNear(independent, "p", test.pValue());
    }

    @Test
    @DisplayName("ks-ties-lattice-paths")
    void kolmogorovSmirnovWithTiesIsCautious() {
        PublishedCase independent = PublishedCase.of("independent", "ks-ties-lattice-paths");
        double[] one = PublishedCase.numbers(independent.input().path("one"));
        double[] other = PublishedCase.numbers(independent.input().path("other"));

        KolmogorovSmirnov test = KolmogorovSmirnov.of(one, other);

        assertNear(independent, "d", test.distance());
        assertNear(independent, "p", test.pValue());
        assertThat(test.pValue())
                .isGreaterThan(independent.expected().path("p_given_ties").doubleValue());
    }

    private static void assertNear(PublishedCase independent, String name, double actual) {
        assertThat(actual)
                .as(name)
                .isCloseTo(independent.expected().path(name).doubleValue(), within(independent.tolerance()));
    }
}
