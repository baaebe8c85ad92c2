package io.pentameter.statistics.forecast;

import io.pentameter.statistics.interval.Require;
import java.util.ArrayList;
import java.util.List;

/**
 * Exponential smoothing of a series without a season: level alone, or level with a (damped) trend.
 *
 * <pre>
 * simple:  l_t = α y_t + (1-α) l_{t-1}                                    l_0 = y_1
 * Holt:    l_t = α y_t + (1-α)(l_{t-1} + φ b_{t-1}),
 *          b_t = β* (l_t - l_{t-1}) + (1-β*) φ b_{t-1}                    l_0 = y_1, b_0 = y_2 - y_1
 * forecast l_n + (φ + … + φ^h) b_n
 * </pre>
 *
 * <p>Hyndman and Athanasopoulos, "Forecasting: principles and practice", 3rd edition, sections 8.1 and 8.2. Spending
 * has a weekly season; {@link Ets} is the model for it. NIST's {@code S_t} is the level after {@code t-1} values here.
 *
 * <p>3rd edition 2021. Values in any unit, oldest first, none missing. Not for daily spend, which has a season.
 *
 * @param levels level after each value
 * @param trend trend after the last value; 0 for simple smoothing
 * @param damping φ
 * @param squaredErrors Σ (y_t - one-step forecast)² from the second value on
 */
public record Smoothing(List<Double> levels, double trend, double damping, double squaredErrors) {

    public Smoothing {
        levels = List.copyOf(levels);
    }

    /** Simple smoothing of at least one value with {@code alpha} in 0..1. */
    public static Smoothing simple(double[] values, double alpha) {
        return smooth(values, alpha, 0, 1, 0);
    }

    /**
     * Holt's smoothing of at least two values.
     *
     * @param alpha    weight of the newest value in the level, 0 to 1
     * @param betaStar weight of the newest slope in the trend, 0 to 1
     * @param phi      damping, above 0, at most 1; 1 is Holt's linear trend
     */
    public static Smoothing holt(double[] values, double alpha, double betaStar, double phi) {
        Require.atLeast(2, "number of values", values.length);
        Require.share("betaStar", betaStar);
        return smooth(values, alpha, betaStar, Require.probability("phi", phi), values[1] - values[0]);
    }

    private static Smoothing smooth(double[] values, double alpha, double betaStar, double phi, double firstTrend) {
        Require.atLeast(1, "number of values", values.length);
        Require.share("alpha", alpha);
        double level = values[0];
        double trend = firstTrend;
        double squares = 0;
        List<Double> levels = new ArrayList<>();
        for (int t = 0; t < values.length; t++) {
            double expected = level + phi * trend;
            double error = Require.finite("value", values[t]) - expected;
            squares += t > 0 ? error * error : 0;
            double before = level;
            level = expected + alpha * error;
            trend = betaStar * (level - before) + (1 - betaStar) * phi * trend;
            levels.add(level);
        }
        return new Smoothing(levels, trend, phi, squares);
    }

    /** Forecast {@code horizon} steps ahead, 1 or more. */
    public double forecast(int horizon) {
        return levels.getLast() + trend * Ets.dampedSum(damping, Require.atLeast(1, "horizon", horizon));
    }
}
