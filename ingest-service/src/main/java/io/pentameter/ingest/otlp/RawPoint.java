package io.pentameter.ingest.otlp;

import io.pentameter.ingest.dialect.Attributes;
import org.jspecify.annotations.Nullable;

/**
 * A point of a metric as sent.
 *
 * @param startNs    nanoseconds since the epoch since when it counts; 0 if not said
 * @param timeNs     nanoseconds since the epoch; 0 if not said
 * @param isEmpty    whether the client says that it recorded nothing
 * @param value      what it says; absent if it says nothing
 * @param unreadable what could not be read of it, as a sentence; absent if all could
 */
public record RawPoint(
        Attributes attributes,
        long startNs,
        long timeNs,
        boolean isEmpty,
        @Nullable Value value,
        @Nullable String unreadable) {

    /** What a point says. */
    public sealed interface Value {}

    /** One number, of a gauge or a sum. */
    public record Single(double number) implements Value {}

    /**
     * What all histograms say of themselves.
     *
     * @param count how many values
     * @param sum   of them; NaN if not said
     * @param min   NaN if not said
     * @param max   NaN if not said
     */
    public record Totals(long count, double sum, double min, double max) {}

    /**
     * A histogram with bounds of its own.
     *
     * @param bounds ascending upper bounds, included in their bucket
     * @param counts one more than bounds, or none at all
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared; lives as long as the reading of the body
    public record Explicit(Totals totals, double[] bounds, long[] counts) implements Value {}

    /**
     * A histogram whose bucket {@code i} holds what is above {@code base^i} up to {@code base^(i+1)}, with {@code base =
     * 2^(2^-scale)}.
     *
     * @param zeros counts of values that are zero, or as good as zero
     */
    public record Exponential(Totals totals, int scale, long zeros, Range positive, Range negative) implements Value {}

    /**
     * Buckets in a row.
     *
     * @param offset index of the first
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared; lives as long as the reading of the body
    public record Range(int offset, long[] counts) {

        static final Range NONE = new Range(0, new long[0]);
    }
}
