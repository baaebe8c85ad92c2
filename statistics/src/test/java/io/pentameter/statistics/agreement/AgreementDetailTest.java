package io.pentameter.statistics.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.pentameter.statistics.cases.PublishedCase;
import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The bootstrap, the error under independence and the limits, by hand. */
class AgreementDetailTest {

    private static final Confidence CONFIDENCE = Confidence.NINETY_FIVE;

    @Test
    @DisplayName("percentile-interval-numpy")
    void percentilesAreLinearBetweenOrderStatistics() {
        PublishedCase independent = PublishedCase.of("independent", "percentile-interval-numpy");
        double[] values = PublishedCase.numbers(independent.input().path("values"));
        double[] expected = PublishedCase.numbers(independent.expected());
        int[] next = {0};

        UnitBootstrap.Spread spread = new UnitBootstrap(values.length, 7).spread(5, CONFIDENCE, _ -> values[next[0]++]);

        assertThat(spread.interval().low()).isCloseTo(expected[0], within(1e-12));
        assertThat(spread.interval().high()).isCloseTo(expected[1], within(1e-12));
        assertThat(spread.standardError()).isCloseTo(expected[2], within(1e-12));
    }

    /** 101 resamples worth 0..100: percentiles are the values themselves. */
    @Test
    void theIntervalOfEquallySpacedResamplesIsTheirPercentiles() {
        int[] next = {0};
        UnitBootstrap.Spread spread =
                new UnitBootstrap(101, 7).spread(5, new Confidence(0.9), _ -> (double) (next[0]++ * 37 % 101));

        assertThat(spread.interval().low()).isCloseTo(5, within(1e-9));
        assertThat(spread.interval().high()).isCloseTo(95, within(1e-9));
        // sum of squares of -50..50 over 100
        assertThat(spread.standardError()).isCloseTo(Math.sqrt(85_850.0 / 100), within(1e-9));
        assertThat(spread.undefined()).isZero();
    }

    @Test
    void percentilesLieBetweenTwoValuesInProportion() {
        int[] next = {0};
        UnitBootstrap.Spread spread = new UnitBootstrap(100, 7).spread(5, new Confidence(0.9), _ -> (double) next[0]++);

        // positions 0.05 * 99 = 4.95 and 94.05
        assertThat(spread.interval().low()).isCloseTo(4.95, within(1e-9));
        assertThat(spread.interval().high()).isCloseTo(94.05, within(1e-9));
    }

    @Test
    void resamplesWithoutAValueAreCountedAndLeftOut() {
        int[] next = {0};
        UnitBootstrap.Spread some =
                new UnitBootstrap(200, 7).spread(5, CONFIDENCE, _ -> next[0]++ % 4 == 0 ? Double.NaN : 0.5);
        UnitBootstrap.Spread none = new UnitBootstrap(200, 7).spread(5, CONFIDENCE, _ -> Double.NaN);

        assertThat(some.undefined()).isEqualTo(50);
        assertThat(some.interval()).isEqualTo(new Interval(0.5, 0.5));
        assertThat(none.undefined()).isEqualTo(200);
        assertThat(none.standardError()).isInfinite();
        assertThat(none.interval()).isEqualTo(new Interval(-1, 1));
    }

    @Test
    void everyUnitIsDrawnAsOftenAsThereAreUnits() {
        new UnitBootstrap(100, 7).spread(9, CONFIDENCE, times -> {
            int sum = 0;
            for (int one : times) {
                sum += one;
            }
            assertThat(sum).isEqualTo(9);
            return 0;
        });
    }

    @Test
    void alphaSaysHowManyResamplesHeldNothing() {
        // one unit in ten has the only other category
        List<double[]> units = new ArrayList<>(Collections.nCopies(9, new double[] {1, 1}));
        units.add(new double[] {0, 0});
        double[] weights = new double[10];
        java.util.Arrays.fill(weights, 2);

        Estimate alpha = KrippendorffAlpha.estimate(
                Ratings.ofUnits(units, weights), Distance.NOMINAL, UnitBootstrap.seeded(3), CONFIDENCE);
        Estimate mixed = KrippendorffAlpha.estimate(
                Ratings.ofRaters(
                        new double[] {0, 1, 0, 1, 1, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1},
                        new double[] {0, 1, 1, 1, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1}),
                Distance.NOMINAL,
                UnitBootstrap.seeded(3),
                CONFIDENCE);

        assertThat(alpha.value()).isOne();
        assertThat(alpha.warnsOf("undefined-resamples")).isTrue();
        assertThat(mixed.warnings()).isEmpty();
    }

