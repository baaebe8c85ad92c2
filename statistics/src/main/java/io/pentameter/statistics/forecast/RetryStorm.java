package io.pentameter.statistics.forecast;

import io.pentameter.statistics.interval.Require;
import java.util.Arrays;

/**
 * Sees a storm of retries within minutes: attempts per request rise beyond what is usual.
 *
 * <pre>
 * per block of 5 minutes with a attempts of n requests:
 * μ = 1.2 · usual attempts per request · n       factor_r = exp(a ln r - (r-1) μ),  r in {1.5, 2, 4}
 * M_r ← (M_r + 1) · factor_r,   M = mean,   alarm when M >= A blocks;   or at once when a >= 3 n
 * </pre>
 *
 * <p>The likelihood ratio of Poisson counts as an e-detector (Shin, Ramdas, Rinaldo 2024): mean number of blocks to a
 * false alarm is {@code A} or more as long as {@code E[r^a] <= exp((r-1)μ)}, which holds for Poisson counts and for
 * attempts that each fail independently. Burstier failures can break it; that is what the 20 % are for. State is one
 * number per {@code r}; immutable.
 */
public final class RetryStorm {

    /** Attempts per request that alarm without further evidence. */
    public static final double AMPLIFICATION = 3;

    private static final double[] RATIOS = {1.5, 2, 4};
    private static final double TOLERANCE = 1.2;

    private final double usual;
    private final double[] logLevels;
    private final boolean amplified;

    private RetryStorm(double usual, double[] logLevels, boolean amplified) {
        this.usual = usual;
        this.logLevels = logLevels;
        this.amplified = amplified;
    }

    /** A detector without evidence; {@code usual} attempts per request are 1 or more. */
    public static RetryStorm usually(double usual) {
        if (!(usual >= 1 && usual < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("usual must be 1 or more: " + usual);
        }
        double[] nothing = new double[RATIOS.length];
        Arrays.fill(nothing, Double.NEGATIVE_INFINITY);
        return new RetryStorm(usual, nothing, false);
    }

    /** The state after one block of 5 minutes; a block without requests adds time but no evidence. */
    public RetryStorm block(long attempts, long requests) {
        Require.atLeast(0, "requests", requests);
        Require.atLeast(requests, "attempts", attempts);
        double mean = TOLERANCE * usual * requests;
        double[] next = new double[RATIOS.length];
        for (int i = 0; i < RATIOS.length; i++) {
            next[i] = logPlusOne(logLevels[i]) + attempts * Math.log(RATIOS[i]) - (RATIOS[i] - 1) * mean;
        }
        return new RetryStorm(usual, next, requests > 0 && attempts >= AMPLIFICATION * requests);
    }

    /** Logarithm of M, the evidence in blocks. */
    public double logLevel() {
        double largest = Arrays.stream(logLevels).max().orElseThrow();
        return largest == Double.NEGATIVE_INFINITY
                ? largest
                : largest
                        + Math.log(Arrays.stream(logLevels)
                                .map(log -> Math.exp(log - largest))
                                .average()
                                .orElseThrow());
    }

    /**
     * Whether the evidence has reached {@code thresholdBlocks} (above 0), or the last block had three attempts per
     * request.
     */
    public boolean alarms(double thresholdBlocks) {
        return amplified || logLevel() >= Math.log(Require.positive("thresholdBlocks", thresholdBlocks));
    }

    private static double logPlusOne(double log) {
        return log > 0 ? log + Math.log1p(Math.exp(-log)) : Math.log1p(Math.exp(log));
    }
}
