package io.pentameter.statistics.monitoring.detector;

import io.pentameter.statistics.interval.Require;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;

/**
 * The default detector: a betting e-Shiryaev–Roberts detector whose time to false alarm is counted in days.
 *
 * <pre>
 * each hour:   M_k ← (M_k + 1/24) · Π factor_k(x)    over the hour's units, in any order
 * M = mean of M_k,  alarm when M >= A days
 * </pre>
 *
 * <p>Shin, Ramdas, Rinaldo 2024 (recursion 2.6 and theorem 2.4), with the increment per hour instead of per
 * observation. While the null holds, {@code M - elapsed days} is a supermartingale, so that <b>the mean time to a false
 * alarm is {@code A} days or more</b>, for any pattern of volume, without independence, for any number of looks. What
 * it needs: the mean of each unit, given the past, is not beyond the hour's null mean. Therefore the null is the lower
 * bound of the baseline less a tolerance, and the unit is the session. Without units {@code M} grows by 1/24 an hour
 * and nothing else.
 *
 * <p>The state is a value: closing an hour gives the next one. {@code M} after some hours is an affine function of
 * {@code M} before, so a stretch of hours is kept as two numbers per bet, and adjacent stretches {@link #then join}: a
 * history can be computed in shards. Closing an hour that is closed already changes nothing, so a replay of closed
 * hours is harmless. All is kept in logarithms; at most 8 bets, 25 + 16 bytes per bet when stored (105 for 5).
 *
 * <p>Between alarms the state also serves the digest: {@link #eValue} is {@code M / elapsed days}. After an alarm start
 * anew with {@link #startingAt}.
 */
public final class CalendarDetector {

    private static final byte FORMAT = 1;
    private static final double LOG_INCREMENT = -Math.log(24);
    private static final int HEADER = 1 + 3 * Long.BYTES;

    private final long firstHour;
    private final long nextHour;
    private final long units;
    /** Logarithm of what the stretch makes of nothing: M after it, when M was 0 before. */
    private final double[] logLevels;
    /** Logarithm of what the stretch multiplies an earlier M by. */
    private final double[] logGrowths;

    private CalendarDetector(long firstHour, long nextHour, long units, double[] logLevels, double[] logGrowths) {
        this.firstHour = firstHour;
        this.nextHour = nextHour;
        this.units = units;
        this.logLevels = logLevels;
        this.logGrowths = logGrowths;
    }

    /**
     * A detector with no evidence.
     *
     * @param hour first hour that it will close, in hours since 1970
     * @param bets number of bets, 1 to {@value BetGrid#MAX}
     */
    public static CalendarDetector startingAt(long hour, int bets) {
        if (bets < 1 || bets > BetGrid.MAX) {
            throw new IllegalArgumentException("bets must be in 1..%d: %d".formatted(BetGrid.MAX, bets));
        }
        double[] nothing = new double[bets];
        Arrays.fill(nothing, Double.NEGATIVE_INFINITY);
        return new CalendarDetector(hour, hour, 0, nothing, new double[bets]);
    }

    /**
     * The state after {@code hour}.
     *
     * @param hour in hours since 1970; hours left out since the last one count as hours without units, an hour closed
     *     before changes nothing
     * @param evidence all units of that hour
     */
    public CalendarDetector closeHour(long hour, HourEvidence evidence) {
        requireSameBets(evidence.bets());
        if (hour < nextHour) {
            return this;
        }
        double logIncrement = LOG_INCREMENT + Math.log((double) (hour - nextHour + 1));
        double[] levels = new double[logLevels.length];
        double[] growths = new double[logLevels.length];
        for (int k = 0; k < levels.length; k++) {
            levels[k] = logSum(logLevels[k], logIncrement) + evidence.logFactor(k);
            growths[k] = logGrowths[k] + evidence.logFactor(k);
        }
        return new CalendarDetector(firstHour, hour + 1, units + evidence.units(), levels, growths);
    }

    /** What {@link #level} would be if the next hour were closed now with {@code open}; an alarm on it is valid too. */
    public double levelWith(HourEvidence open) {
        return closeHour(nextHour, open).level();
    }

