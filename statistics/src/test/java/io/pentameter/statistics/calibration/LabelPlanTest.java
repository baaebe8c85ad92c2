package io.pentameter.statistics.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.statistics.calibration.AnnotatorNoise.Standing;
import io.pentameter.statistics.cases.PublishedCase;
import io.pentameter.statistics.interval.Confidence;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LabelPlanTest {

    private static final Confidence CONFIDENCE = Confidence.NINETY_FIVE;

    @Test
    @DisplayName("labels-for-half-width")
    void matchesLabelsForHalfWidth() {
        PublishedCase published = PublishedCase.of("06_label_budget", "labels-for-half-width");
        Confidence confidence = new Confidence(published.input().path("conf").asDouble());

        assertThat(published.expected()).hasSize(45);
        for (JsonNode row : published.expected()) {
            long labels = LabelPlan.labelsForHalfWidth(
                    row.path("theta").asDouble(),
                    row.path("rho").asDouble(),
                    row.path("half_width").asDouble(),
                    confidence);

            assertThat(labels).as("%s", row).isEqualTo(row.path("labels").asLong());
        }
    }

    @Test
    void spreadsOverFourWeeks() {
        assertThat(LabelPlan.weekly(100)).isEqualTo(25);
        assertThat(LabelPlan.weekly(101)).isEqualTo(26);
        assertThat(LabelPlan.weekly(0)).isZero();
    }

    @Test
    void dividesAWeekSeventyFifteenTenFive() {
        assertThat(LabelPlan.Week.of(100)).isEqualTo(new LabelPlan.Week(70, 15, 10, 5));
        assertThat(LabelPlan.Week.of(7)).isEqualTo(new LabelPlan.Week(5, 1, 1, 0));
        assertThat(LabelPlan.Week.of(0)).isEqualTo(new LabelPlan.Week(0, 0, 0, 0));
    }

    @Test
    void buysLabelsAloneWhereTheJudgeDoesNotPay() {
        LabelPlan.Costs dear = new LabelPlan.Costs(0, 1, 0.9);

        LabelPlan.Purchase purchase = LabelPlan.bestWithin(1_000, 0.3, dear);

        assertThat(purchase).isEqualTo(new LabelPlan.Purchase(1_000, 0, 1_000, 1_000));
        assertThat(LabelPlan.cheapestFor(500, 0.3, dear)).isEqualTo(new LabelPlan.Purchase(500, 0, 500, 500));
        assertThat(LabelPlan.bestWithin(1_000, 0, new LabelPlan.Costs(0, 1, 0.1))
                        .labels())
                .isEqualTo(1_000);
    }

    @Test
    void moreBudgetNeverBuysLess() {
        LabelPlan.Costs costs = new LabelPlan.Costs(0, 1, 0.05);
        long before = 0;
        for (int budget = 50; budget <= 2_000; budget += 50) {
            long effective = LabelPlan.bestWithin(budget, 0.8, costs).effective();
            assertThat(effective).isGreaterThanOrEqualTo(before);
            before = effective;
        }
    }

    @Test
    void refusesPlansThatCannotBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelPlan.labelsForHalfWidth(0.9, 1, 0.02, CONFIDENCE))
                .withMessage("correlation must be between -1.0 and 1.0, ends excluded: 1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelPlan.labelsForHalfWidth(0.9, 0.5, 0, CONFIDENCE))
                .withMessage("halfWidth must be above 0.0 and at most 1.0: 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelPlan.bestWithin(0, 0.5, new LabelPlan.Costs(0, 1, 0)))
                .withMessage("budget must be above 0 and finite: 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LabelPlan.Costs(0, 0, 0))
                .withMessage("label must be above 0 and finite: 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelPlan.effectiveSizeFor(0, 1, 0.9, CONFIDENCE))
                .withMessage("difference must be above 0 and finite: 0.0");
    }

    @Test
    void annotatorsAreJudgedFromTwentyGoldItems() {
        assertThat(gold(9, 0, 10, 10).standing(CONFIDENCE)).isEqualTo(Standing.ON_PROBATION);
        assertThat(gold(10, 0, 10, 10).standing(CONFIDENCE)).isEqualTo(Standing.ACTIVE);
        assertThat(gold(10, 3, 10, 8).standing(CONFIDENCE)).isEqualTo(Standing.SUSPENDED);
        assertThat(gold(100, 10, 100, 90).standing(CONFIDENCE)).isEqualTo(Standing.ACTIVE);
    }

    @Test
    void ratesAreCorrectedWhenEitherErrorExceedsThreePercent() {
        assertThat(gold(100, 3, 100, 97).mustBeCorrected()).isFalse();
        assertThat(gold(100, 4, 100, 100).mustBeCorrected()).isTrue();
        assertThat(gold(100, 0, 100, 96).mustBeCorrected()).isTrue();
        assertThat(gold(0, 0, 0, 0).mustBeCorrected()).isFalse();
    }

    @Test
    void correctionUndoesTheNoise() {
        // 10 % of failures pass, 5 % of passes fail: 0.8 becomes 0.8 * 0.95 + 0.2 * 0.1 = 0.78
        AnnotatorNoise noise = gold(1_000, 100, 1_000, 950);

        assertThat(noise.correct(0.78, 500, CONFIDENCE).estimate().value()).isCloseTo(0.8, within(1e-12));
        assertThat(noise.passingFailures(CONFIDENCE).value()).isCloseTo(0.1, within(1e-12));
        assertThat(noise.failingPasses(CONFIDENCE).value()).isCloseTo(0.05, within(1e-12));
        assertThat(noise.accuracy(CONFIDENCE).value()).isCloseTo(0.925, within(1e-12));
    }

    private static AnnotatorNoise gold(long failures, long passedFailures, long passes, long passedPasses) {
        return new AnnotatorNoise(new LabelCell(failures, passedFailures), new LabelCell(passes, passedPasses));
    }
}