    /** Fleiss, Nee and Landis 1979 with three categories, worked out by hand. */
    @Test
    void theErrorOfIndependentRatingsIsThatOfThePaper() {
        Ratings ratings = Ratings.ofRaters(
                new double[] {1, 1, 2, 3, 1, 2}, new double[] {1, 2, 2, 3, 1, 3}, new double[] {1, 1, 2, 3, 2, 2});

        FleissKappa.Result result = FleissKappa.of(ratings, UnitBootstrap.seeded(1), CONFIDENCE);

        double[] p = {7.0 / 18, 7.0 / 18, 4.0 / 18};
        double variation = 0;
        double skew = 0;
        for (double share : p) {
            variation += share * (1 - share);
            skew += share * (1 - share) * (1 - 2 * share);
        }
        double variance = 2 * (variation * variation - skew) / (6 * 3 * 2 * variation * variation);
        assertThat(result.errorIfIndependent()).isCloseTo(Math.sqrt(variance), within(1e-12));
        // pairs that agree: 3, 1, 3, 3, 1, 1 of three each
        assertThat(result.observed()).isCloseTo(12.0 / 18, within(1e-12));
        assertThat(result.expected()).isCloseTo((49 + 49 + 16) / 324.0, within(1e-12));
    }

    @Test
    void minusZeroIsZeroAndLengthsMustFit() {
        Ratings ratings = Ratings.ofUnits(List.of(new double[] {0.0, -0.0}), List.of(-0.0, 1.0), 1);

        assertThat(ratings.categories()).containsExactly(0.0, 1.0);
        assertThat(KrippendorffAlpha.of(
                        Ratings.ofRaters(new double[] {0.0, 1}, new double[] {-0.0, 1}), Distance.NOMINAL))
                .isOne();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ratings.ofUnits(List.of(new double[] {1}), 1, 1))
                .withMessage("units and weights must have the same length: 1 and 2");
        assertThat(KrippendorffAlpha.of(
                        Ratings.ofRaters(new double[] {0, 2, 1}, new double[] {1, 2, 1}), Distance.RATIO))
                .isFinite();
    }

    /** A unit with one rating tells nothing of agreement, however heavy it is. */
    @Test
    void aUnitThatCannotBePairedDoesNotMatterWhateverItsWeight() {
        List<double[]> pairs = List.of(
                new double[] {0, 1}, new double[] {1, 1}, new double[] {0, 0}, new double[] {1, 1}, new double[] {0, 0
                });
        List<double[]> withSingle = new ArrayList<>(pairs);
        withSingle.add(new double[] {1});

        double alone = KrippendorffAlpha.of(Ratings.ofUnits(pairs, 1, 2, 1, 3, 1), Distance.NOMINAL);
        double beside = KrippendorffAlpha.of(Ratings.ofUnits(withSingle, 1, 2, 1, 3, 1, 50), Distance.NOMINAL);

        assertThat(beside).isCloseTo(alone, within(1e-12));
        // weights 5/8 of 1, 2, 1, 3, 1: coincidences (0,1) 5/8 twice; totals 25/8 and 55/8 of 10
        assertThat(alone).isCloseTo(1 - 2 * 0.625 / (2 * 3.125 * 6.875 / 9), within(1e-12));
    }

    @Test
    void twoUnitsAreEnoughForAnInterval() {
        Ratings two = Ratings.ofRaters(new double[] {0, 1}, new double[] {1, 1});

        assertThat(GwetAc.of(two, Credit.IDENTITY, CONFIDENCE).estimate().standardError())
                .isFinite();
        assertThat(new UnitBootstrap(100, 1).spread(2, CONFIDENCE, _ -> 0.5).interval())
                .isEqualTo(new Interval(0.5, 0.5));
    }

    @Test
    void fleissCountsAHeavyUnitMoreOften() {
        List<double[]> once = List.of(new double[] {0, 0}, new double[] {1, 1}, new double[] {0, 1});
        List<double[]> twice =
                List.of(new double[] {0, 0}, new double[] {1, 1}, new double[] {0, 1}, new double[] {0, 1});

        FleissKappa.Result heavy = FleissKappa.of(Ratings.ofUnits(once, 1, 1, 2), UnitBootstrap.seeded(1), CONFIDENCE);
        FleissKappa.Result repeated =
                FleissKappa.of(Ratings.ofUnits(twice, 1, 1, 1, 1), UnitBootstrap.seeded(1), CONFIDENCE);

        assertThat(heavy.observed()).isCloseTo(repeated.observed(), within(1e-12));
        assertThat(heavy.estimate().value()).isCloseTo(repeated.estimate().value(), within(1e-12));
    }

    @Test
    void aRubricOfExactlyTheLeastAlphaIsFit() {
        Estimate least = new Estimate(
                Agreement.LEAST_ALPHA,
                0.1,
                new Interval(0.5, 0.8),
                CONFIDENCE,
                "m",
                io.pentameter.statistics.interval.SampleSize.simple(5),
                List.of());

        assertThat(new Agreement(0.9, least, least).isRubricFit()).isTrue();
    }
}
