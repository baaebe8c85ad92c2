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
 * or below the last one are ignored: a replay changes nothing. 8-byte floating point with an exponent of its own per
 * bet, so levels neither overflow nor lose the 1. Stored in 10 + 12 bytes per bet. Not safe for use by several threads.
 */
public final class ObservationDetector {

    private static final byte FORMAT = 1;
    private static final int HEADER = 2 + Long.BYTES;
    private static final int BET_BYTES = Double.BYTES + Integer.BYTES;
    private static final double STEP = 0x1p256;
    private static final double INVERSE_STEP = 0x1p-256;

    private long lastSequence;
    /** M_k = levels[k] · 2^(256 exponents[k]). */
    private final double[] levels;

    private final int[] exponents;

    /** A detector with no evidence, {@code bets} 1 to {@value BetGrid#MAX}; the first unit has sequence 1 or more. */
    public ObservationDetector(int bets) {
        if (bets < 1 || bets > BetGrid.MAX) {
            throw new IllegalArgumentException("bets must be in 1..%d: %d".formatted(BetGrid.MAX, bets));
        }
        levels = new double[bets];
        exponents = new int[bets];
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
            double level = (levels[k] + one) * bets.factor(k, x);
            if (level >= STEP) {
                level *= INVERSE_STEP;
                exponents[k]++;
            } else if (level < 1 && exponents[k] > 0) {
                level *= STEP;
                exponents[k]--;
            }
            levels[k] = level;
        }
        lastSequence = sequence;
        return true;
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
        return Math.log(levels[k]) + exponents[k] * 256 * Math.log(2);
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

    /** Number of the last unit taken in; 0 before the first. */
    public long lastSequence() {
        return lastSequence;
    }

    /** The state as {@code 10 + 12 bets} bytes, big-endian. */
    public byte[] toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + BET_BYTES * levels.length);
        bytes.put(FORMAT).put((byte) levels.length).putLong(lastSequence);
        for (int k = 0; k < levels.length; k++) {
            bytes.putDouble(levels[k]).putInt(exponents[k]);
        }
        return bytes.array();
    }

    /** Reads what {@link #toBytes} wrote; anything else is refused with {@link IllegalArgumentException}. */
    public static ObservationDetector fromBytes(byte[] stored) {
        int bets = stored.length < HEADER ? 0 : stored[1];
        if (bets < 1 || bets > BetGrid.MAX || stored.length != HEADER + BET_BYTES * bets || stored[0] != FORMAT) {
            throw new IllegalArgumentException("stored must be %d + 12 bytes per bet, starting with %d: %d bytes"
                    .formatted(HEADER, FORMAT, stored.length));
        }
        ByteBuffer bytes = ByteBuffer.wrap(stored, 2, stored.length - 2);
        ObservationDetector detector = new ObservationDetector(bets);
        detector.lastSequence = bytes.getLong();
        for (int k = 0; k < bets; k++) {
            detector.levels[k] = Require.notNegative("level", bytes.getDouble());
            detector.exponents[k] = Require.atLeast(0, "exponent", bytes.getInt());
        }
        return detector;
    }

    @Override
    public String toString() {
        return "ObservationDetector[lastSequence=%d, levels=%s, level=%s]"
                .formatted(lastSequence, Arrays.toString(levels), level());
    }
}
