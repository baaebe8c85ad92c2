package io.pentameter.statistics.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.statistics.cases.PublishedCase;
import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Errors, limits and each length of history, by hand. */
class ForecastDetailTest {

    private static final Confidence CONFIDENCE = Confidence.NINETY_FIVE;
    private static final double Z = 1.959963984540054;

    @Test
    @DisplayName("intraday-precision-numpy")
    void theDayIsWeighedByItsPrecision() {
        PublishedCase independent = PublishedCase.of("independent", "intraday-precision-numpy");
        JsonNode input = independent.input();

        IntradayProjection projection = IntradayProjection.of(
                PublishedCase.numbers(input.path("shares")), input.path("spent").doubleValue());

        assertThat(projection.projection())
                .isCloseTo(independent.expected().path("projection").doubleValue(), within(1e-9));
        assertThat(projection.variance())
                .isCloseTo(independent.expected().path("variance").doubleValue(), within(1e-9));
        assertThat(projection.combinedWith(
                        input.path("prior").doubleValue(),
                        input.path("prior_variance").doubleValue()))
                .isCloseTo(independent.expected().path("combined").doubleValue(), within(1e-9));
    }

    @Test
    @DisplayName("retry-storm-by-hand")
    void theStormFollowsItsRecursion() {
        PublishedCase independent = PublishedCase.of("independent", "retry-storm-by-hand");
        RetryStorm storm = RetryStorm.usually(independent.input().path("usual").doubleValue());
        assertThat(storm.logLevel()).isEqualTo(Double.NEGATIVE_INFINITY);
        for (JsonNode block : independent.input().path("blocks")) {
            storm = storm.block(block.get(0).longValue(), block.get(1).longValue());
        }

        double level = independent.expected().path("level").doubleValue();
        assertThat(Math.exp(storm.logLevel())).isCloseTo(level, within(1e-9 * level));
        assertThat(storm.alarms(level * (1 - 1e-9))).isTrue();
        assertThat(storm.alarms(level * (1 + 1e-9))).isFalse();
        assertThat(RetryStorm.usually(1).block(0, 0).alarms(1e9)).isFalse(); // no request is no amplification
    }

    @Test
    void aRunRateIsTheMeanOfTheLogarithmsWithTheirSpread() {
        double[] spend = {10, 20, 40};
        Estimate day = SpendForecast.of(spend, CONFIDENCE).day(5);

        double[] logs = Arrays.stream(spend).map(one -> Math.log(one + 0.01)).toArray();
        double mean = Arrays.stream(logs).average().orElseThrow();
        double deviation = Math.sqrt(Arrays.stream(logs)
                .map(log -> (log - mean) * (log - mean))
                .average()
                .orElseThrow());
        double reach = Z * deviation * Math.sqrt(4.0 / 3);
        assertThat(day.method()).isEqualTo("run-rate");
        assertThat(day.value()).isCloseTo(Math.exp(mean) - 0.01, within(1e-9));
        assertThat(day.interval().low()).isCloseTo(Math.exp(mean - reach) - 0.01, within(1e-9));
        assertThat(day.interval().high()).isCloseTo(Math.exp(mean + reach) - 0.01, within(1e-9));
        assertThat(day.standardError()).isCloseTo((day.value() + 0.01) * deviation, within(1e-9));
        assertThat(day.warnings()).extracting("code").containsExactly("low-confidence");
        Estimate single = SpendForecast.of(new double[] {7}, CONFIDENCE).day(1);
        assertThat(single.value()).isCloseTo(7, within(1e-9));
        assertThat(single.standardError()).isInfinite();
        assertThat(single.interval()).isEqualTo(new Interval(0, Double.POSITIVE_INFINITY));
    }

