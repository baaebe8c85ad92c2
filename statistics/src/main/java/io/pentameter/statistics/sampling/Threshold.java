package io.pentameter.statistics.sampling;

import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The rejection threshold of consistent probability sampling: kept is a request whose randomness is this or more.
 *
 * <p>{@code T(p) = 2⁵⁶ - round(p 2⁵⁶)}; kept share {@code (2⁵⁶ - T)/2⁵⁶}; one kept request stands for
 * {@code 2⁵⁶/(2⁵⁶ - T)}. Source: OpenTelemetry specification, "TraceState: Probability Sampling" ({@code th}). The weight of a
 * request is that of the threshold that was written, not one over the configured probability.
 *
 * @param value 0 (all are kept) to 2⁵⁶ - 1 (one value of 2⁵⁶ is kept)
 */
public record Threshold(long value) implements Comparable<Threshold> {

    /** Keeps everything. */
    public static final Threshold ALL = new Threshold(0);

    /** Hexadecimal digits of a threshold that was not shortened. */
    public static final int MOST_DIGITS = 14;

    private static final Pattern TH = Pattern.compile("[0-9a-f]{1,14}");
    private static final double LEAST_PROBABILITY = 0x1p-56;

    public Threshold {
        if (value < 0 || value >= Randomness.SPAN) {
            throw new IllegalArgumentException("threshold must be in 0..2^56-1: " + value);
        }
    }

    /** The threshold nearest to {@code probability}, which is 2⁻⁵⁶ to 1. */
    public static Threshold ofProbability(double probability) {
        return ofProbability(probability, MOST_DIGITS);
    }

    /**
     * The threshold for {@code probability}, rounded to a short text.
     *
     * @param probability 2⁻⁵⁶ to 1
     * @param precision   1 to 14 significant hexadecimal digits; digits that only say "close to 0" or "close to 1" are
     *                    not counted, so that small probabilities keep their relative precision
     */
    public static Threshold ofProbability(double probability, int precision) {
        if (!(probability >= LEAST_PROBABILITY && probability <= 1)) {
            throw new IllegalArgumentException("probability must be in 2^-56..1.0: " + probability);
        }
        if (precision < 1 || precision > MOST_DIGITS) {
            throw new IllegalArgumentException("precision must be in 1..14: " + precision);
        }
        long exact = Randomness.SPAN - Math.round(probability * 0x1p56);
        int digits =
                Math.min(MOST_DIGITS, precision + Math.max(leadingDigits(probability), leadingDigits(1 - probability)));
        int dropped = 4 * (MOST_DIGITS - digits);
        if (dropped == 0) {
            return new Threshold(exact);
        }
        long rounded = (exact + (1L << (dropped - 1))) >>> dropped << dropped;
        return new Threshold(rounded);
    }

    /** Reads {@code th}: 1 to 14 lower-case hexadecimal digits, trailing zeros left out. */
    public static Threshold ofTh(String th) {
        if (!TH.matcher(th).matches()) {
            throw new IllegalArgumentException("th must be 1 to 14 digits 0-9a-f: " + th);
        }
        return new Threshold(HexFormat.fromHexDigitsToLong(th) << (4 * (MOST_DIGITS - th.length())));
    }

    /** The text for {@code th}: hexadecimal without trailing zeros; {@code 0} for {@link #ALL}. */
    public String th() {
        String digits = String.format(Locale.ROOT, "%014x", value);
        int end = MOST_DIGITS;
        while (end > 1 && digits.charAt(end - 1) == '0') {
            end--;
        }
        return digits.substring(0, end);
    }

    /** Share of requests that are kept, above 0 and at most 1. */
    public double probability() {
        return (Randomness.SPAN - value) * 0x1p-56;
    }

    /** How many requests one kept request stands for, 1 or more. */
    public double adjustedCount() {
        return 0x1p56 / (Randomness.SPAN - value);
    }

    /** The stricter of the two: a later sampler may only raise a threshold. */
    public Threshold raisedTo(Threshold other) {
        return compareTo(other) >= 0 ? this : other;
    }

    @Override
    public int compareTo(Threshold other) {
        return Long.compare(value, other.value);
    }

    /** Whole hexadecimal digits by which {@code share} is smaller than 1; 0 for 0. */
    private static int leadingDigits(double share) {
        return share == 0 ? 0 : Math.max(0, -(Math.getExponent(share) + 1) / 4);
    }
}
