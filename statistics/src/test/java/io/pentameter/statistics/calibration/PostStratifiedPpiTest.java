package io.pentameter.statistics.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.pentameter.statistics.calibration.PostStratifiedPpi.LabelDesign;
import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.Mover;
import io.pentameter.statistics.interval.Wilson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PostStratifiedPpiTest {

    private static final Confidence CONFIDENCE = Confidence.NINETY_FIVE;

    @Test
    void isMoverOverTheThreeRates() {
        VerdictClass all = VerdictClass.single(5_000, 4_500, new LabelCell(20, 8), new LabelCell(80, 76));

        Estimate estimate = estimate(all);

        // as the specification writes it, with the share as a part of its own
        Interval expected = Mover.interval(List.of(
                new Mover.Part(0.1, 0.4, Wilson.interval(8, 20, CONFIDENCE)),
                new Mover.Part(0.9, 0.95, Wilson.interval(76, 80, CONFIDENCE)),
                new Mover.Part(0.55, 0.9, Wilson.interval(4_500, 5_000, CONFIDENCE))));
        double value = 0.1 * 0.4 + 0.9 * 0.95;
        double centre = value + 0.55 * 0.9;
        assertThat(estimate.value()).isCloseTo(value, within(1e-12));
        assertThat(estimate.interval().low()).isCloseTo(value - (centre - expected.low()), within(1e-12));
        assertThat(estimate.interval().high()).isCloseTo(value + (expected.high() - centre), within(1e-12));
        double variance = 0.55 * 0.55 * 0.09 / 5_000 + 0.01 * 0.24 / 20 + 0.81 * 0.0475 / 80;
        assertThat(estimate.standardError()).isCloseTo(Math.sqrt(variance), within(1e-12));
        assertThat(estimate.size().labels()).isEqualTo(100);
        assertThat(estimate.size().n()).isEqualTo(5_000);
        assertThat(estimate.warnings()).isEmpty();
    }

    @Test
    void weighsClassesByTheirTraffic() {
        VerdictClass errors = new VerdictClass(1_000, 1_000, 300, true, new LabelCell(20, 2), new LabelCell(20, 16));
        VerdictClass rest = new VerdictClass(9_000, 500, 450, false, new LabelCell(20, 10), new LabelCell(80, 78));

        Estimate estimate = estimate(errors, rest);

        double ofErrors = 0.7 * 0.1 + 0.3 * 0.8;
        double ofRest = 0.1 * 0.5 + 0.9 * 0.975;
        assertThat(estimate.value()).isCloseTo(0.1 * ofErrors + 0.9 * ofRest, within(1e-12));
    }

    @Test
    void aClassThatWasJudgedInFullHasAnExactShare() {
        LabelCell onFail = new LabelCell(20, 2);
        LabelCell onPass = new LabelCell(20, 16);

        Estimate census = estimate(new VerdictClass(100, 100, 50, true, onFail, onPass));
        Estimate sampled = estimate(new VerdictClass(100, 100, 50, false, onFail, onPass));

        assertThat(census.value()).isEqualTo(sampled.value());
        assertThat(census.interval().width()).isLessThan(sampled.interval().width());
        assertThat(census.standardError()).isLessThan(sampled.standardError());
    }

    @Test
    void aSmallCellTakesTheRateOfItsVerdictOverAllClasses() {
        VerdictClass small = new VerdictClass(500, 500, 400, true, new LabelCell(3, 1), new LabelCell(40, 38));
        VerdictClass large = new VerdictClass(500, 500, 400, true, new LabelCell(20, 8), new LabelCell(40, 38));

        Estimate estimate = estimate(small, large);

        double borrowed = 9.0 / 23;
        assertThat(estimate.value())
                .isCloseTo(0.5 * (0.2 * borrowed + 0.8 * 0.95) + 0.5 * (0.2 * 0.4 + 0.8 * 0.95), within(1e-12));
        assertThat(estimate.warnings().getFirst().sentence())
                .isEqualTo(
                        "10.0 % of traffic was failed by the judge in classes with too few labels; all classes stand in.");
    }

    @Test
    void oneSmallCellAloneKeepsItsOwnRate() {
        Estimate estimate = estimate(VerdictClass.single(1_000, 900, new LabelCell(4, 1), new LabelCell(40, 38)));

        assertThat(estimate.value()).isCloseTo(0.1 * 0.25 + 0.9 * 0.95, within(1e-12));
    }

    @Test
    void aVerdictWithoutAnyLabelIsHalfAndEverything() {
        Estimate estimate = estimate(VerdictClass.single(1_000, 900, LabelCell.EMPTY, new LabelCell(40, 40)));

        assertThat(estimate.value()).isCloseTo(0.1 * 0.5 + 0.9, within(1e-12));
        assertThat(estimate.warnsOf("cell-unlabelled")).isTrue();
        assertThat(estimate.interval().width()).isGreaterThan(0.1);
    }

    @Test
    void allPassStaysUncertainOnOneSide() {
        Estimate estimate = estimate(VerdictClass.single(1_000, 1_000, LabelCell.EMPTY, new LabelCell(50, 50)));

        assertThat(estimate.value()).isOne();
        assertThat(estimate.interval().high()).isOne();
        assertThat(estimate.interval().low()).isBetween(0.9, 0.95);
        assertThat(estimate.size().effective()).isEqualTo(50);
    }

    @Test
    void nothingJudgedIsUnknown() {
        for (List<VerdictClass> classes : List.of(
                List.<VerdictClass>of(),
                List.of(VerdictClass.single(0, 0, LabelCell.EMPTY, LabelCell.EMPTY)),
                List.of(new VerdictClass(0, 10, 5, false, LabelCell.EMPTY, LabelCell.EMPTY)))) {
            Quality quality = PostStratifiedPpi.estimate(classes, LabelDesign.RANDOM, CONFIDENCE)
                    .gated();

            assertThat(quality).isInstanceOf(Quality.Uncalibrated.class);
            assertThat(quality.judgeOnly().toString()).isEqualTo("not judged");
        }
    }

    @Test
    void clusteringWidens() {
        List<VerdictClass> all =
                List.of(VerdictClass.single(5_000, 4_500, new LabelCell(20, 8), new LabelCell(80, 76)));

        Estimate independent =
                PostStratifiedPpi.estimate(all, LabelDesign.RANDOM, CONFIDENCE).estimate();
        Estimate clustered = PostStratifiedPpi.estimate(all, LabelDesign.RANDOM, 2, CONFIDENCE)
                .estimate();

        assertThat(clustered.value()).isEqualTo(independent.value());
        assertThat(clustered.standardError()).isCloseTo(Math.sqrt(2) * independent.standardError(), within(1e-12));
        assertThat(clustered.interval().width())
                .isGreaterThan(1.25 * independent.interval().width());
        assertThat(clustered.size().effective()).isCloseTo(independent.size().effective() / 2, within(1e-9));
    }

    @Test
    void givesTheLabelsAloneOnlyIfTheyWereDrawnAtRandom() {
        VerdictClass all = VerdictClass.single(5_000, 4_500, new LabelCell(20, 8), new LabelCell(80, 76));

        Debiased random = PostStratifiedPpi.estimate(List.of(all), LabelDesign.RANDOM, CONFIDENCE);
        Debiased byVerdict = PostStratifiedPpi.estimate(List.of(all), LabelDesign.BY_VERDICT, CONFIDENCE);

        assertThat(byVerdict.humanOnly()).isEmpty();
        Estimate humans = random.humanOnly().orElseThrow();
        assertThat(humans.value()).isCloseTo(0.84, within(1e-12));
        assertThat(humans.interval().low())
                .isCloseTo(Wilson.interval(84, 100, CONFIDENCE).low(), within(1e-9));
    }

    @Test
    void flippingPassAndFailMirrorsTheRate() {
        SplittableRandom random = new SplittableRandom(41);
        for (int i = 0; i < 2_000; i++) {
            List<VerdictClass> classes = new ArrayList<>();
            List<VerdictClass> flipped = new ArrayList<>();
            for (int j = random.nextInt(1, 4); j > 0; j--) {
                VerdictClass one = anyClass(random);
                classes.add(one);
                flipped.add(new VerdictClass(
                        one.population(),
                        one.judged(),
                        one.judged() - one.passed(),
                        one.isCensus(),
                        flipped(one.onPass()),
                        flipped(one.onFail())));
            }
            Estimate estimate = estimate(classes.toArray(VerdictClass[]::new));
            Estimate mirror = estimate(flipped.toArray(VerdictClass[]::new));
            if (estimate.isKnown()) {
                assertThat(mirror.value()).isCloseTo(1 - estimate.value(), within(1e-12));
                assertThat(mirror.interval().low())
                        .isCloseTo(1 - estimate.interval().high(), within(1e-12));
                assertThat(mirror.standardError()).isCloseTo(estimate.standardError(), within(1e-12));
                assertThat(estimate.interval().low()).isLessThanOrEqualTo(estimate.value() + 1e-12);
                assertThat(estimate.interval().high()).isGreaterThanOrEqualTo(estimate.value() - 1e-12);
            }
        }
    }

    @Test
    void doesNotDependOnTheOrderOfClassesOrTheUnitOfTraffic() {
        Random shuffle = new Random(43);
        SplittableRandom random = new SplittableRandom(43);
        for (int i = 0; i < 500; i++) {
            List<VerdictClass> classes = new ArrayList<>();
            for (int j = 0; j < 4; j++) {
                classes.add(anyClass(random));
            }
            Estimate straight = estimate(classes.toArray(VerdictClass[]::new));
            Collections.shuffle(classes, shuffle);
            Estimate shuffled = estimate(classes.stream()
                    .map(one -> new VerdictClass(
                            1000 * one.population(),
                            one.judged(),
                            one.passed(),
                            one.isCensus(),
                            one.onFail(),
                            one.onPass()))
                    .toArray(VerdictClass[]::new));
            if (straight.isKnown()) {
                assertThat(shuffled.value()).isCloseTo(straight.value(), within(1e-12));
                assertThat(shuffled.interval().low())
                        .isCloseTo(straight.interval().low(), within(1e-12));
                assertThat(shuffled.interval().high())
                        .isCloseTo(straight.interval().high(), within(1e-12));
            }
        }
    }

    @Test
    void refusesCountsThatCannotBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LabelCell(3, 4))
                .withMessage("passes must be in 0..3: 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VerdictClass.single(10, 11, LabelCell.EMPTY, LabelCell.EMPTY))
                .withMessage("passed must be in 0..10: 11");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PostStratifiedPpi.estimate(List.of(), LabelDesign.RANDOM, 0.5, CONFIDENCE))
                .withMessage("designEffect must be 1 or more: 0.5");
    }

    private static Estimate estimate(VerdictClass... classes) {
        return PostStratifiedPpi.estimate(List.of(classes), LabelDesign.BY_VERDICT, CONFIDENCE)
                .estimate();
    }

    private static VerdictClass anyClass(SplittableRandom random) {
        long judged = random.nextLong(0, 2_000);
        return new VerdictClass(
                random.nextInt(5) == 0 ? 0 : random.nextDouble(1e6),
                judged,
                random.nextLong(judged + 1),
                random.nextBoolean(),
                anyCell(random),
                anyCell(random));
    }

    private static LabelCell anyCell(SplittableRandom random) {
        long labels = random.nextInt(3) == 0 ? random.nextLong(5) : random.nextLong(100);
        return new LabelCell(labels, random.nextLong(labels + 1));
    }

    private static LabelCell flipped(LabelCell cell) {
        return new LabelCell(cell.labels(), cell.labels() - cell.passes());
    }
}
