package io.pentameter.statistics.forecast;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.Require;
import io.pentameter.statistics.interval.SampleSize;
import io.pentameter.statistics.interval.Warning;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Daily spending of the days to come, by the method that the length of the history bears.
 *
 * <pre>
 * y = ln(spend + 1 cent)
 * from 28 days:  {@link Ets}(A,Ad,A), weekly; parameters refitted from 56 days on
 *                interval: quantiles of the last 56 h-step residuals, rank ceil((n+1)(1-α/2))      conformal
 * from 14 days:  same day of last week, σ_h = σ √(floor((h-1)/7)+1)                                seasonal naive
 * below:         mean of y; flagged low confidence                                                 run rate
 * </pre>
 *
 * <p>Hyndman and Athanasopoulos, FPP3 sections 5.2, 5.5, 8.5; split conformal: Vovk, Gammerman, Shafer (2005). The
 * value is the <i>median</i> {@code exp(ŷ)}. When there are too few residuals for the rank, the interval is normal with
 * their spread and says so. Holidays and launches are given as factors: they are divided out of the past and multiplied
 * into the future. Assumes that the errors of the past eight weeks are like those to come.
 */
public final class SpendForecast {

    /** Days of history from which the seasonal model is used. */
    public static final int SEASONAL_DAYS = 28;

    private static final int NAIVE_DAYS = 14;
    private static final int REFIT_DAYS = 56;
    private static final int RESIDUALS = 56;
    private static final int WEEK = 7;
    private static final double CENT = 0.01;
    private static final Interval POSSIBLE = new Interval(0, Double.POSITIVE_INFINITY);

    private final double[] logs;
    private final double[] futureFactors;
    private final Confidence confidence;
    private final @Nullable Ets model;
    private final Ets.Parameters parameters;

    private SpendForecast(double[] logs, double[] futureFactors, Confidence confidence) {
        this.logs = logs;
        this.futureFactors = futureFactors;
        this.confidence = confidence;
        parameters = logs.length >= REFIT_DAYS ? Ets.bestOf(logs, WEEK) : Ets.Parameters.DAILY;
        model = logs.length >= SEASONAL_DAYS ? Ets.fit(logs, parameters) : null;
    }

    /** Forecast after {@code spend} of past whole days (0 or more each, oldest first), without known events. */
    public static SpendForecast of(double[] spend, Confidence confidence) {
        double[] factors = new double[spend.length];
        Arrays.fill(factors, 1);
        return of(spend, factors, new double[0], confidence);
    }

    /**
     * Forecast with known events.
     *
     * @param spend         of past whole days, 0 or more each, oldest first, none missing
     * @param factors       what events multiplied each past day by, above 0; 1 for a usual day
     * @param futureFactors what they will multiply the days to come by; days beyond are usual
     */
    public static SpendForecast of(double[] spend, double[] factors, double[] futureFactors, Confidence confidence) {
        Require.sameLength("spend", spend.length, "factors", factors.length);
        double[] logs = new double[spend.length];
        Arrays.setAll(
                logs,
                day -> Math.log(
                        Require.notNegative("spend", spend[day]) / Require.positive("factor", factors[day]) + CENT));
        for (double factor : futureFactors) {
            Require.positive("factor", factor);
        }
        return new SpendForecast(logs, futureFactors.clone(), confidence);
    }

    /** Spend of the day {@code horizon} days after the last one, 1 or more. */
    public Estimate day(int horizon) {
        Require.atLeast(1, "horizon", horizon);
        if (logs.length == 0) {
            return Estimate.unknown(POSSIBLE, confidence, method());
        }
        double centre = logForecast(horizon);
        double[] residuals = residuals(horizon);
        double spread = Residuals.deviation(residuals);
        Interval range;
        boolean approximate = true;
        if (model != null) {
            Interval conformal = Residuals.conformal(residuals, confidence.alpha());
            approximate = Double.isInfinite(conformal.width());
            range = approximate ? normal(spread) : conformal;
        } else if (logs.length >= NAIVE_DAYS) {
            spread = new SeasonalNaive(logs, WEEK).sigma(horizon);
            range = normal(spread);
        } else {
            range = logs.length < 2 ? Interval.EVERYTHING : normal(spread * Math.sqrt(1 + 1.0 / logs.length));
        }
        double value = toSpend(centre, horizon);
        Estimate estimate = new Estimate(
                value,
                logs.length < 2 ? Double.POSITIVE_INFINITY : (value + CENT) * spread,
                new Interval(
                        Math.min(value, toSpend(centre + range.low(), horizon)),
                        Math.max(value, toSpend(centre + range.high(), horizon))),
                confidence,
                method(),
                SampleSize.simple(logs.length),
                List.of());
        return approximate ? estimate.with(approximation()) : estimate;
    }

