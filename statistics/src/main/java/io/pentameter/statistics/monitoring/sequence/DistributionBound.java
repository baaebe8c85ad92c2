package io.pentameter.statistics.monitoring.sequence;

import io.pentameter.statistics.interval.Require;
import java.util.function.DoubleUnaryOperator;

/**
 * How far the empirical distribution function may stray from the true one, at all points and all times from {@code
 * tMin} on.
 *
 * <pre>bound(t) = A √( (ln(1 + ln(t/t_min)) + C) / t )</pre>
 *
 * <p>The empirical-process bound of the iterated logarithm, Howard and Ramdas 2022, theorem 2: {@code C} is the least
 * for which the error probability, minimised over the epochs' ratio, is {@code alpha}. A time-uniform
 * Dvoretzky–Kiefer–Wolfowitz bound.
 */
public final class DistributionBound {

    private final double tMin;
    private final double scale;
    private final double c;

    /**
     * Solves for the constant; then {@link #bound} is cheap.
     *
     * @param alpha probability that the bound ever fails, between 0 and 1
     * @param tMin  number of values from which on it holds, 1 or more
     * @param scale the constant A, above 1/√2; 0.85 is usual
     */
    public DistributionBound(double alpha, double tMin, double scale) {
        Require.betweenZeroAndOne("alpha", alpha);
        if (!(tMin >= 1 && tMin < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("tMin must be 1 or more: " + tMin);
        }
        if (!(scale > Math.sqrt(0.5) && scale < 100)) {
            throw new IllegalArgumentException("scale must be above 0.7072 and below 100: " + scale);
        }
        this.tMin = tMin;
        this.scale = scale;
        c = Bisection.root(candidate -> leastLogError(candidate, scale) - Math.log(alpha), 1e-3, 1e4);
    }

    /** Largest distance of the distribution functions after {@code t} values; infinite before {@code tMin}. */
    public double bound(double t) {
        return t < tMin ? Double.POSITIVE_INFINITY : scale * Math.sqrt((Math.log1p(Math.log(t / tMin)) + c) / t);
    }

    private static double leastLogError(double c, double scale) {
        double end =
                Bisection.root(eta -> Math.sqrt(eta / 2) + Math.sqrt(2 * (eta - 1) / c) - scale, 1, 2 * scale * scale);
        return least(eta -> logError(c, scale, eta), 1, end);
    }

    private static double logError(double c, double scale, double eta) {
        double root = scale - Math.sqrt(2 * (eta - 1) / c);
        double gamma = 2 / eta * root * root;
        return gamma > 1 && eta > 1
                ? Math.log(4) - gamma * c + Math.log1p(1 / ((gamma - 1) * Math.log(eta)))
                : Double.POSITIVE_INFINITY;
    }

    /** Least value of a function with one valley, by the golden section. */
    private static double least(DoubleUnaryOperator function, double from, double to) {
        double ratio = (Math.sqrt(5) - 1) / 2;
        double low = from;
        double high = to;
        for (int i = 0; i < 100; i++) {
            double left = high - ratio * (high - low);
            double right = low + ratio * (high - low);
            if (function.applyAsDouble(left) < function.applyAsDouble(right)) {
                high = right;
            } else {
                low = left;
            }
        }
        return function.applyAsDouble((low + high) / 2);
    }
}