    @Test
    void eachLengthOfHistoryHasItsMethod() {
        assertThat(SpendForecast.of(weekly(13), CONFIDENCE).day(1).method()).isEqualTo("run-rate");
        Estimate naive = SpendForecast.of(weekly(14), CONFIDENCE).day(1);
        assertThat(naive.method()).isEqualTo("seasonal-naive");
        assertThat(naive.warnings()).extracting("code").containsExactly("interval-approximate");
        assertThat(SpendForecast.of(weekly(27), CONFIDENCE).day(1).method()).isEqualTo("seasonal-naive");
        assertThat(SpendForecast.of(weekly(28), CONFIDENCE).day(1).method()).isEqualTo("ets-aada-conformal");
        assertThat(SpendForecast.of(weekly(28), CONFIDENCE).day(1).warnsOf("interval-approximate"))
                .isTrue(); // 14 errors, 39 are needed
        assertThat(SpendForecast.of(weekly(84), CONFIDENCE).day(1).warnings()).isEmpty();
        assertThat(SpendForecast.of(new double[0], CONFIDENCE).day(1).method()).isEqualTo("run-rate");
    }

    @Test
    void theConformalIntervalIsMadeOfTheErrorsOfThatHorizon() {
        double[] spend = weekly(90);
        Estimate day = SpendForecast.of(spend, CONFIDENCE).day(3);
        double[] logs = Arrays.stream(spend).map(one -> Math.log(one + 0.01)).toArray();
        Ets.Parameters parameters = Ets.bestOf(logs, 7);
        double[] errors = Residuals.of(logs, parameters, 3, 56);
        Arrays.sort(errors);
        double centre = Ets.fit(logs, parameters).forecast(3);

        assertThat(errors).hasSize(56);
        assertThat(day.value()).isCloseTo(Math.exp(centre) - 0.01, within(1e-9));
        assertThat(day.interval().low())
                .isCloseTo(Math.min(day.value(), Math.exp(centre + errors[0]) - 0.01), within(1e-9));
        assertThat(day.interval().high())
                .isCloseTo(Math.max(day.value(), Math.exp(centre + errors[55]) - 0.01), within(1e-9));
    }

