package io.pentameter.statistics.monitoring.detector;

import io.pentameter.statistics.interval.Require;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A betting e-Shiryaev–Roberts detector whose time to false alarm is counted in units.
 *
 * <pre>M_k ← (M_k + 1) · factor_k(x),   M = mean of M_k,   alarm when M >= A units</pre>
 *
 * <p>Shin, Ramdas, Rinaldo 2024, recursion 2.6; the mean number of units to a false alarm is {@code A} or more. For
 * streams that are counted rather than timed, such as calibration labels; for anything with a daily rhythm of volume
 * use {@link CalendarDetector}. Here <b>the order of units matters</b>, hence each has a sequence number and those at
 * or below the last one are ignored: a replay changes nothing.
 *
 * <p>{@code M} after some units is an affine function of {@code M} before, so a stretch of the stream is kept as two
 * numbers per bet, and adjacent stretches {@link #then join}: a history can be computed in shards. 8-byte floating point
 * with an exponent of its own, so neither overflows nor loses the 1. Stored in 18 + 24 bytes per bet (138 for 5). Not safe
 * for use by several threads.
 */
public final class ObservationDetector {

    private static final byte FORMAT = 1;
    private static final int HEADER = 2 + 2 * Long.BYTES;
    private static final int BET_BYTES = 2 * (Double.BYTES + Integer.BYTES);
    private static final int STEP_BITS = 256;
    private static final double STEP = 0x1p256;
    private static final double INVERSE_STEP = 0x1p-256;

    private final long startSequence;
    private long lastSequence;
    /** What the stretch makes of nothing: M_k = levels[k] · 2^(256 exponents[k]) after it, when M was 0 before. */
    private final double[] levels;

    private final int[] exponents;
    /** What the stretch multiplies an earlier M by: growths[k] · 2^(256 growthExponents[k]). */
    private final double[] growths;

    private final int[] growthExponents;

    /** A detector with no evidence, {@code bets} 1 to {@value BetGrid#MAX}; the first unit has sequence 1 or more. */
    public ObservationDetector(int bets) {
        this(0, bets);
    }

    private ObservationDetector(long startSequence, int bets) {
        if (bets < 1 || bets > BetGrid.MAX) {
            throw new IllegalArgumentException("bets must be in 1..%d: %d".formatted(BetGrid.MAX, bets));
        }
        this.startSequence = Require.atLeast(0, "sequence", startSequence);
        lastSequence = startSequence;
        levels = new double[bets];
        exponents = new int[bets];
        growths = new double[bets];
        Arrays.fill(growths, 1);
        growthExponents = new int[bets];
    }

    /**
     * The beginning of a later stretch of a stream, to be joined by {@link #then}.
     *
     * @param sequence number of the last unit before the stretch, 0 or more; units up to it are ignored
     * @param bets     number of bets, 1 to {@value BetGrid#MAX}
     */
    public static ObservationDetector startingAfter(long sequence, int bets) {
        return new ObservationDetector(sequence, bets);
    }

    /**
     * Takes in the unit with number {@code sequence} unless it came before.
     *
     * @param sequence rising along the stream; gaps do no harm
     * @param x        score, 0 to 1
     * @param bets     bets against the null that holds for this unit
     * @return whether the unit was new
     */
    public boolean offer(long sequence, double x, Bets bets) {
        Require.sameLength("bets of the detector", levels.length, "bets given", bets.size());
        if (sequence <= lastSequence) {
            return false;
        }
        for (int k = 0; k < levels.length; k++) {
            double one = exponents[k] == 0 ? 1 : exponents[k] == 1 ? INVERSE_STEP : 0;
            double factor = bets.factor(k, x);
            double level = (levels[k] + one) * factor;
            if (level >= STEP) {
                level *= INVERSE_STEP;
                exponents[k]++;
            } else if (level < 1 && exponents[k] > 0) {
                level *= STEP;
                exponents[k]--;
            }
            levels[k] = level;
            grow(k, factor);
        }
        lastSequence = sequence;
        return true;
    }

    private void grow(int k, double factor) {
        double growth = growths[k] * factor;
        if (growth >= STEP) {
            growth *= INVERSE_STEP;
            growthExponents[k]++;
        } else if (growth < INVERSE_STEP) {
            growth *= STEP;
            growthExponents[k]--;
        }
        growths[k] = growth;
    }

    /**
     * This stretch followed by {@code later}, as if all its units had been offered here; both stay as they are. Equal to that up to
     * rounding.
     *
     * @param later starts at or after the last unit of this one
     */
    public ObservationDetector then(ObservationDetector later) {
        Require.sameLength("bets of the detector", levels.length, "bets of the later one", later.levels.length);
        if (later.startSequence < lastSequence) {
            throw new IllegalArgumentException(
                    "later must start after unit %d: %d".formatted(lastSequence, later.startSequence));
        }
        ObservationDetector joined = new ObservationDetector(startSequence, levels.length);
        joined.lastSequence = later.lastSequence;
        for (int k = 0; k < levels.length; k++) {
            joined.setLevel(
                    k,
                    levels[k] * later.growths[k],
                    exponents[k] + later.growthExponents[k],
                    later.levels[k],
                    later.exponents[k]);
            joined.growths[k] = growths[k];
            joined.growthExponents[k] = growthExponents[k] + later.growthExponents[k];
            joined.grow(k, later.growths[k]);
        }
        return joined;
    }

    /** Sets {@code M_k} to {@code one · 2^(256 oneExponent) + other · 2^(256 otherExponent)}. */
    private void setLevel(int k, double one, int oneExponent, double other, int otherExponent) {
        int exponent = other == 0 ? oneExponent : one == 0 ? otherExponent : Math.max(oneExponent, otherExponent);
        double level = shifted(one, oneExponent - exponent) + shifted(other, otherExponent - exponent);
        while (level >= STEP) {
            level *= INVERSE_STEP;
            exponent++;
        }
        while (exponent < 0 || (level < 1 && exponent > 0)) {
            level *= exponent < 0 ? INVERSE_STEP : STEP;
            exponent += exponent < 0 ? 1 : -1;
        }
        levels[k] = level;
        exponents[k] = exponent;
    }

    private static double shifted(double value, int steps) {
        return steps < -4 ? 0 : Math.scalb(value, STEP_BITS * Math.min(0, steps));
    }

    /** M, in units; 0 before the first, infinite beyond what a double holds. */
    public double level() {
        return Math.exp(logLevel());
    }

    /** Logarithm of {@link #level}. */
    public double logLevel() {
        double sum = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < levels.length; k++) {
            sum = CalendarDetector.logSum(sum, logLevel(k));
        }
        return sum - Math.log(levels.length);
    }

    /** M of one bet alone; infinite beyond what a double holds. */
    public double level(int k) {
        return Math.exp(logLevel(k));
    }

    private double logLevel(int k) {
        return Math.log(levels[k]) + exponents[k] * STEP_BITS * Math.log(2);
    }

    /**
     * Whether the evidence has reached {@code thresholdUnits}, the mean units to a false alarm that are asked for,
     * above 0.
     */
    public boolean alarms(double thresholdUnits) {
        if (!(thresholdUnits > 0)) {
            throw new IllegalArgumentException("thresholdUnits must be above 0: " + thresholdUnits);
        }
        double sum = 0;
        for (int k = 0; k < levels.length; k++) {
            if (exponents[k] > 0) {
                return logLevel() >= Math.log(thresholdUnits);
            }
            sum += levels[k];
        }
        return sum >= thresholdUnits * levels.length;
    }

    /** Number of the last unit taken in; that before the stretch until there is one. */
    public long lastSequence() {
        return lastSequence;
    }

    /** The state as {@code 18 + 24 bets} bytes, big-endian. */
    public byte[] toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + BET_BYTES * levels.length);
        bytes.put(FORMAT).put((byte) levels.length).putLong(startSequence).putLong(lastSequence);
        for (int k = 0; k < levels.length; k++) {
            bytes.putDouble(levels[k]).putInt(exponents[k]);
            bytes.putDouble(growths[k]).putInt(growthExponents[k]);
        }
        return bytes.array();
    }

    /** Reads what {@link #toBytes} wrote; anything else is refused with {@link IllegalArgumentException}. */
    public static ObservationDetector fromBytes(byte[] stored) {
        int bets = stored.length < HEADER ? 0 : stored[1];
        if (bets < 1 || bets > BetGrid.MAX || stored.length != HEADER + BET_BYTES * bets || stored[0] != FORMAT) {
            throw new IllegalArgumentException("stored must be %d + 24 bytes per bet, starting with %d: %d bytes"
                    .formatted(HEADER, FORMAT, stored.length));
        }
        ByteBuffer bytes = ByteBuffer.wrap(stored, 2, stored.length - 2);
        ObservationDetector detector = new ObservationDetector(bytes.getLong(), bets);
        detector.lastSequence = Require.atLeast(detector.startSequence, "last sequence", bytes.getLong());
        for (int k = 0; k < bets; k++) {
            detector.levels[k] = Require.notNegative("level", bytes.getDouble());
            detector.exponents[k] = Require.atLeast(0, "exponent", bytes.getInt());
            detector.growths[k] = Require.positive("growth", bytes.getDouble());
            detector.growthExponents[k] = bytes.getInt();
        }
        return detector;
    }

    @Override
    public String toString() {
        return "ObservationDetector[lastSequence=%d, levels=%s, level=%s]"
                .formatted(lastSequence, Arrays.toString(levels), level());
    }
}
