package io.pentameter.statistics.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.pentameter.statistics.cases.PublishedCase;
import io.pentameter.statistics.forecast.BudgetAlert.Reading;
import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.Warning;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ForecastTest {

    private static final String FILE = "13_forecast";

    @Test
    @DisplayName("ses-oil")
    void smoothsOilAsTheBookDoes() {
        PublishedCase published = PublishedCase.of(FILE, "ses-oil");
        double[] values = PublishedCase.numbers(published.input().path("y"));

        Smoothing smoothing =
                Smoothing.simple(values, published.input().path("alpha").doubleValue());

        double[] levels = PublishedCase.numbers(published.expected().path("levels"));
        for (int t = 0; t < levels.length; t++) {
            assertThat(smoothing.levels().get(t)).isCloseTo(levels[t], within(1e-8));
        }
        assertThat(smoothing.forecast(1))
                .isCloseTo(published.expected().path("forecast").doubleValue(), within(published.tolerance()));
        assertThat(Smoothing.simple(values, 0.6).forecast(3)).isCloseTo(501.837461, within(1e-4));
    }

    @Test
    @DisplayName("nist-ses")
    void smoothsAsNistDoes() {
        PublishedCase published = PublishedCase.of(FILE, "nist-ses");
        double[] values = PublishedCase.numbers(published.input().path("y"));

        Smoothing smoothing =
                Smoothing.simple(values, published.input().path("alpha").doubleValue());

        double[] expected = PublishedCase.numbers(published.expected().path("S"));
        for (int t = 0; t < expected.length; t++) {
            assertThat(smoothing.levels().get(t)).isCloseTo(expected[t], within(1e-4));
        }
        assertThat(smoothing.squaredErrors())
                .isCloseTo(published.expected().path("SSE").doubleValue(), within(1e-9))
                .isCloseTo(208.94, within(published.tolerance()));
        assertThat(smoothing.squaredErrors() / (values.length - 1))
                .isCloseTo(published.expected().path("MSE").doubleValue(), within(1e-9));
    }

    @Test
    @DisplayName("Holt's linear trend on Australian air passengers, FPP2 section 7.2")
    void followsATrendAsTheBookDoes() {
        double[] passengers = {
            17.5534, 21.8601, 23.8866, 26.9293, 26.8885, 28.8314, 30.0751, 30.9535, 30.1857, 31.5797, 32.5776, 33.4774,
            39.0216, 41.3864, 41.5966
        };

        Smoothing smoothing = Smoothing.holt(passengers, 0.8, 0.2, 1);

        assertThat(smoothing.forecast(1)).isCloseTo(43.76, within(0.005));
        assertThat(smoothing.forecast(3)).isCloseTo(47.43, within(0.01));
        assertThat(smoothing.forecast(5)).isCloseTo(51.10, within(0.005));
    }

    @Test
    @DisplayName("ets-AAdA-weekly")
    void followsTheSeasonalRecursion() {
        PublishedCase published = PublishedCase.of(FILE, "ets-AAdA-weekly");
        double[] values = PublishedCase.numbers(published.input().path("y"));
        Ets state = Ets.start(values, Ets.Parameters.DAILY);
        double[] fitted = new double[values.length];
        for (int t = 0; t < values.length; t++) {
            fitted[t] = state.forecast(1);
            state = state.observe(values[t]);
        }

        double[] expectedFit = PublishedCase.numbers(published.expected().path("fitted_last7"));
        double[] expected = PublishedCase.numbers(published.expected().path("forecast_7"));
        for (int h = 1; h <= 7; h++) {
            assertThat(fitted[values.length - 8 + h]).isCloseTo(expectedFit[h - 1], within(1e-9));
            assertThat(state.forecast(h)).isCloseTo(expected[h - 1], within(1e-9));
        }
        assertThat(state.level()).isCloseTo(published.expected().path("level").doubleValue(), within(1e-9));
        assertThat(state.trend()).isCloseTo(published.expected().path("trend").doubleValue(), within(1e-9));
        assertThat(Ets.fit(values, Ets.Parameters.DAILY).forecast(8)).isCloseTo(state.forecast(8), within(0.0));
    }

    @Test
    @DisplayName("intraday-run-rate")
    void projectsTheDay() {
        PublishedCase published = PublishedCase.of(FILE, "intraday-run-rate");
        IntradayProjection projection = IntradayProjection.of(
                PublishedCase.numbers(published.input().path("share_by_hour_at_12")),
                published.input().path("spent_by_12").doubleValue());

        assertThat(projection.share()).isCloseTo(published.expected().path("F").doubleValue(), within(1e-9));
        assertThat(projection.projection())
                .isCloseTo(published.expected().path("run_rate_projection").doubleValue(), within(1e-9));
        assertThat(projection.percentOver(1200))
                .isCloseTo(published.expected().path("over_projection_pct").doubleValue(), within(1e-9));
        assertThat(projection.percentOver(1200) > 20)
                .isEqualTo(published.expected().path("alert_20pct").booleanValue());
    }

    /** By hand: shares 0.4, 0.5, 0.6 give a deviation of 200 about 1000; t(2) = 4.302653, times 200·√(4/3) is 993.655. */
    @Test
    void theDaysTotalHasAnIntervalThatBeginsAtWhatIsSpent() {
        double[] shares = {0.4, 0.5, 0.6};

        Estimate afternoon = IntradayProjection.estimate(shares, 500, Confidence.NINETY_FIVE);
        Estimate unsure = IntradayProjection.estimate(new double[] {0.5}, 500, Confidence.NINETY_FIVE);

        assertThat(afternoon.value()).isCloseTo(1000, within(1e-9));
        assertThat(afternoon.standardError()).isCloseTo(230.940108, within(1e-6));
        assertThat(afternoon.interval().low()).isEqualTo(500);
        assertThat(afternoon.interval().high()).isCloseTo(1993.655085, within(1e-6));
        assertThat(unsure.interval()).isEqualTo(new Interval(500, Double.POSITIVE_INFINITY));
        assertThat(unsure.warnings()).extracting(Warning::code).containsExactly("one-day");
    }

    @Test
    void projectionAndPriorWeighByTheirPrecision() {
        IntradayProjection projection = new IntradayProjection(0.5, 1000, 400);

        assertThat(projection.combinedWith(600, 400)).isEqualTo(800);
        assertThat(projection.combinedWith(600, 0)).isEqualTo(600);
        assertThat(projection.combinedWith(600, Double.POSITIVE_INFINITY)).isEqualTo(1000);
        assertThat(IntradayProjection.of(new double[] {0.5}, 10).combinedWith(33, 5))
                .isEqualTo(33);
        assertThat(IntradayProjection.of(new double[] {0.5, 0.5}, 10).combinedWith(33, 5))
                .isEqualTo(20);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IntradayProjection.of(new double[] {0, 0}, 10))
                .withMessage("mean share must be above 0.0 and at most 1.0: 0.0");
    }

    @Test
    void methodFollowsTheLengthOfTheHistory() {
        assertThat(forecast(0).isKnown()).isFalse();
        assertThat(forecast(1).method()).isEqualTo("run-rate");
        assertThat(forecast(1).interval()).isEqualTo(new Interval(0, Double.POSITIVE_INFINITY));
        assertThat(forecast(13).warnsOf("low-confidence")).isTrue();
        assertThat(forecast(14).method()).isEqualTo("seasonal-naive");
        assertThat(forecast(27).method()).isEqualTo("seasonal-naive");
        assertThat(forecast(28).method()).isEqualTo("ets-aada-conformal");
        assertThat(forecast(28).warnsOf("interval-approximate")).isTrue();
        assertThat(forecast(80).warnings()).isEmpty();
    }

    private static Estimate forecast(int days) {
        return SpendForecast.of(history(days, 3), Confidence.NINETY_FIVE).day(1);
    }

    @Test
    void seasonalNaiveWidensByTheWeek() {
        SpendForecast naive = SpendForecast.of(history(21, 5), Confidence.NINETY_FIVE);

        double one =
                Math.log((naive.day(7).interval().high() + 0.01) / (naive.day(7).value() + 0.01));
        double two =
                Math.log((naive.day(8).interval().high() + 0.01) / (naive.day(8).value() + 0.01));

        assertThat(two / one).isCloseTo(Math.sqrt(2), within(1e-9));
        assertThat(naive.day(8).value()).isCloseTo(naive.day(1).value(), within(1e-9));
    }

    @Test
    void conformalIntervalHoldsAsOftenAsPromised() {
        int held = 0;
        int total = 0;
        for (int seed = 0; seed < 300; seed++) {
            double[] all = history(100, seed);
            SpendForecast forecast = SpendForecast.of(Arrays.copyOf(all, 93), Confidence.NINETY);
            for (int h = 1; h <= 7; h += 3) {
                held += forecast.day(h).interval().holds(all[92 + h]) ? 1 : 0;
                total++;
            }
        }
        assertThat((double) held / total).isBetween(0.86, 0.95);
    }

    @Test
    void knownEventsAreTakenOutAndPutBack() {
        double[] spend = new double[35];
        double[] factors = new double[35];
        for (int day = 0; day < 35; day++) {
            factors[day] = day == 20 ? 3 : 1;
            spend[day] = (100 + day % 7 * 10) * factors[day];
        }

        SpendForecast forecast = SpendForecast.of(spend, factors, new double[] {1, 0.5}, Confidence.NINETY_FIVE);

        assertThat(forecast.day(1).value()).isCloseTo(100, within(1e-3));
        assertThat(forecast.day(2).value()).isCloseTo(55, within(1e-3));
        assertThat(forecast.day(3).value()).isCloseTo(120, within(1e-3));
    }

    @Test
    void spendThatIsZeroOrHugeStaysANumber() {
        for (double spend : new double[] {0, 1e-9, 1e12}) {
            double[] constant = new double[60];
            Arrays.fill(constant, spend);
            Estimate day = SpendForecast.of(constant, Confidence.NINETY_FIVE).day(30);
            assertThat(day.value()).isCloseTo(spend, within(1e-6 * spend + 1e-9));
            assertThat(day.interval().holds(day.value())).isTrue();
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpendForecast.of(new double[] {-1}, Confidence.NINETY))
                .withMessage("spend must be 0 or more and finite: -1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> SpendForecast.of(history(5, 1), Confidence.NINETY).day(0))
                .withMessage("horizon must be 1 or more: 0");
    }

    @Test
    void monthEndHoldsActualAndForecast() {
        SpendForecast forecast = SpendForecast.of(history(70, 9), Confidence.NINETY_FIVE);
        double expected = 0;
        for (int h = 1; h <= 10; h++) {
            expected += forecast.day(h).value();
        }

        MonthEnd month = MonthEnd.project(2000, forecast, 10, 2000 + expected, Confidence.NINETY_FIVE, 42);

        assertThat(month.total().value()).isCloseTo(2000 + expected, within(0.05 * expected));
        assertThat(month.overBudget()).isBetween(0.25, 0.75);
        assertThat(month.total().interval().low()).isGreaterThan(2000);
        assertThat(MonthEnd.project(2000, forecast, 10, 2000 + expected, Confidence.NINETY_FIVE, 42))
                .isEqualTo(month);
        assertThat(MonthEnd.project(2000, forecast, 10, 1999, Confidence.NINETY_FIVE, 1)
                        .overBudget())
                .isOne();
        assertThat(MonthEnd.project(2000, forecast, 10, 1e9, Confidence.NINETY_FIVE, 1)
                        .overBudget())
                .isZero();
        MonthEnd over = MonthEnd.project(2000, forecast, 0, 2000, Confidence.NINETY_FIVE, 1);
        assertThat(over.total().interval()).isEqualTo(new Interval(2000, 2000));
        assertThat(over.overBudget()).isZero();
        MonthEnd unknown =
                MonthEnd.project(5, SpendForecast.of(new double[0], Confidence.NINETY), 3, 100, Confidence.NINETY, 1);
        assertThat(unknown.overBudget()).isNaN();
        assertThat(unknown.total().isKnown()).isFalse();
        assertThat(MonthEnd.project(50, SpendForecast.of(history(20, 1), Confidence.NINETY), 9, 0, Confidence.NINETY, 1)
                        .overBudget())
                .isOne();
    }

    @Test
    void alertsOnlyWhenAllThreeConditionsLast() {
        Reading out = reading("150", "100", "120", "1000");

        assertThat(BudgetAlert.DEFAULT.sounds(List.of(out, out))).isTrue();
        assertThat(BudgetAlert.DEFAULT.sounds(List.of(out))).isFalse();
        assertThat(BudgetAlert.DEFAULT.sounds(List.of(out, reading("120", "100", "110", "0"))))
                .isFalse();
        assertThat(BudgetAlert.DEFAULT.isOutOfLine(reading("120.01", "100", "110", "0")))
                .isTrue();
        assertThat(BudgetAlert.DEFAULT.isOutOfLine(reading("150", "100", "150", "0")))
                .isFalse();
        assertThat(BudgetAlert.DEFAULT.isOutOfLine(reading("15", "5.01", "6", "0")))
                .isFalse();
        assertThat(BudgetAlert.DEFAULT.isOutOfLine(reading("15", "5", "6", "0")))
                .isTrue();
        assertThat(BudgetAlert.DEFAULT.isOutOfLine(reading("150", "100", "120", "5001")))
                .isFalse();
        assertThat(BudgetAlert.DEFAULT.isOutOfLine(reading("150", "100", "120", "5000")))
                .isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> reading("-1", "1", "1", "1"))
                .withMessage("amount must be 0 or more: -1");
    }

    @Test
    void linesOfTheBudgetAreCrossedExactly() {
        assertThat(BudgetAlert.crossed(decimal("79.999999999"), decimal("100"))).containsExactly(decimal("0.5"));
        assertThat(BudgetAlert.crossed(decimal("80"), decimal("100"))).hasSize(2);
        assertThat(BudgetAlert.crossed(decimal("100"), decimal("100"))).hasSize(3);
        assertThat(BudgetAlert.crossed(decimal("100"), decimal("0"))).isEmpty();
    }

    @Test
    void retryStormIsSeenAndTheUsualIsNot() {
        SplittableRandom random = new SplittableRandom(11);
        RetryStorm storm = RetryStorm.usually(1.1);
        for (int block = 0; block < 2000; block++) {
            storm = storm.block(100 + random.nextInt(20), 100);
            assertThat(storm.alarms(2000)).isFalse();
        }
        RetryStorm stormy = storm;
        int blocks = 0;
        while (!stormy.alarms(2000)) {
            stormy = stormy.block(200, 100);
            blocks++;
        }

        assertThat(blocks).isLessThanOrEqualTo(3);
        assertThat(storm.block(300, 100).alarms(1e300)).isTrue();
        assertThat(storm.block(299, 100).alarms(1e300)).isFalse();
        assertThat(RetryStorm.usually(1).block(0, 0).logLevel()).isCloseTo(0, within(1e-12));
        assertThat(RetryStorm.usually(1).block(2_000_000_000, 1_000_000_000).logLevel())
                .isFinite();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetryStorm.usually(1).block(3, 5))
                .withMessage("attempts must be 5 or more: 3");
    }

    @Test
    void aLoopIsTenEqualCallsCountedOnce() {
        LoopGuard guard = new LoopGuard(LoopGuard.USUAL_REPEATS, 1000);
        for (int call = 1; call < 10; call++) {
            assertThat(guard.isLoop("c" + call, "hash", "search")).isFalse();
            assertThat(guard.isLoop("c" + call, "hash", "search")).isFalse();
            assertThat(guard.isLoop("d" + call, "hash", "mail")).isFalse();
        }

        assertThat(guard.isLoop("c10", "hash", "search")).isTrue();
        LoopGuard small = new LoopGuard(2, 1);
        small.isLoop("a", "h", "t");
        assertThat(small.isLoop("b", "h", "t")).isFalse();
    }

    @Test
    void conformalRangeHasTheRankOfFiniteSamples() {
        double[] residuals = {5, 1, 4, 2, 3, 6, 7, 8, 9};

        assertThat(Residuals.conformal(residuals, 0.2)).isEqualTo(new Interval(1, 9));
        assertThat(Residuals.conformal(residuals, 0.4)).isEqualTo(new Interval(2, 8));
        assertThat(Residuals.conformal(residuals, 0.19)).isEqualTo(Interval.EVERYTHING);
    }

    /** Weekly season, slow growth, 8 % noise. */
    private static double[] history(int days, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] spend = new double[days];
        Arrays.setAll(
                spend,
                day -> 100
                        * Math.exp(
                                0.002 * day + (day % 7 >= 5 ? -0.5 : 0.1 * (day % 7)) + 0.08 * random.nextGaussian()));
        return spend;
    }

    private static Reading reading(String amount, String expected, String bound, String budget) {
        return new Reading(decimal(amount), decimal(expected), decimal(bound), decimal(budget));
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }
}