    /** The least squares of the grid are found: no other candidate has less. */
    @Test
    void theBestParametersHaveTheLeastError() {
        double[] logs = Arrays.stream(weekly(70)).map(Math::log).toArray();
        Ets.Parameters best = Ets.bestOf(logs, 7);

        double least = squaredErrors(logs, best);
        for (double alpha : new double[] {0.1, 0.2, 0.3, 0.5, 0.7}) {
            for (double beta : new double[] {0.01, 0.1, 0.3}) {
                for (double gamma : new double[] {0.05, 0.1, 0.2, 0.4}) {
                    for (double phi : new double[] {0.9, 0.98}) {
                        assertThat(squaredErrors(logs, new Ets.Parameters(alpha, beta, gamma, phi, 7)))
                                .isGreaterThanOrEqualTo(least);
                    }
                }
            }
        }
        assertThat(squaredErrors(logs, Ets.Parameters.DAILY)).isGreaterThan(least);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ets.start(new double[13], Ets.Parameters.DAILY))
                .withMessage("number of values must be 14 or more: 13");
    }

    private static double squaredErrors(double[] logs, Ets.Parameters parameters) {
        double squares = 0;
        for (int t = 14; t < logs.length; t++) {
            Ets before = Ets.start(logs, parameters);
            for (int i = 0; i < t; i++) {
                before = before.observe(logs[i]);
            }
            squares += Math.pow(logs[t] - before.forecast(1), 2);
        }
        return squares;
    }

    @Test
    void theSeasonalNaiveIsLastWeekWithTheErrorOfAWeek() {
        double[] values = {1, 2, 3, 4, 5, 6, 7, 3, 2, 3, 4, 5, 6, 8};
        SeasonalNaive naive = new SeasonalNaive(values, 7);

        assertThat(naive.residuals()).containsExactly(2, 0, 0, 0, 0, 0, 1);
        assertThat(naive.forecast(1)).isEqualTo(3);
        assertThat(naive.forecast(7)).isEqualTo(8);
        assertThat(naive.forecast(8)).isEqualTo(3);
        assertThat(naive.sigma(7)).isCloseTo(Math.sqrt(5.0 / 7), within(1e-12));
        assertThat(naive.sigma(15)).isCloseTo(Math.sqrt(5.0 / 7 * 3), within(1e-12));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SeasonalNaive(new double[7], 7))
                .withMessage("number of values must be 8 or more: 7");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SeasonalNaive(new double[] {1, Double.NaN}, 1))
                .withMessage("value must be a finite number: NaN");
    }

    @Test
    void residualsBeginAfterTwoSeasons() {
        double[] values = new double[20];
        Arrays.setAll(values, i -> i % 7 + 0.1 * i * i);
        Ets.Parameters parameters = Ets.Parameters.DAILY;

        assertThat(Residuals.of(values, parameters, 1, 99)).hasSize(6);
        assertThat(Residuals.of(values, parameters, 6, 99)).hasSize(1);
        assertThat(Residuals.of(values, parameters, 7, 99)).isEmpty();
        assertThat(Residuals.of(values, parameters, 30, 99)).isEmpty();
        assertThat(Residuals.of(values, parameters, 1, 2))
                .containsExactly(Arrays.copyOfRange(Residuals.of(values, parameters, 1, 99), 4, 6));
        assertThat(Residuals.conformal(new double[0], 0.05)).isEqualTo(Interval.EVERYTHING);
        assertThat(Residuals.deviation(new double[] {3, -4})).isCloseTo(Math.sqrt(12.5), within(1e-12));
    }

    @Test
    void aDampedTrendSmoothsAsItsFormula() {
        Smoothing smoothed = Smoothing.holt(new double[] {10, 12, 15}, 0.5, 0.4, 0.9);

        // l0 = 10, b0 = 2: after 10: expected 11.8, e = -1.8, l = 10.9, b = .4 * .9 + .6 * .9 * 2 = 1.44
        // after 12: expected 12.196, e = -.196, l = 12.098, b = .4 * 1.198 + .6 * .9 * 1.44 = 1.2568
        // after 15: expected 13.22912, e = 1.77088, l = 14.11456, b = .4 * 2.01656 + .6 * .9 * 1.2568 = 1.485296
        assertThat(smoothed.levels().get(0)).isCloseTo(10.9, within(1e-12));
        assertThat(smoothed.levels().get(1)).isCloseTo(12.098, within(1e-12));
        assertThat(smoothed.levels().get(2)).isCloseTo(14.11456, within(1e-12));
        assertThat(smoothed.trend()).isCloseTo(1.485296, within(1e-12));
        assertThat(smoothed.squaredErrors()).isCloseTo(0.196 * 0.196 + 1.77088 * 1.77088, within(1e-12));
        assertThat(smoothed.forecast(2)).isCloseTo(14.11456 + (0.9 + 0.81) * 1.485296, within(1e-12));
    }

    @Test
    void theMonthHasTheSpreadOfItsPaths() {
        double[] spend = weekly(80);
        SpendForecast forecast = SpendForecast.of(spend, CONFIDENCE);
        double[] residuals = forecast.oneStepResiduals();
        SplittableRandom random = new SplittableRandom(11);
        double[] totals = new double[1_000];
        Arrays.setAll(totals, _ -> 500 + forecast.simulate(12, residuals, random));
        Arrays.sort(totals);
        double mean = Arrays.stream(totals).average().orElseThrow();
        double squares = Arrays.stream(totals)
                .map(total -> (total - mean) * (total - mean))
                .sum();

        MonthEnd month = MonthEnd.project(500, forecast, 12, 2_000, CONFIDENCE, 11);

        assertThat(month.total().standardError()).isCloseTo(Math.sqrt(squares / 999), within(1e-9));
        assertThat(month.total().interval()).isEqualTo(new Interval(totals[25], totals[974]));
        assertThat(month.total().value()).isCloseTo((totals[499] + totals[500]) / 2, within(1e-9));
        assertThat(Arrays.stream(residuals).average().orElseThrow()).isCloseTo(0, within(1e-12));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MonthEnd.project(1, forecast, 367, 1, CONFIDENCE, 1))
                .withMessage("daysLeft must be in 0..366: 367");
        assertThat(MonthEnd.project(1, forecast, 0, 1, CONFIDENCE, 1).overBudget())
                .isZero();
    }

    /** Without noise a path is the forecast itself; with it, a naive week's error stays in its weekday. */
    @Test
    void pathsFollowTheMethodOfTheHistory() {
        double[] twoWeeks = new double[14];
        Arrays.setAll(twoWeeks, day -> 10 + day % 7);
        SpendForecast naive = SpendForecast.of(twoWeeks, CONFIDENCE);
        SpendForecast rate = SpendForecast.of(new double[] {10, 10}, CONFIDENCE);
        SplittableRandom random = new SplittableRandom(1);
        double up = Math.log(2);

        assertThat(naive.simulate(7, new double[] {0}, random)).isCloseTo(91, within(1e-9));
        assertThat(naive.simulate(0, new double[] {0}, random)).isZero();
        // every error doubles: the first week twice, the second four times (a cent aside)
        assertThat(naive.simulate(14, new double[] {up}, random)).isCloseTo(2.0 * 91 + 4.0 * 91, within(1.0));
        assertThat(naive.simulate(7, new double[0], random)).isCloseTo(91, within(1e-9));
        assertThat(rate.simulate(3, new double[] {up}, random)).isCloseTo(60, within(0.1));
        double[] month = weekly(40);
        SpendForecast seasonal = SpendForecast.of(month, CONFIDENCE);
        double first = seasonal.simulate(1, new double[] {up}, random);
        assertThat(first).isCloseTo(2 * (seasonal.day(1).value() + 0.01) - 0.01, within(1e-9));
        assertThat(seasonal.simulate(1, new double[] {0}, random))
                .isCloseTo(seasonal.day(1).value(), within(1e-9));
    }

    @Test
    void rulesOfTheBudgetAreChecked() {
        BigDecimal ten = BigDecimal.TEN;
        BigDecimal minus = new BigDecimal("-0.01");
        BigDecimal factor = new BigDecimal("1.2");
        assertRefused(() -> new BudgetAlert(BigDecimal.ONE, ten, BigDecimal.ZERO, 1), "factor must be above 1: 1");
        assertRefused(() -> new BudgetAlert(factor, minus, BigDecimal.ZERO, 1), "leastExcess must be 0 or more: -0.01");
        assertRefused(() -> new BudgetAlert(factor, ten, minus, 1), "budgetShare must be 0 or more: -0.01");
        assertRefused(
                () -> new BudgetAlert(factor, ten, new BigDecimal("1.01"), 1), "budgetShare must be at most 1: 1.01");
        assertRefused(() -> new BudgetAlert(factor, ten, BigDecimal.ONE, 0), "evaluations must be 1 or more: 0");
        assertThat(new BudgetAlert(factor, ten, BigDecimal.ONE, 1).evaluations())
                .isOne();
        assertRefused(() -> new BudgetAlert.Reading(ten, minus, ten, ten), "expected must be 0 or more: -0.01");
        assertRefused(() -> new BudgetAlert.Reading(ten, ten, minus, ten), "upperBound must be 0 or more: -0.01");
        assertRefused(() -> new BudgetAlert.Reading(ten, ten, ten, minus), "monthlyBudget must be 0 or more: -0.01");
        assertRefused(() -> BudgetAlert.crossed(minus, ten), "spent must be 0 or more: -0.01");
        assertRefused(() -> BudgetAlert.crossed(ten, minus), "budget must be 0 or more: -0.01");
        assertRefused(
                () -> SpendForecast.of(new double[2], new double[] {1}, new double[0], CONFIDENCE),
                "spend and factors must have the same length: 2 and 1");
        assertRefused(() -> RetryStorm.usually(Double.POSITIVE_INFINITY), "usual must be 1 or more: Infinity");
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }

    private static double[] weekly(int days) {
        SplittableRandom random = new SplittableRandom(days);
        double[] spend = new double[days];
        Arrays.setAll(
                spend,
                day -> 50
                        * Math.exp(
                                (day % 7 >= 5 ? -0.4 : 0.05 * (day % 7)) + 0.003 * day + 0.1 * random.nextGaussian()));
        return spend;
    }
}
