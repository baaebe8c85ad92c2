package io.pentameter.statistics.monitoring.detector;

import io.pentameter.statistics.interval.Require;
import java.util.Arrays;
import java.util.List;

/**
 * The sizes of change that a detector bets on, in equal parts.
 *
 * <pre>λ_k = min( δ_k / (v + δ_k²),  0.9/(1-m) )   against a drop,  0.9/m against a rise</pre>
 *
 * <p>Source: the mixture over bets of Shin, Ramdas, Rinaldo, "E-detectors: a nonparametric framework for sequential
 * change detection", NEJSDS 2 (2024), section 3, with a fixed grid; {@code λ_k} is the growth-optimal bet for a change
 * by {@code δ_k} at variance {@code v} to second order. A bet of the wrong size is valid, only slower. The cap keeps
 * every factor at 0.1 or above, so that one unit cannot bankrupt a bet.
 *
 * @param deltas sizes of change in the units of the score, above 0, at most {@value #MAX}
 */
public record BetGrid(List<Double> deltas) {

    /** Most bets of a grid, so that a state stays below 256 bytes. */
    public static final int MAX = 8;

    /** Least variance that is believed; a baseline of equal scores must not make the bets wild. */
    public static final double LEAST_VARIANCE = 1e-4;

    /** 2, 3, 5, 10 and 20 points: for scores and pass rates. */
    public static final BetGrid POINTS = new BetGrid(List.of(0.02, 0.03, 0.05, 0.10, 0.20));

    private static final double CAP = 0.9;

    public BetGrid {
        deltas = List.copyOf(deltas);
        if (deltas.isEmpty() || deltas.size() > MAX) {
            throw new IllegalArgumentException("deltas must be 1 to %d: %d".formatted(MAX, deltas.size()));
        }
        deltas.forEach(delta -> Require.positive("delta", delta));
    }

    /** Rises by 20 %, 50 %, 100 %, 200 % and 400 % of {@code baseline}, which is above 0: for rates near 0. */
    public static BetGrid relativeTo(double baseline) {
        Require.positive("baseline", baseline);
        return new BetGrid(List.of(0.2 * baseline, 0.5 * baseline, baseline, 2 * baseline, 4 * baseline));
    }

    /**
     * The bets against "the mean is still {@code mean} or better".
     *
     * @param mean     null mean of the hour, 0 to 1, fixed before the hour's scores are seen
     * @param variance variance of a unit in the baseline, 0 or more; raised to {@link #LEAST_VARIANCE}
     */
    public Bets against(Direction direction, double mean, double variance) {
        Require.share("mean", mean);
        double floored = Math.max(LEAST_VARIANCE, Require.notNegative("variance", variance));
        double room = direction == Direction.DROP ? 1 - mean : mean;
        double[] lambdas = deltas.stream()
                .mapToDouble(delta -> Math.min(delta / (floored + delta * delta), CAP / room))
                .toArray();
        return new Bets(direction, mean, lambdas);
    }

    /** {@link #against} with the variance of 0/1 outcomes, {@code mean (1 - mean)}. */
    public Bets againstRate(Direction direction, double mean) {
        return against(direction, mean, mean * (1 - mean));
    }

    /** Number of bets. */
    public int size() {
        return deltas.size();
    }

    /**
     * Units until 90 % of changes by {@code delta} are found, roughly: {@code 2 v ln(A) / δ²}.
     *
     * @param variance  of a unit, above 0
     * @param threshold A, in units for an observation detector; for a calendar one, A times the units of a day; above 1
     * @param delta     size of the change, above 0
     */
    public static double unitsToDetect(double variance, double threshold, double delta) {
        Require.positive("variance", variance);
        Require.positive("delta", delta);
        if (!(threshold > 1)) {
            throw new IllegalArgumentException("threshold must be above 1: " + threshold);
        }
        return 2 * variance * Math.log(threshold) / (delta * delta);
    }

    /** The grid as a short text. */
    @Override
    public String toString() {
        return "BetGrid" + Arrays.toString(deltas.toArray());
    }
}
