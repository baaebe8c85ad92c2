package io.pentameter.statistics.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.SampleSize;
import io.pentameter.statistics.slo.BudgetPolicy.Step;
import io.pentameter.statistics.slo.document.Budgeting;
import io.pentameter.statistics.slo.document.Shorthand;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Ends of ranges, refused values and counts beyond two thousand million. */
class SloDetailTest {

    private static final Target THREE_NINES = Target.of("0.999");

    @Test
    void policiesAreChecked() {
        BigDecimal half = new BigDecimal("0.5");
        assertThat(new Step(BigDecimal.ZERO, true, Set.of()).remaining()).isZero();
        assertThat(new Step(BigDecimal.ONE, true, Set.of()).remaining()).isOne();
        assertRefused(() -> new Step(half.negate(), true, Set.of()), "remaining must be in 0..1: -0.5");
        assertRefused(() -> new Step(new BigDecimal("1.1"), true, Set.of()), "remaining must be in 0..1: 1.1");
        assertRefused(() -> new BudgetPolicy(List.of(), BigDecimal.ZERO), "incidentShare must be above 0: 0");
        assertThat(new BudgetPolicy(List.of(), half).incidentShare()).isEqualTo(half);
        Shorthand minute = new Shorthand(1, 'm');
        assertThat(new Budgeting.Timeslices(BigDecimal.ONE, minute).target()).isOne();
        assertRefused(
                () -> new Budgeting.Timeslices(BigDecimal.ZERO, minute),
                "timeSliceTarget must be above 0, at most 1: 0");
        assertRefused(
                () -> new Budgeting.Timeslices(new BigDecimal("1.01"), minute),
                "timeSliceTarget must be above 0, at most 1: 1.01");
        assertRefused(() -> new Target(BigDecimal.ZERO), "target must be between 0 and 1, ends excluded: 0");
        assertThat(new Target(new BigDecimal("0.999999999999")).value().scale()).isEqualTo(12);
        assertRefused(
                () -> new Target(new BigDecimal("0.9999999999999")),
                "target must have at most 12 digits after the point: 0.9999999999999");
        assertThat(Target.of("0.9").percent()).isEqualTo(new BigDecimal("90"));
        assertThat(new Shorthand(1, 'd').count()).isOne();
        assertThat(new Shorthand(100_000, 'd').count()).isEqualTo(100_000);
    }

    @Test
    void periodsAndRatesAreChecked() {
        Duration tooShort = Duration.ofMinutes(59);
        assertRefused(() -> BurnPolicy.workbook(tooShort), "period must be 1 hour or more: PT59M");
        assertRefused(() -> BurnPolicy.scaled(tooShort), "period must be 1 hour or more: PT59M");
        assertRefused(() -> BurnPolicy.pyrra(tooShort), "period must be 1 hour or more: PT59M");
        assertThat(BurnPolicy.of(Duration.ofDays(28))).isEqualTo(BurnPolicy.workbook(Duration.ofDays(28)));
        assertThat(BurnPolicy.of(Duration.ofDays(31))).isEqualTo(BurnPolicy.workbook(Duration.ofDays(31)));
        assertThat(BurnPolicy.of(Duration.ofHours(1)).rows())
                .allSatisfy(row -> assertThat(row.shortWindow()).isGreaterThanOrEqualTo(Duration.ofMinutes(1)));
        assertRefused(
                () -> new BurnWindow(Severity.PAGE, Duration.ofHours(1), Duration.ofMinutes(5), BigDecimal.ZERO),
                "burn must be above 0: 0");
        BigDecimal one = BigDecimal.ONE;
        assertRefused(
                () -> ErrorBudget.timeToExhaustion(Duration.ofDays(30), one, BigDecimal.ZERO),
                "burn must be above 0: 0");
        assertRefused(
                () -> ErrorBudget.timeToDetection(THREE_NINES, Duration.ofHours(1), BigDecimal.ZERO, one),
                "burn must be above 0: 0");
        assertRefused(
                () -> ErrorBudget.timeToDetection(THREE_NINES, Duration.ofHours(1), one, BigDecimal.ZERO),
                "errorRate must be above 0: 0");
        // an error rate that just reaches the burn is found when the window is full
        assertThat(ErrorBudget.timeToDetection(
                        THREE_NINES, Duration.ofHours(1), BigDecimal.TEN, new BigDecimal("0.01")))
                .hasValue(Duration.ofHours(1));
        assertThat(new BurnWindow(Severity.PAGE, Duration.ofHours(1), Duration.ofMinutes(5), new BigDecimal("1000"))
                        .isReachable(THREE_NINES))
                .isFalse(); // a rate of exactly 1 cannot be exceeded
    }

