package io.pentameter.statistics.drift;

import io.pentameter.statistics.interval.Require;

/**
 * When a change of mix is reported: it must be surely there, large enough to matter, and rest on enough requests.
 *
 * <p>Adjusted p below {@code level} <b>and</b> Jensen–Shannon distance at or above {@code leastDistance} <b>and</b>
 * {@code leastRequests}. With much traffic the test alone finds differences that nobody cares about; with little the
 * distance alone is noise.
 *
 * <p>The limits are Pentameter's choice. Assumes one look per closed day or week. Not for pages: it fills the digest.
 *
 * @param level largest adjusted p-value that counts, between 0 and 1
 * @param leastDistance smallest distance (base 2) that counts, 0 to 1
 * @param leastRequests requests needed in the current sample, 1 or more
 */
public record DriftRule(double level, double leastDistance, long leastRequests) {

    /** 5 %, distance 0.10, 200 requests. */
    public static final DriftRule DEFAULT = new DriftRule(0.05, 0.10, 200);

    public DriftRule {
        Require.betweenZeroAndOne("level", level);
        Require.share("leastDistance", leastDistance);
        Require.atLeast(1, "leastRequests", leastRequests);
    }

    /** What the rule says about one feature. */
    public enum Verdict {
        /** Fewer requests than the rule asks for; nothing can be said. */
        TOO_FEW_REQUESTS,
        /** Nothing that chance does not explain. */
        STEADY,
        /** A change surely, but too small to matter. */
        NEGLIGIBLE,
        /** A change that is sure and large. */
        DRIFTED
    }

    /**
     * Judges one feature.
     *
     * @param adjustedP p-value of {@link ContingencyTest} after Benjamini–Yekutieli over all features tested, 0 to 1
     * @param distance  {@link JensenShannon#distance}, 0 to 1
     * @param requests  requests of the current sample, 0 or more
     */
    public Verdict judge(double adjustedP, double distance, long requests) {
        Require.share("adjustedP", adjustedP);
        Require.share("distance", distance);
        if (Require.atLeast(0, "requests", requests) < leastRequests) {
            return Verdict.TOO_FEW_REQUESTS;
        }
        if (adjustedP >= level) {
            return Verdict.STEADY;
        }
        return distance >= leastDistance ? Verdict.DRIFTED : Verdict.NEGLIGIBLE;
    }
}
