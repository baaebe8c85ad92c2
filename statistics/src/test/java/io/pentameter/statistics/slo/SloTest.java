package io.pentameter.statistics.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.statistics.cases.PublishedCase;
import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.SampleSize;
import io.pentameter.statistics.slo.BudgetPolicy.Action;
import io.pentameter.statistics.slo.LatencyIndicator.Moment;
import io.pentameter.statistics.slo.LatencyIndicator.Outcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SloTest {

    private static final String FILE = "12_slo";
    private static final Target THREE_NINES = Target.of("0.999");

    @Test
    @DisplayName("mwmb-30d")
    void rowsAreThoseOfTheWorkbook() {
        PublishedCase published = PublishedCase.of(FILE, "mwmb-30d");
        BurnPolicy policy = BurnPolicy.of(
                Duration.ofDays(published.input().path("period_days").longValue()));
        Target target = new Target(published.input().path("slo").decimalValue());

        assertThat(policy.rows()).hasSize(published.expected().size());
        for (int i = 0; i < policy.rows().size(); i++) {
            BurnWindow row = policy.rows().get(i);
            JsonNode expected = published.expected().get(i);
            assertThat(row.severity().name())
                    .isEqualToIgnoringCase(expected.path("severity").asText());
            assertThat(row.longWindow().toMinutes() / 60.0)
                    .isEqualTo(expected.path("long_h").doubleValue());
            assertThat(row.shortWindow().toMinutes() / 60.0)
                    .isCloseTo(expected.path("short_h").doubleValue(), within(1e-9));
            assertThat(row.burn().doubleValue()).isCloseTo(expected.path("burn").doubleValue(), within(1e-9));
            assertThat(row.budgetShare(Duration.ofDays(30)).doubleValue() * 100)
                    .isCloseTo(expected.path("budget_pct").doubleValue(), within(1e-9));
            assertThat(row.errorRate(target).doubleValue())
                    .isCloseTo(expected.path("error_rate_threshold").doubleValue(), within(1e-9));
        }
        assertThat(BurnPolicy.of(Duration.ofDays(28)).rows())
                .extracting(row -> row.burn().doubleValue())
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : 1)
                .containsExactly(13.44, 5.6, 2.8, 14.0 / 15);
    }

    @Test
    @DisplayName("pyrra-28d")
    void rowsAreThoseOfPyrra() {
        PublishedCase published = PublishedCase.of(FILE, "pyrra-28d");
        Duration period = Duration.ofDays(published.input().path("window_days").longValue());
        List<BurnWindow> rows = BurnPolicy.pyrra(period).rows();
        for (int i = 0; i < rows.size(); i++) {
            JsonNode expected = published.expected().get(i);
            assertThat(rows.get(i).severity())
                    .isEqualTo(expected.path("sev").asText().equals("critical") ? Severity.PAGE : Severity.TICKET);
            assertThat(rows.get(i).longWindow()).isEqualTo(duration(expected.path("long")));
            assertThat(rows.get(i).shortWindow()).isEqualTo(duration(expected.path("short")));
            assertThat(BurnPolicy.pyrraFor(rows.get(i))).isEqualTo(duration(expected.path("for")));
            assertThat(rows.get(i).burn())
                    .isEqualByComparingTo(expected.path("factor").decimalValue());
            assertThat(rows.get(i).budgetShare(period).doubleValue() * 100)
                    .isCloseTo(
                            published.whole().path("budget_consumed_pct").get(i).doubleValue(), within(1e-9));
        }
    }

    private static Duration duration(JsonNode text) {
        return Duration.parse((text.asText().endsWith("d") ? "P" : "PT") + text.asText());
    }

    @Test
    @DisplayName("error-budget-arithmetic")
    void budgetsAreExact() {
        PublishedCase published = PublishedCase.of(FILE, "error-budget-arithmetic");
        JsonNode expected = published.expected();
        Target target = Target.of(published.input().path("slo").asText());
        Duration period = Duration.ofDays(published.input().path("period_days").longValue());
        ErrorBudget budget = new ErrorBudget(
                target,
                new EventCounts(
                        published.input().path("bad").longValue(),
                        published.input().path("total").longValue()));
        BigDecimal burn = new BigDecimal("14.4");

        assertThat(budget.events())
                .isEqualByComparingTo(expected.path("budget_events").asText());
        assertThat(budget.consumed().orElseThrow())
                .isEqualByComparingTo(expected.path("consumed").asText());
        assertThat(budget.remainingEvents())
                .isEqualByComparingTo(expected.path("remaining_events").asText());
        assertThat(budget.remaining().orElseThrow()).isEqualByComparingTo("0.75");
        assertThat(ErrorBudget.timeBudget(target, period).toMillis() / 60_000.0)
                .isEqualTo(
                        Double.parseDouble(expected.path("time_budget_minutes").asText()));
        assertThat(ErrorBudget.timeToExhaustion(period, BigDecimal.ONE, burn).toMillis() / 3_600_000.0)
                .isEqualTo(expected.path("exhaust_hours_at_burn_14_4").doubleValue());
        assertThat(ErrorBudget.timeToDetection(target, Duration.ofHours(1), burn, BigDecimal.ONE)
                                .orElseThrow()
                                .toMillis()
                        / 1000.0)
                .isEqualTo(
                        expected.path("detect_seconds_total_outage_page_fast").doubleValue());
        assertThat(ErrorBudget.timeToDetection(target, Duration.ofHours(1), burn, new BigDecimal("0.1"))
                                .orElseThrow()
                                .toMillis()
                        / 1000.0)
                .isEqualTo(expected.path("detect_seconds_10pct_errors").doubleValue());
    }

    @Test
    void budgetWithoutEventsIsUnknownAndAnOverspentOneNegative() {
        assertThat(new ErrorBudget(THREE_NINES, new EventCounts(0, 0)).consumed())
                .isEmpty();
        assertThat(new ErrorBudget(THREE_NINES, new EventCounts(2, 1000))
                        .remaining()
                        .orElseThrow())
                .isEqualByComparingTo("-1");
        assertThat(ErrorBudget.timeToExhaustion(Duration.ofDays(30), new BigDecimal("-1"), BigDecimal.ONE))
                .isZero();
        assertThat(ErrorBudget.timeToDetection(
                        THREE_NINES, Duration.ofHours(1), new BigDecimal("14.4"), new BigDecimal("0.01")))
                .isEmpty();
    }

    @Test
    @DisplayName("evidence gate: 10 and 120 events at 99.9 %")
    void fewEventsMustBeImprobable() {
        assertThat(EvidenceGate.probability(new EventCounts(1, 10), THREE_NINES))
                .isCloseTo(0.00996, within(1e-5));
        assertThat(EvidenceGate.probability(new EventCounts(2, 10), THREE_NINES))
                .isCloseTo(4.5e-5, within(1e-6));
        assertThat(EvidenceGate.probability(new EventCounts(2, 120), THREE_NINES))
                .isCloseTo(0.0066, within(1e-4));
        assertThat(EvidenceGate.probability(new EventCounts(3, 120), THREE_NINES))
                .isCloseTo(2.6e-4, within(1e-5));
        assertThat(EvidenceGate.probability(new EventCounts(0, 0), THREE_NINES)).isOne();
        assertThat(EvidenceGate.probability(new EventCounts(40_000_000L, 8_000_000_000L), THREE_NINES))
                .isZero();
        assertThat(EvidenceGate.DEFAULT.passes(new EventCounts(1, 10), THREE_NINES, Severity.TICKET))
                .isFalse(); // p is below 0.01, but one bad event is none
        assertThat(EvidenceGate.DEFAULT.passes(new EventCounts(2, 120), THREE_NINES, Severity.TICKET))
                .isTrue();
        assertThat(EvidenceGate.DEFAULT.passes(new EventCounts(2, 120), THREE_NINES, Severity.PAGE))
                .isFalse();
        assertThat(EvidenceGate.DEFAULT.passes(new EventCounts(3, 120), THREE_NINES, Severity.PAGE))
                .isTrue();
    }

    @Test
    void alertsWhenBothWindowsBurn() {
        BurnAlert alert = new BurnAlert(THREE_NINES, EvidenceGate.DEFAULT);
        BurnWindow row = BurnPolicy.workbook(Duration.ofDays(30)).rows().getFirst();
        EventCounts hot = new EventCounts(145, 10_000);
        EventCounts atTheLine = new EventCounts(144, 10_000);

        assertThat(alert.judge(row, hot, hot)).isEqualTo(BurnAlert.Verdict.FIRING);
        assertThat(alert.judge(row, hot, atTheLine)).isEqualTo(BurnAlert.Verdict.QUIET);
        assertThat(alert.judge(row, atTheLine, hot)).isEqualTo(BurnAlert.Verdict.QUIET);
        assertThat(alert.judge(row, new EventCounts(1, 10), new EventCounts(1, 1)))
                .isEqualTo(BurnAlert.Verdict.TOO_LITTLE_EVIDENCE);
        assertThat(alert.judge(row, hot, new EventCounts(0, 0))).isEqualTo(BurnAlert.Verdict.QUIET);
    }

    @Test
    void windowsScaleWithAnyOtherPeriod() {
        List<BurnWindow> week = BurnPolicy.of(Duration.ofDays(7)).rows();
        List<BurnWindow> quarter = BurnPolicy.of(Duration.ofDays(90)).rows();

        assertThat(week)
                .extracting(BurnWindow::longWindow)
                .containsExactly(
                        Duration.ofMinutes(14),
                        Duration.ofMinutes(84),
                        Duration.ofMinutes(336),
                        Duration.ofHours(16).plusMinutes(48));
        assertThat(week).extracting(BurnWindow::shortWindow).startsWith(Duration.ofMinutes(1), Duration.ofMinutes(7));
        assertThat(quarter.getFirst().longWindow()).isEqualTo(Duration.ofHours(3));
        assertThat(quarter.getFirst().burn()).isEqualByComparingTo("14.4");
        assertThat(BurnPolicy.workbook(Duration.ofDays(90)).rows().getFirst().isReachable(Target.of("0.95")))
                .isFalse();
        assertThat(quarter.getFirst().isReachable(Target.of("0.95"))).isTrue();
        assertThat(BurnPolicy.of(Duration.ofHours(1)).rows()).hasSize(4);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BurnPolicy.of(Duration.ofMinutes(59)))
                .withMessage("period must be 1 hour or more: PT59M");
    }

    @Test
    void refusesATargetThatTooFewEventsCannotMeet() {
        assertThat(THREE_NINES.refusalFor(1000)).isEmpty();
        assertThat(THREE_NINES.refusalFor(999))
                .hasValue("A target of 0.999 needs at least 1000 events in the period: 999");
        assertThat(Target.of("0.95").refusalFor(3 * 30)).isEmpty();
        assertThat(Target.of("0.95").refusalFor(3)).isPresent();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Target.of("1"))
                .withMessage("target must be between 0 and 1, ends excluded: 1");
        assertThat(Target.ofPercent(new BigDecimal("99.950"))).isEqualTo(Target.of("0.99950"));
        assertThat(Target.of("0.99950").percent()).isEqualTo(new BigDecimal("99.95"));
        assertThat(Target.of("0.9").percent()).isEqualTo(new BigDecimal("90"));
    }

    @Test
    void latencyIsAnEventInTimeOrNot() {
        LatencyIndicator indicator = new LatencyIndicator(Moment.FIRST_TOKEN, Duration.ofSeconds(2));

        assertThat(indicator.judge(true, Optional.of(Duration.ofSeconds(2)))).isEqualTo(Outcome.GOOD);
        assertThat(indicator.judge(true, Optional.of(Duration.ofNanos(2_000_000_001L))))
                .isEqualTo(Outcome.BAD);
        assertThat(indicator.judge(true, Optional.empty())).isEqualTo(Outcome.BAD);
        assertThat(indicator.judge(false, Optional.empty())).isEqualTo(Outcome.EXCLUDED);
    }

    @Test
    void sampledQualityNeedsItsWholeIntervalBeyondTheBurn() {
        QualityObjective objective = new QualityObjective(Target.of("0.9"));
        BurnWindow row = QualityObjective.ROWS.getFirst();

        assertThat(objective.judge(row, quality(0.7, 0.65, 0.75, 100), quality(0.6, 0.5, 0.7, 40)))
                .isEqualTo(QualityObjective.Verdict.TICKET);
        assertThat(objective.judge(row, quality(0.7, 0.65, 0.75, 100), quality(0.6, 0.4, 0.8, 40)))
                .isEqualTo(QualityObjective.Verdict.AT_RISK);
        assertThat(objective.judge(row, quality(0.7, 0.65, 0.75, 100), quality(0.6, 0.5, 0.7, 0)))
                .isEqualTo(QualityObjective.Verdict.AT_RISK);
        assertThat(objective.judge(row, quality(0.81, 0.75, 0.85, 100), quality(0.6, 0.5, 0.7, 40)))
                .isEqualTo(QualityObjective.Verdict.QUIET);
        assertThat(objective.judge(
                        row,
                        Estimate.unknown(Interval.UNIT, Confidence.NINETY_FIVE, "none"),
                        quality(0.6, 0.5, 0.7, 40)))
                .isEqualTo(QualityObjective.Verdict.UNKNOWN);
        assertThat(objective.remaining(quality(0.95, 0.9, 0.99, 40)).low()).isCloseTo(0, within(1e-9));
        assertThat(objective.remaining(quality(0.95, 0.9, 0.99, 40)).high()).isCloseTo(0.9, within(1e-9));
    }

    private static Estimate quality(double value, double low, double high, long labels) {
        return new Estimate(
                value,
                0.05,
                new Interval(low, high),
                Confidence.NINETY_FIVE,
                "test",
                new SampleSize(1000, 1000, labels),
                List.of());
    }

    @Test
    void actionsFollowWhatIsLeft() {
        assertThat(due("0.50", "0.20")).isEmpty();
        assertThat(due("0.49", "0")).containsExactly(Action.NOTIFY);
        assertThat(due("0.24", "0.21"))
                .containsExactlyInAnyOrder(Action.NOTIFY, Action.FREEZE_CHANGES, Action.POST_MORTEM);
        assertThat(due("0", "0")).hasSize(5).contains(Action.BLOCK_DEPLOYS);
        assertThat(due("-1", "0")).hasSize(5);
    }

    private static java.util.Set<Action> due(String remaining, String incident) {
        return BudgetPolicy.DEFAULT.due(new BigDecimal(remaining), new BigDecimal(incident));
    }
}
