package io.pentameter.statistics.calibration;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.Require;
import io.pentameter.statistics.interval.SampleSize;
import io.pentameter.statistics.interval.Wilson;
import java.util.List;

/**
 * A pairwise judge asked in both orders about the same pairs of answers A and B.
 *
 * <p>Source: L. Zheng et al., "Judging LLM-as-a-judge with MT-Bench and Chatbot Arena", NeurIPS 2023, §3.4, for asking
 * in both orders. Assumes independent pairs. Not for judges asked in one order only: their position bias cannot be
 * told.
 *
 * @param winsA       pairs in which A won in both orders
 * @param winsB       pairs in which B won in both orders
 * @param firstTwice  pairs in which whichever was shown first won
 * @param secondTwice pairs in which whichever was shown second won
 */
public record PairwiseOrders(long winsA, long winsB, long firstTwice, long secondTwice) {

    /** Name of the method in an {@link Estimate}. */
    public static final String METHOD = "paired-orders";

    public PairwiseOrders {
        Require.atLeast(0, "winsA", winsA);
        Require.atLeast(0, "winsB", winsB);
        Require.atLeast(0, "firstTwice", firstTwice);
        Require.atLeast(0, "secondTwice", secondTwice);
    }

    /** Pairs. */
    public long size() {
        return winsA + winsB + firstTwice + secondTwice;
    }

    /** Share of pairs whose winner depends on the order; unknown without a pair. */
    public Estimate inconsistency(Confidence confidence) {
        return Wilson.estimate(firstTwice + secondTwice, size(), confidence);
    }

    /**
     * Chance that the first wins, less one half: {@code (firstTwice - secondTwice)/2n}, with the interval of the paired difference
     * halved; unknown without a pair.
     */
    public Estimate positionBias(Confidence confidence) {
        // a pair won by A counts once for the first place and once for the second: only flips are lopsided
        Estimate twice = new PairedVerdicts(0, secondTwice, firstTwice, winsA + winsB).difference(confidence);
        if (!twice.isKnown()) {
            return Estimate.unknown(new Interval(-0.5, 0.5), confidence, METHOD);
        }
        return new Estimate(
                twice.value() / 2,
                twice.standardError() / 2,
                new Interval(twice.interval().low() / 2, twice.interval().high() / 2),
                confidence,
                METHOD,
                SampleSize.simple(size()),
                List.of());
    }

    /** McNemar's exact p-value of "no position bias". */
    public double positionPValue() {
        return new PairedVerdicts(0, secondTwice, firstTwice, 0).exactPValue();
    }

    /** Share of pairs won by A, an inconsistent pair counting one half; unknown without a pair. */
    public Estimate shareOfA(Confidence confidence) {
        double n = size();
        if (n == 0) {
            return Estimate.unknown(Interval.UNIT, confidence, METHOD);
        }
        double ties = firstTwice + secondTwice;
        double share = (winsA + ties / 2) / n;
        double variance = Math.max(0, (winsA + ties / 4) / n - share * share) / n;
        double effective = variance > 0 ? Math.min(4 * n, share * (1 - share) / variance) : n;
        return new Estimate(
                share,
                Math.sqrt(variance),
                Wilson.ofRate(share, effective, confidence),
                confidence,
                METHOD,
                new SampleSize(size(), effective, 0),
                List.of());
    }
}
