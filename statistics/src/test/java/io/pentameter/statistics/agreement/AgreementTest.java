package io.pentameter.statistics.agreement;

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
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgreementTest {

    private static final Confidence CONFIDENCE = Confidence.NINETY_FIVE;
    private static final UnitBootstrap BOOTSTRAP = UnitBootstrap.seeded(1);
    private static final double NONE = Double.NaN;

    @ParameterizedTest
    @ValueSource(strings = {"cohen-unweighted", "cohen-linear"})
    void kappaMatchesThePublishedCase(String id) {
        PublishedCase published = PublishedCase.of("05_agreement", id);
        Credit credit = published.input().path("weights").asText().equals("linear") ? Credit.LINEAR : Credit.IDENTITY;

        CohenKappa.Result kappa = CohenKappa.of(table(published), credit, CONFIDENCE);

        JsonNode expected = published.expected();
        assertThat(kappa.estimate().value()).isCloseTo(expected.path("kappa").asDouble(), within(1e-12));
        assertThat(kappa.estimate().standardError())
                .isCloseTo(expected.path("se").asDouble(), within(1e-12));
        assertThat(kappa.estimate().interval().low())
                .isCloseTo(expected.path("lo").asDouble(), within(1e-12));
        assertThat(kappa.estimate().interval().high())
                .isCloseTo(expected.path("hi").asDouble(), within(1e-12));
        assertThat(kappa.errorIfIndependent()).isCloseTo(expected.path("se0").asDouble(), within(1e-12));
        assertThat(kappa.z()).isCloseTo(expected.path("z0").asDouble(), within(1e-11));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("krippendorff-canonical")
    void alphaMatchesKrippendorffCanonical(Distance distance) {
        PublishedCase published = PublishedCase.of("05_agreement", "krippendorff-canonical");
        String key = distance.name().toLowerCase(Locale.ROOT);

        double alpha = KrippendorffAlpha.of(ratings(published), distance);

        assertThat(alpha).isCloseTo(published.expected().path(key).asDouble(), within(1e-12));
        assertThat(alpha)
                .isCloseTo(published.whole().path("published").path(key).asDouble(), within(0.0005));
    }

    @Test
    @DisplayName("gwet-ac1-raw4raters")
    void gwetMatchesGwetAc1Raw4Raters() {
        PublishedCase published = PublishedCase.of("05_agreement", "gwet-ac1-raw4raters");

        assertGwet(
                GwetAc.of(ratings(published), Credit.IDENTITY, CONFIDENCE),
                published.expected().path("ac1"));
        assertGwet(
                GwetAc.of(ratings(published), Credit.QUADRATIC, CONFIDENCE),
                published.expected().path("ac2_quadratic"));
    }

    @Test
    @DisplayName("kappa-paradox")
    void matchesKappaParadox() {
        PublishedCase published = PublishedCase.of("05_agreement", "kappa-paradox");
        double[][] table = table(published);
        Ratings ratings = ratings(table);

        CohenKappa.Result kappa = CohenKappa.of(table, Credit.IDENTITY, CONFIDENCE);
        Agreement together = Agreement.of(ratings, Distance.NOMINAL, BOOTSTRAP, CONFIDENCE);

        JsonNode expected = published.expected();
        assertThat(kappa.observed()).isCloseTo(expected.path("po").asDouble(), within(1e-12));
        assertThat(kappa.estimate().value()).isCloseTo(expected.path("kappa").asDouble(), within(1e-12));
        assertThat(together.observed()).isCloseTo(expected.path("po").asDouble(), within(1e-12));
        assertThat(together.gwet().value()).isCloseTo(expected.path("ac1").asDouble(), within(1e-12));
        assertThat(together.alpha().value()).isLessThan(0);
        assertThat(together.isRubricFit()).isFalse();
    }

    @Test
    void fleissMatchesTheTextbookTable() {
        // fourteen raters, ten units, five categories: 0.2099 (Fleiss' example as reprinted widely; irr and statsmodels
        // agree)
        int[][] counts = {
            {0, 0, 0, 0, 14}, {0, 2, 6, 4, 2}, {0, 0, 3, 5, 6}, {0, 3, 9, 2, 0}, {2, 2, 8, 1, 1},
            {7, 7, 0, 0, 0}, {3, 2, 6, 3, 0}, {2, 5, 3, 2, 2}, {6, 5, 2, 1, 0}, {0, 2, 2, 3, 7}
        };
        List<double[]> units = new ArrayList<>();
        for (int[] unit : counts) {
            units.add(expanded(unit));
        }

        FleissKappa.Result kappa = FleissKappa.of(Ratings.ofUnits(units, ones(10)), BOOTSTRAP, CONFIDENCE);

        assertThat(kappa.estimate().value()).isCloseTo(0.20993, within(0.000005));
        assertThat(kappa.observed()).isCloseTo(0.37802, within(0.000005));
        assertThat(kappa.expected()).isCloseTo(0.21276, within(0.000005));
        assertThat(kappa.estimate().interval().holds(kappa.estimate().value())).isTrue();
        assertThat(kappa.errorIfIndependent()).isBetween(0.01, 0.03);
    }

    @Test
    void equalRatingsTellNothingBeyondChance() {
        Ratings equal = Ratings.ofRaters(new double[] {1, 1, 1}, new double[] {1, 1, 1});

        Agreement agreement = Agreement.of(equal, Distance.NOMINAL, BOOTSTRAP, CONFIDENCE);

        assertThat(agreement.alpha().isKnown()).isFalse();
        assertThat(agreement.alpha().warnsOf("no-variation")).isTrue();
        assertThat(agreement.observed()).isOne();
        assertThat(agreement.gwet().value()).isOne();
        assertThat(agreement.isRubricFit()).isTrue();
        assertThat(FleissKappa.of(equal, BOOTSTRAP, CONFIDENCE).estimate().warnsOf("no-variation"))
                .isTrue();
        assertThat(CohenKappa.of(new double[][] {{5, 0}, {0, 0}}, Credit.IDENTITY, CONFIDENCE)
                        .estimate()
                        .warnsOf("no-variation"))
                .isTrue();
    }

    @Test
    void nothingIsKnownWithoutAPairOfRatings() {
        Ratings single = Ratings.ofRaters(new double[] {1, 2, NONE}, new double[] {NONE, NONE, 3});
        Ratings none = Ratings.ofRaters();

        assertThat(KrippendorffAlpha.of(single, Distance.ORDINAL)).isNaN();
        for (Ratings ratings : List.of(single, none)) {
            Agreement agreement = Agreement.of(ratings, Distance.NOMINAL, BOOTSTRAP, CONFIDENCE);
            assertThat(agreement.observed()).isNaN();
            assertThat(agreement.alpha().isKnown()).isFalse();
            assertThat(agreement.gwet().isKnown()).isFalse();
            assertThat(agreement.isRubricFit()).isFalse();
        }
        assertThat(CohenKappa.of(new double[2][2], Credit.LINEAR, CONFIDENCE)
                        .estimate()
                        .isKnown())
                .isFalse();
        assertThat(FleissKappa.of(none, BOOTSTRAP, CONFIDENCE).estimate().isKnown())
                .isFalse();
    }

    @Test
    void perfectAgreementIsOne() {
        Ratings perfect = Ratings.ofRaters(new double[] {1, 2, 3, 1}, new double[] {1, 2, 3, 1});

        for (Distance distance : Distance.values()) {
            assertThat(KrippendorffAlpha.of(perfect, distance)).isOne();
        }
        assertThat(GwetAc.of(perfect, Credit.IDENTITY, CONFIDENCE).estimate().interval())
                .isEqualTo(new Interval(1, 1));
        assertThat(CohenKappa.of(new double[][] {{2, 0}, {0, 3}}, Credit.QUADRATIC, CONFIDENCE)
                        .estimate()
                        .value())
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void oneUnitGivesGwetNoInterval() {
        Estimate gwet = GwetAc.of(Ratings.ofRaters(new double[] {1}, new double[] {2}), Credit.IDENTITY, CONFIDENCE)
                .estimate();

        assertThat(gwet.interval()).isEqualTo(new Interval(-1, 1));
        assertThat(gwet.standardError()).isInfinite();
    }

    @Test
    void doesNotDependOnOrderNamesOrScaleOfWeights() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 200; i++) {
            int units = random.nextInt(2, 12);
            List<double[]> straight = new ArrayList<>();
            List<double[]> renamed = new ArrayList<>();
            double[] weights = random.doubles(units).map(w -> w + 0.1).toArray();
            double[] reversedWeights = new double[units];
            for (int unit = 0; unit < units; unit++) {
                double[] ratings =
                        random.ints(random.nextInt(1, 5), 0, 3).asDoubleStream().toArray();
                straight.add(ratings);
                renamed.addFirst(
                        Arrays.stream(ratings).map(rating -> 7 - 2 * rating).toArray());
                reversedWeights[units - 1 - unit] = 1000 * weights[unit];
            }
            Ratings one = Ratings.ofUnits(straight, weights);
            Ratings other = Ratings.ofUnits(renamed, reversedWeights);

            assertSame(KrippendorffAlpha.of(one, Distance.NOMINAL), KrippendorffAlpha.of(other, Distance.NOMINAL));
            assertSame(KrippendorffAlpha.of(one, Distance.ORDINAL), KrippendorffAlpha.of(other, Distance.ORDINAL));
            assertSame(KrippendorffAlpha.of(one, Distance.INTERVAL), KrippendorffAlpha.of(other, Distance.INTERVAL));
            GwetAc.Result gwet = GwetAc.of(one, Credit.QUADRATIC, CONFIDENCE);
            GwetAc.Result mirrored = GwetAc.of(other, Credit.QUADRATIC, CONFIDENCE);
            assertSame(gwet.estimate().value(), mirrored.estimate().value());
            assertSame(gwet.estimate().standardError(), mirrored.estimate().standardError());
        }
    }

    @Test
    void aUnitOfTwiceTheWeightCountsLikeTwoUnits() {
        Ratings doubled =
                Ratings.ofUnits(List.of(new double[] {1, 1}, new double[] {1, 2}, new double[] {2, 2}), 2, 1, 1);
        Ratings repeated = Ratings.ofUnits(
                List.of(new double[] {1, 1}, new double[] {1, 1}, new double[] {1, 2}, new double[] {2, 2}), ones(4));

        assertThat(GwetAc.of(doubled, Credit.IDENTITY, CONFIDENCE).estimate().value())
                .isCloseTo(
                        GwetAc.of(repeated, Credit.IDENTITY, CONFIDENCE)
                                .estimate()
                                .value(),
                        within(1e-12));
    }

    @Test
    void bootstrapIsRepeatableAndCoversTheEstimate() {
        PublishedCase published = PublishedCase.of("05_agreement", "krippendorff-canonical");

        Estimate one = KrippendorffAlpha.estimate(ratings(published), Distance.NOMINAL, BOOTSTRAP, CONFIDENCE);
        Estimate again = KrippendorffAlpha.estimate(ratings(published), Distance.NOMINAL, BOOTSTRAP, CONFIDENCE);
        Estimate other =
                KrippendorffAlpha.estimate(ratings(published), Distance.NOMINAL, UnitBootstrap.seeded(2), CONFIDENCE);

        assertThat(again).isEqualTo(one);
        assertThat(other).isNotEqualTo(one);
        assertThat(one.interval().holds(one.value())).isTrue();
        assertThat(other.interval().low()).isCloseTo(one.interval().low(), within(0.05));
        assertThat(one.size().n()).isEqualTo(11);
    }

    @Test
    void unusedCategoriesCountWhereTheyCouldHaveBeenChosen() {
        List<double[]> units = List.of(new double[] {1, 1}, new double[] {1, 2}, new double[] {2, 2});

        double two = GwetAc.of(Ratings.ofUnits(units, ones(3)), Credit.IDENTITY, CONFIDENCE)
                .expected();
        double five = GwetAc.of(
                        Ratings.ofUnits(units, List.of(5.0, 1.0, 2.0, 3.0, 4.0), ones(3)), Credit.IDENTITY, CONFIDENCE)
                .expected();

        assertThat(two).isCloseTo(0.5, within(1e-12));
        assertThat(five).isCloseTo(0.125, within(1e-12));
    }

    @Test
    void refusesWhatAreNoRatings() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ratings.ofUnits(List.of(new double[] {1, 3}), List.of(1.0, 2.0), 1))
                .withMessage("rating must be one of [1.0, 2.0]: 3.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ratings.ofRaters(new double[] {1, 2}, new double[] {1}))
                .withMessage("rows[0] and rows[1] must have the same length: 2 and 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ratings.ofUnits(List.of(new double[] {1}), 0))
                .withMessage("weight must be above 0 and finite: 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ratings.ofUnits(List.of(new double[] {Double.POSITIVE_INFINITY}), 1))
                .withMessage("rating must be a finite number: Infinity");
        Ratings negative = Ratings.ofRaters(new double[] {-1, 2}, new double[] {2, 2});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KrippendorffAlpha.of(negative, Distance.RATIO))
                .withMessage("rating must be 0 or more for a ratio: -1.0");
        Ratings uneven = Ratings.ofRaters(new double[] {1, 2}, new double[] {1, NONE});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FleissKappa.of(uneven, BOOTSTRAP, CONFIDENCE))
                .withMessage("every unit must have the same number of ratings, 2 or more: unit 0 has 2, unit 1 has 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CohenKappa.of(new double[][] {{1, 2}}, Credit.IDENTITY, CONFIDENCE))
                .withMessage("table and table[0] must have the same length: 1 and 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UnitBootstrap(99, 1))
                .withMessage("replicates must be 100 or more: 99");
    }

    private static void assertGwet(GwetAc.Result gwet, JsonNode expected) {
        assertThat(gwet.observed()).isCloseTo(expected.path("pa").asDouble(), within(1e-12));
        assertThat(gwet.expected()).isCloseTo(expected.path("pe").asDouble(), within(1e-12));
        assertThat(gwet.estimate().value()).isCloseTo(expected.path("ac").asDouble(), within(1e-12));
        assertThat(gwet.estimate().standardError())
                .isCloseTo(expected.path("se").asDouble(), within(1e-12));
        assertThat(gwet.estimate().interval().low())
                .isCloseTo(expected.path("lo").asDouble(), within(1e-9));
        assertThat(gwet.estimate().interval().high())
                .isEqualTo(expected.path("hi").asDouble());
    }

    private static void assertSame(double one, double other) {
        if (Double.isNaN(one)) {
            assertThat(other).isNaN();
        } else if (Double.isInfinite(one)) {
            assertThat(other).isEqualTo(one);
        } else {
            assertThat(other).isCloseTo(one, within(1e-9));
        }
    }

    private static double[][] table(PublishedCase published) {
        JsonNode rows = published.input().path("table");
        double[][] table = new double[rows.size()][];
        Arrays.setAll(table, i -> PublishedCase.numbers(rows.get(i)));
        return table;
    }

    private static Ratings ratings(PublishedCase published) {
        JsonNode rows = published.input().path("ratings");
        double[][] raters = new double[rows.size()][];
        Arrays.setAll(raters, i -> PublishedCase.numbers(rows.get(i)));
        return Ratings.ofRaters(raters);
    }

    private static Ratings ratings(double[][] table) {
        List<double[]> units = new ArrayList<>();
        for (int i = 0; i < table.length; i++) {
            for (int j = 0; j < table.length; j++) {
                for (int times = 0; times < table[i][j]; times++) {
                    units.add(new double[] {i, j});
                }
            }
        }
        return Ratings.ofUnits(units, ones(units.size()));
    }

    private static double[] expanded(int... counts) {
        List<Double> ratings = new ArrayList<>();
        for (int category = 0; category < counts.length; category++) {
            for (int times = 0; times < counts[category]; times++) {
                ratings.add((double) category);
            }
        }
        return ratings.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double[] ones(int length) {
        double[] ones = new double[length];
        Arrays.fill(ones, 1);
        return ones;
    }
}