    /**
     * This stretch followed by {@code later}, as if all its hours had been closed here; for the history of one stream.
     *
     * @param later starts where this one ends
     */
    public CalendarDetector then(CalendarDetector later) {
        requireSameBets(later.logLevels.length);
        if (later.firstHour != nextHour) {
            throw new IllegalArgumentException("later must start at hour %d: %d".formatted(nextHour, later.firstHour));
        }
        double[] levels = new double[logLevels.length];
        double[] growths = new double[logLevels.length];
        for (int k = 0; k < levels.length; k++) {
            levels[k] = logSum(logLevels[k] + later.logGrowths[k], later.logLevels[k]);
            growths[k] = logGrowths[k] + later.logGrowths[k];
        }
        return new CalendarDetector(firstHour, later.nextHour, units + later.units, levels, growths);
    }

    /** M, the evidence for a change in days; 0 before the first hour, infinite beyond what a double holds. */
    public double level() {
        return Math.exp(logLevel());
    }

    /** Logarithm of {@link #level}. */
    public double logLevel() {
        double sum = Double.NEGATIVE_INFINITY;
        for (double level : logLevels) {
            sum = logSum(sum, level);
        }
        return sum - Math.log(logLevels.length);
    }

    /**
     * Whether the evidence has reached {@code thresholdDays}, the mean days to a false alarm that are asked for, above
     * 0.
     */
    public boolean alarms(double thresholdDays) {
        if (!(thresholdDays > 0)) {
            throw new IllegalArgumentException("thresholdDays must be above 0: " + thresholdDays);
        }
        return logLevel() >= Math.log(thresholdDays);
    }

    /** Evidence for the digest at a fixed time: mean 1 or less while nothing has changed; 0 before the first hour. */
    public double eValue() {
        return hours() == 0 ? 0 : Math.exp(logLevel() - Math.log(hours() / 24.0));
    }

    /** Time that the closed hours span. */
    public Duration elapsed() {
        return Duration.ofHours(hours());
    }

    /** The hour that is to be closed next, in hours since 1970. */
    public long nextHour() {
        return nextHour;
    }

    /** Units of all closed hours. */
    public long units() {
        return units;
    }

    private long hours() {
        return nextHour - firstHour;
    }

    /** The state as {@code 25 + 16 bets} bytes, big-endian. */
    public byte[] toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + 2 * Double.BYTES * logLevels.length);
        bytes.put(FORMAT).putLong(firstHour).putLong(nextHour).putLong(units);
        for (int k = 0; k < logLevels.length; k++) {
            bytes.putDouble(logLevels[k]).putDouble(logGrowths[k]);
        }
        return bytes.array();
    }

    /** Reads what {@link #toBytes} wrote; anything else is refused with {@link IllegalArgumentException}. */
    public static CalendarDetector fromBytes(byte[] stored) {
        int bets = (stored.length - HEADER) / (2 * Double.BYTES);
        if (bets < 1
                || bets > BetGrid.MAX
                || stored.length != HEADER + 2 * Double.BYTES * bets
                || stored[0] != FORMAT) {
            throw new IllegalArgumentException("stored must be %d + 16 bytes per bet, starting with %d: %d bytes"
                    .formatted(HEADER, FORMAT, stored.length));
        }
        ByteBuffer bytes = ByteBuffer.wrap(stored, 1, stored.length - 1);
        long firstHour = bytes.getLong();
        long nextHour = bytes.getLong();
        long units = bytes.getLong();
        double[] levels = new double[bets];
        double[] growths = new double[bets];
        for (int k = 0; k < bets; k++) {
            levels[k] = bytes.getDouble();
            growths[k] = bytes.getDouble();
            if (Double.isNaN(levels[k]) || Double.isNaN(growths[k])) {
                throw new IllegalArgumentException("stored must hold numbers: NaN in bet " + k);
            }
        }
        if (nextHour < firstHour || units < 0) {
            throw new IllegalArgumentException(
                    "stored must not run backwards: hours %d to %d, %d units".formatted(firstHour, nextHour, units));
        }
        return new CalendarDetector(firstHour, nextHour, units, levels, growths);
    }

    private void requireSameBets(int bets) {
        Require.sameLength("bets of the detector", logLevels.length, "bets given", bets);
    }

    static double logSum(double a, double b) {
        double large = Math.max(a, b);
        return large == Double.NEGATIVE_INFINITY ? large : large + Math.log1p(Math.exp(Math.min(a, b) - large));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CalendarDetector detector && Arrays.equals(toBytes(), detector.toBytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(toBytes());
    }

    @Override
    public String toString() {
        return "CalendarDetector[hours=%d..%d, units=%d, level=%s]".formatted(firstHour, nextHour, units, level());
    }
}