    private Warning approximation() {
        return logs.length >= NAIVE_DAYS
                ? new Warning(
                        "interval-approximate", "Too few past errors for a conformal interval; it is a normal one.")
                : new Warning("low-confidence", "Fewer than 14 days of history: a mere run rate.");
    }

    /** Spend of the next {@code days} days along one random path of errors; the sum of many gives {@link MonthEnd}. */
    double simulate(int days, double[] oneStepResiduals, SplittableRandom random) {
        return Arrays.stream(path(days, oneStepResiduals, random)).sum();
    }

    /** The same, day by day. */
    double[] path(int days, double[] oneStepResiduals, SplittableRandom random) {
        double[] path = new double[days];
        Ets state = model;
        double[] weekErrors = new double[WEEK];
        for (int day = 1; day <= days; day++) {
            double error = oneStepResiduals.length == 0 ? 0 : oneStepResiduals[random.nextInt(oneStepResiduals.length)];
            double log;
            if (state != null) {
                log = state.forecast(1) + error;
                state = state.observe(log);
            } else if (logs.length >= NAIVE_DAYS) {
                weekErrors[day % WEEK] += error; // a week's error carries on to the next one
                log = logForecast(day) + weekErrors[day % WEEK];
            } else {
                log = logForecast(day) + error;
            }
            path[day - 1] = toSpend(log, day);
        }
        return path;
    }

    /** Errors of one-step forecasts, centred at 0. */
    double[] oneStepResiduals() {
        double[] residuals = residuals(1);
        double mean = Arrays.stream(residuals).average().orElse(0);
        return Arrays.stream(residuals).map(residual -> residual - mean).toArray();
    }

    /** What must be said of anything built on so short a history; nothing from eight weeks on. */
    List<Warning> shortHistory() {
        if (logs.length < NAIVE_DAYS) {
            return List.of(approximation());
        }
        return logs.length < REFIT_DAYS
                ? List.of(new Warning(
                        "short-history",
                        "%d days of history; with fewer than %d the interval is somewhat too narrow."
                                .formatted(logs.length, REFIT_DAYS)))
                : List.of();
    }

    /** Whether there is a day of history at all. */
    boolean isKnown() {
        return logs.length > 0;
    }

    private double logForecast(int horizon) {
        if (model != null) {
            return model.forecast(horizon);
        }
        return logs.length >= NAIVE_DAYS
                ? new SeasonalNaive(logs, WEEK).forecast(horizon)
                : Arrays.stream(logs).average().orElseThrow();
    }

    /** Errors that the method would have made {@code horizon} days ahead, newest last. */
    private double[] residuals(int horizon) {
        if (model != null) {
            return Residuals.of(logs, parameters, horizon, RESIDUALS);
        }
        if (logs.length >= NAIVE_DAYS) {
            return new SeasonalNaive(logs, WEEK).residuals();
        }
        double mean = Arrays.stream(logs).average().orElse(0);
        return Arrays.stream(logs).map(log -> log - mean).toArray();
    }

    private Interval normal(double spread) {
        return new Interval(-confidence.z() * spread, confidence.z() * spread);
    }

    private double toSpend(double log, int horizon) {
        double factor = horizon <= futureFactors.length ? futureFactors[horizon - 1] : 1;
        return Math.max(0, Math.exp(log) - CENT) * factor;
    }

    private String method() {
        if (logs.length >= SEASONAL_DAYS) {
            return "ets-aada-conformal";
        }
        return logs.length >= NAIVE_DAYS ? "seasonal-naive" : "run-rate";
    }
}
