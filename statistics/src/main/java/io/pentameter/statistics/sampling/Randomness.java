package io.pentameter.statistics.sampling;

import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The permanent random number of a logical request: 56 bits, the same in every service and on every retry.
 *
 * <p>OpenTelemetry, "TraceState: Probability Sampling": the {@code rv} value, 14 hexadecimal digits.
 *
 * @param bits 0 to 2⁵⁶ - 1, all equally likely
 */
public record Randomness(long bits) {

    /** Number of different values, 2⁵⁶. */
    static final long SPAN = 1L << 56;

    private static final Pattern RV = Pattern.compile("[0-9a-f]{14}");
    private static final Pattern TRACE_ID = Pattern.compile("[0-9a-f]{32}");

    public Randomness {
        if (bits < 0 || bits >= SPAN) {
            throw new IllegalArgumentException("bits must be in 0..2^56-1: " + bits);
        }
    }

    /** Reads the 14 lower-case hexadecimal digits of {@code rv}. */
    public static Randomness ofRv(String rv) {
        if (!RV.matcher(rv).matches()) {
            throw new IllegalArgumentException("rv must be 14 digits 0-9a-f: " + rv);
        }
        return new Randomness(HexFormat.fromHexDigitsToLong(rv));
    }

    /**
     * Takes the last seven bytes of a W3C trace id, which has 32 lower-case hexadecimal digits.
     *
     * <p>Only for requests without an {@code rv} of their own: a retry has a new trace id and would be drawn anew.
     */
    public static Randomness ofTraceId(String traceId) {
        if (!TRACE_ID.matcher(traceId).matches()) {
            throw new IllegalArgumentException("traceId must be 32 digits 0-9a-f: " + traceId);
        }
        return new Randomness(HexFormat.fromHexDigitsToLong(traceId, 18, 32));
    }

    /** The 14 hexadecimal digits. */
    public String rv() {
        return String.format(Locale.ROOT, "%014x", bits);
    }

    /** {@code bits / 2⁵⁶}, in 0 to below 1. Kept are the large ones. */
    public double fraction() {
        return bits * 0x1p-56;
    }

    /** {@code (2⁵⁶ - bits) / 2⁵⁶}, above 0 and at most 1: kept at probability {@code p} when this is {@code p} or less. */
    public double uniform() {
        return (SPAN - bits) * 0x1p-56;
    }

    /** Whether a request with this number is kept at {@code threshold}. */
    public boolean isKeptAt(Threshold threshold) {
        return bits >= threshold.value();
    }
}
