package io.pentameter.statistics.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.statistics.cases.PublishedCase;
import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Coefficients against sums over pairs of ratings, and kappa's error against a numerical gradient. */
class IndependentAgreementTest {

    @Test
    @DisplayName("kappa-delta-method")
    void kappa() {
        PublishedCase independent = PublishedCase.of("independent", "kappa-delta-method");
        double[][] table = rows(independent.input().path("table"));
        for (Credit credit : Credit.values()) {
            JsonNode expected = independent.expected().path(credit.name().toLowerCase(Locale.ROOT));

            Estimate estimate =
                    CohenKappa.of(table, credit, Confidence.NINETY_FIVE).estimate();

            assertThat(estimate.value()).isCloseTo(expected.path("kappa").doubleValue(), within(1e-12));
            assertThat(estimate.standardError())
                    .isCloseTo(expected.path("se").doubleValue(), within(independent.tolerance()));
        }
    }

    @Test
    @DisplayName("alpha-over-pairs")
    void alpha() {
        PublishedCase independent = PublishedCase.of("independent", "alpha-over-pairs");
        Ratings ratings = Ratings.ofRaters(rows(independent.input().path("ratings")));
        for (Distance distance : Distance.values()) {
            double expected = independent
                    .expected()
                    .path(distance.name().toLowerCase(Locale.ROOT))
                    .doubleValue();

            assertThat(KrippendorffAlpha.of(ratings, distance)).isCloseTo(expected, within(independent.tolerance()));
        }
    }

    @Test
    @DisplayName("gwet-over-pairs")
    void gwet() {
        PublishedCase independent = PublishedCase.of("independent", "gwet-over-pairs");
        Ratings ratings = Ratings.ofRaters(rows(independent.input().path("ratings")));
        assertGwet(
                GwetAc.of(ratings, Credit.IDENTITY, Confidence.NINETY_FIVE),
                independent.expected().path("ac1"));
        assertGwet(
                GwetAc.of(ratings, Credit.QUADRATIC, Confidence.NINETY_FIVE),
                independent.expected().path("ac2"));
    }

    private static void assertGwet(GwetAc.Result result, JsonNode expected) {
        assertThat(result.observed()).isCloseTo(expected.path("pa").doubleValue(), within(1e-10));
        assertThat(result.expected()).isCloseTo(expected.path("pe").doubleValue(), within(1e-10));
        assertThat(result.estimate().value()).isCloseTo(expected.path("ac").doubleValue(), within(1e-10));
        assertThat(result.estimate().standardError())
                .isCloseTo(expected.path("se").doubleValue(), within(1e-9));
        assertThat(result.estimate().interval().low())
                .isCloseTo(expected.path("lo").doubleValue(), within(1e-9));
        assertThat(result.estimate().interval().high())
                .isCloseTo(expected.path("hi").doubleValue(), within(1e-9));
    }

    private static double[][] rows(JsonNode rows) {
        double[][] matrix = new double[rows.size()][];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = PublishedCase.numbers(rows.get(i));
        }
        return matrix;
    }
}
