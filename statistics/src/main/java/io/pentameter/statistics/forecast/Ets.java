package io.pentameter.statistics.forecast;

import io.pentameter.statistics.interval.Require;
import java.util.Arrays;

/**
 * Exponential smoothing with additive errors, damped trend and additive season: ETS(A,Ad,A).
 *
 * <pre>
 * ŷ = l + φ b + s_{t-m};   e = y - ŷ
 * l ← l + φ b + α e;   b ← φ b + α β* e;   s_t = s_{t-m} + γ e
 * forecast h:  l + (φ + … + φ^h) b + s of that day of the season
 * start:  l = mean(y_1..y_m),  b = (mean(y_{m+1}..y_{2m}) - l)/m,  s_i = y_i - l
 * </pre>
 *
 * <p>Hyndman, Koehler, Ord, Snyder, "Forecasting with Exponential Smoothing" (2008), state-space form; FPP3 section
 * 8.5. On log spend the season and the trend are multiplicative. Immutable; {@link #observe} gives the state after one
 * more value.
 *
 * <p>Assumes additive errors of one size. Not for less than two seasons, and not for spend that is mostly zero.
 */
public final class Ets {

    /**
     * Smoothing parameters.
     *
     * @param alpha    of the level, 0 to 1
     * @param betaStar of the trend relative to the level, 0 to 1
     * @param gamma    of the season, 0 to 1
     * @param phi      damping of the trend, above 0, at most 1
     * @param season   m, length of the season, 1 or more
     */
    public record Parameters(double alpha, double betaStar, double gamma, double phi, int season) {

        /** α 0.3, β* 0.1, γ 0.2, φ 0.98, seven days. */
        public static final Parameters DAILY = new Parameters(0.3, 0.1, 0.2, 0.98, 7);

        public Parameters {
            Require.share("alpha", alpha);
            Require.share("betaStar", betaStar);
            Require.share("gamma", gamma);
            Require.probability("phi", phi);
            Require.atLeast(1, "season", season);
        }
    }

    private static final double[] ALPHAS = {0.1, 0.2, 0.3, 0.5, 0.7};
    private static final double[] BETAS = {0.01, 0.1, 0.3};
    private static final double[] GAMMAS = {0.05, 0.1, 0.2, 0.4};
    private static final double[] PHIS = {0.9, 0.98};

    private final Parameters parameters;
    private final double level;
    private final double trend;
    /** Seasonal effects, that of the next value first. */
    private final double[] seasonal;

    private Ets(Parameters parameters, double level, double trend, double[] seasonal) {
        this.parameters = parameters;
        this.level = level;
        this.trend = trend;
        this.seasonal = seasonal;
    }

    /** The state before the first of {@code values}, of which there are two seasons or more. */
    public static Ets start(double[] values, Parameters parameters) {
        int m = parameters.season();
        Require.atLeast(2 * m, "number of values", values.length);
        for (double value : values) {
            Require.finite("value", value);
        }
        double first = Arrays.stream(values, 0, m).average().orElseThrow();
        double second = Arrays.stream(values, m, 2 * m).average().orElseThrow();
        double[] seasonal = new double[m];
        Arrays.setAll(seasonal, i -> values[i] - first);
        return new Ets(parameters, first, (second - first) / m, seasonal);
    }

    /** The state after all {@code values}, of which there are two seasons or more. */
    public static Ets fit(double[] values, Parameters parameters) {
        Ets state = start(values, parameters);
        for (double value : values) {
            state = state.observe(value);
        }
        return state;
    }

    /**
     * The parameters of a small grid with the least mean squared one-step error after the first two seasons; the
     * earlier ones on a tie.
     */
    public static Parameters bestOf(double[] values, int season) {
        Parameters best = new Parameters(0.3, 0.1, 0.2, 0.98, season);
        double least = squaredErrors(values, best);
        for (double alpha : ALPHAS) {
            for (double beta : BETAS) {
                for (double gamma : GAMMAS) {
                    for (double phi : PHIS) {
                        Parameters candidate = new Parameters(alpha, beta, gamma, phi, season);
                        double squares = squaredErrors(values, candidate);
                        if (squares < least) {
                            least = squares;
                            best = candidate;
                        }
                    }
                }
            }
        }
        return best;
    }

    private static double squaredErrors(double[] values, Parameters parameters) {
        Ets state = start(values, parameters);
        double squares = 0;
        for (int t = 0; t < values.length; t++) {
            double error = values[t] - state.forecast(1);
            squares += t >= 2 * parameters.season() ? error * error : 0;
            state = state.observe(values[t]);
        }
        return squares;
    }

    /** The state after one more value. */
    public Ets observe(double value) {
        double expected = level + parameters.phi() * trend;
        double error = Require.finite("value", value) - expected - seasonal[0];
        double[] next = new double[seasonal.length];
        System.arraycopy(seasonal, 1, next, 0, seasonal.length - 1);
        next[seasonal.length - 1] = seasonal[0] + parameters.gamma() * error;
        return new Ets(
                parameters,
                expected + parameters.alpha() * error,
                parameters.phi() * trend + parameters.alpha() * parameters.betaStar() * error,
                next);
    }

    /** Forecast {@code horizon} steps ahead, 1 or more. */
    public double forecast(int horizon) {
        return level
                + trend * dampedSum(parameters.phi(), Require.atLeast(1, "horizon", horizon))
                + seasonal[(horizon - 1) % seasonal.length];
    }

    /** l. */
    public double level() {
        return level;
    }

    /** b. */
    public double trend() {
        return trend;
    }

    /** φ + … + φ^h. */
    static double dampedSum(double phi, int horizon) {
        return phi == 1 ? horizon : phi * (1 - Math.pow(phi, horizon)) / (1 - phi);
    }
}
