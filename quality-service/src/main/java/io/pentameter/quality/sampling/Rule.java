package io.pentameter.quality.sampling;

import java.util.Locale;

/** Why a span may be looked at more often than the floor says. All are known before anybody has graded it. */
public enum Rule {
    /** The span failed. */
    ERROR(1.0, 1),
    /** An end user was not content with the trace; comes to be known late. */
    THUMBS_DOWN(1.0, 2),
    /** The call cost more than the tenant's 99th percentile of the past. */
    HIGH_COST(0.2, 4);

    private final double standard;
    private final int bit;

    Rule(double standard, int bit) {
        this.standard = standard;
        this.bit = bit;
    }

    /** Word in the API and in scores, for example {@code thumbs-down}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Probability that a new tenant starts with. */
    public double standardProbability() {
        return standard;
    }

    /** Its bit in a set of rules. */
    public int bit() {
        return bit;
    }
}
