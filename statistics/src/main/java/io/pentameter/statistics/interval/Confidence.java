package io.pentameter.statistics.interval;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How often an interval is to hold the true value in the long run.
 *
 * @param level between 0 and 1, ends excluded; 0.95 is usual
 */
public record Confidence(double level) {

    /** 95 %, used wherever nothing else was asked for. */
    public static final Confidence NINETY_FIVE = new Confidence(0.95);

    /** 90 %. */
    public static final Confidence NINETY = new Confidence(0.90);

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    public Confidence {
        Require.betweenZeroAndOne("confidence", level);
    }

    /** The confidence that errs with probability {@code alpha}, which is between 0 and 1, ends excluded. */
    public static Confidence erring(double alpha) {
        return new Confidence(1 - Require.betweenZeroAndOne("alpha", alpha));
    }

    /** Probability that the interval misses, on both sides together. */
    public double alpha() {
        return 1 - level;
    }

    /** Quantile of the standard normal distribution that leaves half of {@link #alpha} above; 1.959964 for 95 %. */
    public double z() {
        return NORMAL.inverseSurvivalProbability(alpha() / 2);
    }

    /** Quantile of the standard normal distribution that leaves all of {@link #alpha} above; 1.644854 for 95 %. */
    public double zOneSided() {
        return NORMAL.inverseSurvivalProbability(alpha());
    }
}
