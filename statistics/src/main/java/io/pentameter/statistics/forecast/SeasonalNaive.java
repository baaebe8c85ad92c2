package io.pentameter.statistics.forecast;

import io.pentameter.statistics.interval.Require;

/**
 * Next Tuesday will be like last Tuesday.
 *
 * <pre>
 * forecast h:  value of the same day of the last season        σ_h = σ √(floor((h-1)/m) + 1)
 * σ = root mean square of y_t - y_{t-m}
 * </pre>
 *
 * <p>Hyndman and Athanasopoulos, FPP3 sections 5.2 and 5.5. For histories too short for {@link Ets}, and as the
 * yardstick that any other method must beat.
 *
 * <p>3rd edition 2021. Not for a level that moves: it lags by a week.
 */
public final class SeasonalNaive {

    private final double[] values;
    private final int season;
    private final double sigma;

    /**
     * Of a history of more than one season.
     *
     * @param values finite, oldest first
     * @param season m, 1 or more
     */
    public SeasonalNaive(double[] values, int season) {
        this.season = Require.atLeast(1, "season", season);
        Require.atLeast(season + 1, "number of values", values.length);
        this.values = values.clone();
        sigma = Residuals.deviation(residuals());
    }

    /** Forecast {@code horizon} steps ahead, 1 or more. */
    public double forecast(int horizon) {
        return values[values.length - season + (Require.atLeast(1, "horizon", horizon) - 1) % season];
    }

    /** Standard error of {@link #forecast}. */
    public double sigma(int horizon) {
        return sigma * Math.sqrt(Math.floorDiv(Require.atLeast(1, "horizon", horizon) - 1, season) + 1.0);
    }

    /** Differences to the season before, oldest first. */
    double[] residuals() {
        double[] differences = new double[values.length - season];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = Require.finite("value", values[i + season]) - Require.finite("value", values[i]);
        }
        return differences;
    }
}
