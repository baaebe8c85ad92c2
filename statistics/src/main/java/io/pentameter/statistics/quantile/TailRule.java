package io.pentameter.statistics.quantile;

import io.pentameter.statistics.interval.Require;

/**
 * Whether a quantile far out may be shown: the tail beyond it must hold enough observations.
 *
 * <p>Rule: {@code n (1 - q) >= minInTail}, with 10 by default. p99.9 of 3 000 requests is the third largest value,
 * which says nothing about the tail of the next day.
 *
 * <p>The limit is Pentameter's choice. Not for the lower tail: there {@link
 * io.pentameter.statistics.interval.Woodruff#isSupported} looks at both sides.
 *
 * @param minInTail effective observations needed beyond the quantile, above 0
 */
public record TailRule(double minInTail) {

    /** Ten observations in the tail. */
    public static final TailRule DEFAULT = new TailRule(10);

    public TailRule {
        if (!(minInTail > 0)) {
            throw new IllegalArgumentException("minInTail must be above 0: " + minInTail);
        }
    }

    /**
     * Whether the {@code q}-quantile may be shown.
     *
     * @param q 0 to 1
     * @param effectiveSize number of observations, or Kish's effective number for weighted rows, 0 or more
     */
    public boolean allows(double q, double effectiveSize) {
        Require.share("q", q);
        return effectiveSize * (1 - q) >= minInTail * (1 - 1e-9);
    }
}
