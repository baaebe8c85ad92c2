package io.pentameter.statistics.monitoring.change;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.Mover;
import io.pentameter.statistics.interval.Require;
import io.pentameter.statistics.interval.SampleSize;
import io.pentameter.statistics.interval.Warning;
import io.pentameter.statistics.interval.Wilson;
import java.util.ArrayList;
import java.util.List;

/**
 * How much better or worse the new version is than the old one, while both ran side by side.
 *
 * <pre>θ = Σ_h W_h (p_new,h - p_old,h)      W_h = share of intent h in all traffic of the overlap</pre>
 *
 * <p>Post-stratified on the intent, so that a different mix of questions does not pass for a difference of versions;
 * interval by MOVER over Wilson intervals (Zou and Donner, Statistics in Medicine 27 (2008)). Fixed-time: look once, at
 * the end of the overlap. Assumes that within an intent the router did not choose the version by difficulty, and that
 * units (sessions) are independent. Intents that only one version saw cannot be compared; they are left out, with a
 * warning that names their share.
 */
public final class VersionContrast {

    private static final String METHOD = "post-stratified-contrast";
    private static final Interval POSSIBLE = new Interval(-1, 1);

    private VersionContrast() {}

    /**
     * Counts of one intent during the overlap; good ones are 0 to all of them.
     *
     * @param weight traffic of the intent, in any unit, 0 or more
     */
    public record Stratum(String intent, double weight, long oldGood, long oldTotal, long newGood, long newTotal) {

        public Stratum {
            Require.notNegative("weight", weight);
            requireCount("old", oldGood, oldTotal);
            requireCount("new", newGood, newTotal);
        }

        private static void requireCount(String version, long good, long total) {
            if (good < 0 || good > total) {
                throw new IllegalArgumentException("%sGood must be in 0..%d: %d".formatted(version, total, good));
            }
        }

        private boolean isComparable() {
            return oldTotal > 0 && newTotal > 0 && weight > 0;
        }
    }

    /** Rate of the new version less that of the old one; unknown if no intent was seen by both. */
    public static Estimate of(List<Stratum> strata, Confidence confidence) {
        double all = strata.stream().mapToDouble(Stratum::weight).sum();
        List<Stratum> comparable = strata.stream().filter(Stratum::isComparable).toList();
        if (comparable.isEmpty()) {
            return Estimate.unknown(POSSIBLE, confidence, METHOD);
        }
        double compared = comparable.stream().mapToDouble(Stratum::weight).sum();
        List<Mover.Part> parts = new ArrayList<>();
        double variance = 0;
        long n = 0;
        for (Stratum stratum : comparable) {
            double share = stratum.weight() / compared;
            parts.add(part(share, stratum.newGood(), stratum.newTotal(), confidence));
            parts.add(part(-share, stratum.oldGood(), stratum.oldTotal(), confidence));
            variance += share * share * variance(stratum.newGood(), stratum.newTotal());
            variance += share * share * variance(stratum.oldGood(), stratum.oldTotal());
            n += stratum.newTotal() + stratum.oldTotal();
        }
        Estimate estimate = new Estimate(
                Mover.value(parts),
                Math.sqrt(variance),
                Mover.interval(parts).clippedTo(POSSIBLE),
                confidence,
                METHOD,
                SampleSize.simple(n),
                List.of());
        return compared < all
                ? estimate.with(new Warning(
                        "not-comparable",
                        "%.1f %% of the traffic has an intent that only one version saw; it is left out."
                                .formatted(100 * (1 - compared / all))))
                : estimate;
    }

    private static Mover.Part part(double coefficient, long good, long total, Confidence confidence) {
        Interval interval = Wilson.interval((double) good, (double) total, confidence);
        return new Mover.Part(coefficient, interval.nearest((double) good / total), interval);
    }

    private static double variance(long good, long total) {
        double rate = (double) good / total;
        return rate * (1 - rate) / total;
    }
}
