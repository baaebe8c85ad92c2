package io.pentameter.statistics.forecast;

import io.pentameter.statistics.interval.Interval;
import java.util.Arrays;

/** Errors of past forecasts, and the interval that they bear. */
final class Residuals {

    private Residuals() {}

    /**
     * Errors of {@code horizon}-step forecasts made at the end of each past day from the second season on, the newest
     * {@code limit} of them.
     */
    static double[] of(double[] values, Ets.Parameters parameters, int horizon, int limit) {
        Ets state = Ets.start(values, parameters);
        double[] residuals = new double[Math.max(0, values.length - horizon - 2 * parameters.season() + 1)];
        for (int t = 0; t + horizon < values.length; t++) {
            state = state.observe(values[t]);
            int slot = t + 1 - 2 * parameters.season();
            if (slot >= 0) {
                residuals[slot] = values[t + horizon] - state.forecast(horizon);
            }
        }
        return Arrays.copyOfRange(residuals, Math.max(0, residuals.length - limit), residuals.length);
    }

    /**
     * Range that the next error lies in with probability {@code 1 - alpha}: the residual of rank ceil((n+1)(1-α/2))
     * from below and from above; infinite where there is no such rank.
     */
    static Interval conformal(double[] residuals, double alpha) {
        double[] sorted = residuals.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        int rank = (int) Math.ceil((n + 1) * (1 - alpha / 2) - 1e-9);
        return rank > n ? Interval.EVERYTHING : new Interval(sorted[n - rank], sorted[rank - 1]);
    }

    /** Root mean square around 0; around the mean would hide a bias. */
    static double deviation(double[] residuals) {
        return Math.sqrt(Arrays.stream(residuals).map(r -> r * r).average().orElse(0));
    }
}
