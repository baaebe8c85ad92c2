package io.pentameter.statistics.calibration;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.Require;
import io.pentameter.statistics.interval.SampleSize;
import io.pentameter.statistics.interval.Wilson;
import java.util.List;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.BinomialTest;

/**
 * Two verdicts on each of the same answers.
 *
 * <p>Assumes independent answers. Not for verdicts on different answers ({@link
 * io.pentameter.statistics.interval.Mover#ofDifference}).
 *
 * @param both       passed by both
 * @param onlyFirst  passed by the first alone
 * @param onlySecond passed by the second alone
 * @param neither    passed by neither
 */
public record PairedVerdicts(long both, long onlyFirst, long onlySecond, long neither) {

    /** Name of the method in an {@link Estimate}. */
    public static final String METHOD = "newcombe-paired";

    public PairedVerdicts {
        Require.atLeast(0, "both", both);
        Require.atLeast(0, "onlyFirst", onlyFirst);
        Require.atLeast(0, "onlySecond", onlySecond);
        Require.atLeast(0, "neither", neither);
    }

    /** Answers. */
    public long size() {
        return both + onlyFirst + onlySecond + neither;
    }

    /** Answers with two different verdicts. */
    public long flips() {
        return onlyFirst + onlySecond;
    }

    /**
     * McNemar's exact test of "both pass equally often": how likely so lopsided flips are if they fall either way with the same
     * chance. 1 without a flip.
     *
     * <p>Source: Q. McNemar, Psychometrika 12 (1947), 153–157; exact binomial form.
     */
    public double exactPValue() {
        return flips() == 0
                ? 1
                : BinomialTest.withDefaults()
                        .with(AlternativeHypothesis.TWO_SIDED)
                        .test(Math.toIntExact(flips()), Math.toIntExact(onlyFirst), 0.5)
                        .getPValue();
    }

    /**
     * Pass rate of the second less that of the first; unknown without an answer.
     *
     * <p>Newcombe's method 10 for paired rates: Wilson's intervals of both rates, joined by their correlation. Source:
     * R. G. Newcombe, Statistics in Medicine 17 (1998), 2635–2650.
     */
    public Estimate difference(Confidence confidence) {
        long n = size();
        if (n == 0) {
            return Estimate.unknown(new Interval(-1, 1), confidence, METHOD);
        }
        double first = (double) (both + onlyFirst) / n;
        double second = (double) (both + onlySecond) / n;
        double difference = (double) (onlySecond - onlyFirst) / n;
        Interval ofFirst = Wilson.ofRate(first, (double) n, confidence);
        Interval ofSecond = Wilson.ofRate(second, (double) n, confidence);
        double correlation = correlation();
        double below = joined(second - ofSecond.low(), ofFirst.high() - first, correlation);
        double above = joined(ofSecond.high() - second, first - ofFirst.low(), correlation);
        double variance = Math.max(0, (flips() - (double) n * difference * difference) / n / n);
        return new Estimate(
                difference,
                Math.sqrt(variance),
                new Interval(difference - below, difference + above),
                confidence,
                METHOD,
                SampleSize.simple(n),
                List.of());
    }

    private double correlation() {
        double product =
                (double) (both + onlyFirst) * (onlySecond + neither) * (both + onlySecond) * (onlyFirst + neither);
        if (product == 0) {
            return 0;
        }
        double lopsided = (double) both * neither - (double) onlyFirst * onlySecond;
        // Newcombe's continuity correction, for positive correlations only
        double corrected = lopsided > 0 ? Math.max(0, lopsided - size() / 2.0) : lopsided;
        return corrected / Math.sqrt(product);
    }

    private static double joined(double one, double other, double correlation) {
        return Math.sqrt(Math.max(0, one * one - 2 * correlation * one * other + other * other));
    }
}