    @Test
    void eventsOfShardsAddUp() {
        EventCounts both = new EventCounts(2, 10).plus(new EventCounts(3, 20));

        assertThat(both).isEqualTo(new EventCounts(5, 30));
        assertThat(new ErrorBudget(THREE_NINES, both).burn())
                .isEqualTo(new ErrorBudget(THREE_NINES, both).consumed())
                .isPresent();
        assertThat(new BurnAlert(THREE_NINES, EvidenceGate.DEFAULT)
                        .judge(
                                BurnPolicy.of(Duration.ofDays(30)).rows().getFirst(),
                                new EventCounts(0, 0),
                                new EventCounts(0, 0)))
                .isEqualTo(BurnAlert.Verdict.QUIET);
    }

    /** At 99.9 %, two thousand million million events have two million million bad ones on average; the spread is a million. */
    @Test
    void evidenceOfHugeCountsIsThatOfTheirProportion() {
        long valid = 4_000_000_000L;

        double usual = EvidenceGate.probability(new EventCounts(4_000_000, valid), THREE_NINES);
        double more = EvidenceGate.probability(new EventCounts(4_020_000, valid), THREE_NINES);
        double few = EvidenceGate.probability(new EventCounts(1, valid), THREE_NINES);

        assertThat(usual).isBetween(0.4, 0.6);
        assertThat(more).isLessThan(1e-6);
        assertThat(few).isCloseTo(1, within(1e-12));
        double level = EvidenceGate.probability(new EventCounts(3, 120), THREE_NINES);
        assertThat(new EvidenceGate(level, 0.5, 2).passes(new EventCounts(3, 120), THREE_NINES, Severity.PAGE))
                .isTrue(); // the level itself passes
    }

    @Test
    void qualityMustExceedTheBurnNotReachIt() {
        QualityObjective objective = new QualityObjective(Target.of("0.75"));
        BurnWindow row = QualityObjective.ROWS.getFirst(); // burn 2: bad rate above 0.5

        assertThat(objective.judge(row, good(0.5, 0.25, 0.5), good(0.25, 0.25, 0.25)))
                .isEqualTo(QualityObjective.Verdict.QUIET);
        assertThat(objective.judge(row, good(0.25, 0.25, 0.25), good(0.5, 0.25, 0.5)))
                .isEqualTo(QualityObjective.Verdict.QUIET);
        assertThat(objective.judge(row, good(0.25, 0.125, 0.5), good(0.25, 0.25, 0.25)))
                .isEqualTo(QualityObjective.Verdict.AT_RISK);
        assertThat(objective.judge(row, good(0.25, 0.25, 0.25), good(0.25, 0.125, 0.5)))
                .isEqualTo(QualityObjective.Verdict.AT_RISK);
        assertThat(objective.judge(row, good(0.25, 0.125, 0.4375), good(0.25, 0.125, 0.4375)))
                .isEqualTo(QualityObjective.Verdict.TICKET);
    }

    private static Estimate good(double value, double low, double high) {
        return new Estimate(
                value,
                0.05,
                new Interval(low, high),
                Confidence.NINETY_FIVE,
                "test",
                new SampleSize(1_000, 1_000, 100),
                List.of());
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }
}
