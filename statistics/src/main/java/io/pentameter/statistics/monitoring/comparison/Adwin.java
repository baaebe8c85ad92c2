package io.pentameter.statistics.monitoring.comparison;

import io.pentameter.statistics.interval.Require;
import java.util.ArrayList;
import java.util.List;

/**
 * ADWIN2: a window that drops its older part when the two parts differ. An offline tool, as in the river library.
 *
 * <pre>
 * cut where  |mean_0 - mean_1| > √(2 μ σ² d) + (2/3) μ d,   d = ln(2 ln(n)/δ),  μ = 1/(n_0 - 4) + 1/(n_1 - 4)
 * </pre>
 *
 * <p>Bifet and Gavaldà, "Learning from time-changing data with adaptive windowing", SDM 2007. The window is kept in
 * buckets of 1, 2, 4, … observations, up to five of each. {@code δ} is the error of <i>one check</i>, and it checks
 * every 32 observations for ever: there is no bound on the time to a false alarm, so it pages nobody.
 */
public final class Adwin {

    private static final int CLOCK = 32;
    private static final int BUCKETS_OF_A_SIZE = 5;
    private static final int LEAST_WINDOW = 5;
    private static final int GRACE = 10;

    private final double delta;
    /** Rows of buckets, row i of 2^i observations each, oldest bucket of a row first. */
    private final List<List<Bucket>> rows = new ArrayList<>();

    private long ticks;
    private long width;
    private double total;
    private double squares;

    private record Bucket(double total, double squares) {}

    /** A window of nothing; {@code delta} is the error of one check, between 0 and 1, 0.002 in river. */
    public Adwin(double delta) {
        this.delta = Require.betweenZeroAndOne("delta", delta);
        rows.add(new ArrayList<>());
    }

    /** Takes in an observation and tells whether older ones were dropped because the mean has changed. */
    public boolean add(double observation) {
        Require.finite("observation", observation);
        rows.getFirst().add(new Bucket(observation, 0));
        width++;
        if (width > 1) {
            double distance = observation - total / (width - 1);
            squares += (width - 1) * distance * distance / width;
        }
        total += observation;
        compress();
        ticks++;
        boolean changed = false;
        if (ticks % CLOCK == 0 && width > GRACE) {
            while (hasCut()) {
                dropOldest();
                changed = true;
            }
        }
        return changed;
    }

    /** Mean of the window; NaN if there was no observation. */
    public double mean() {
        return total / width;
    }

    /** Observations in the window. */
    public long width() {
        return width;
    }

    private void compress() {
        for (int row = 0; row < rows.size() && rows.get(row).size() > BUCKETS_OF_A_SIZE; row++) {
            if (row + 1 == rows.size()) {
                rows.add(new ArrayList<>());
            }
            Bucket one = rows.get(row).removeFirst();
            Bucket two = rows.get(row).removeFirst();
            double size = size(row);
            double distance = (one.total() - two.total()) / size;
            rows.get(row + 1)
                    .add(new Bucket(
                            one.total() + two.total(), one.squares() + two.squares() + size * distance * distance / 2));
        }
    }

    private boolean hasCut() {
        double n0 = 0;
        double u0 = 0;
        for (int row = rows.size() - 1; row >= 0; row--) {
            List<Bucket> buckets = rows.get(row);
            for (int k = 0; k < buckets.size(); k++) {
                n0 += size(row);
                u0 += buckets.get(k).total();
                double n1 = width - n0;
                if (n1 < LEAST_WINDOW) {
                    return false;
                }
                if (n0 >= LEAST_WINDOW && isCut(n0, n1, u0 / n0 - (total - u0) / n1)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isCut(double n0, double n1, double difference) {
        double nats = Math.log(2 * Math.log((double) width) / delta);
        double reciprocal = 1 / (n0 - LEAST_WINDOW + 1) + 1 / (n1 - LEAST_WINDOW + 1);
        double variance = squares / width;
        return Math.abs(difference) > Math.sqrt(2 * reciprocal * variance * nats) + 2.0 / 3 * nats * reciprocal;
    }

    private void dropOldest() {
        int row = rows.size() - 1;
        Bucket oldest = rows.get(row).removeFirst();
        double size = size(row);
        width -= (long) size;
        total -= oldest.total();
        double distance = oldest.total() / size - total / width;
        squares -= oldest.squares() + size * width * distance * distance / (size + width);
        if (rows.get(row).isEmpty() && row > 0) {
            rows.removeLast();
        }
    }

    private static double size(int row) {
        return Math.scalb(1.0, row);
    }
}
