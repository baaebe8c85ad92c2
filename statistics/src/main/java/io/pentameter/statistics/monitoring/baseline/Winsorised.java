package io.pentameter.statistics.monitoring.baseline;

import io.pentameter.statistics.interval.Require;

/**
 * Puts an amount without bounds (tokens, cost) on the scale 0..1 that detectors take: {@code min(x, cap)/cap}.
 *
 * <p>What lies beyond the cap counts as the cap: a rise of rare giants is seen by an exceedance stream, not by this
 * mean.
 *
 * <p>Source: W. J. Dixon, Annals of Mathematical Statistics 31 (1960), 385–391. Not for bills: money is never cut.
 *
 * @param cap p99.9 of the baseline, above 0
 */
public record Winsorised(double cap) {

    public Winsorised {
        Require.positive("cap", cap);
    }

    /** {@code amount} (0 or more) as a score in 0..1. */
    public double score(double amount) {
        return Math.min(Require.notNegative("amount", amount), cap) / cap;
    }
}
