package io.pentameter.ingest.otlp;

import io.pentameter.ingest.dialect.Attributes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A point while its fields are read, in whatever order they come. Mutable; lives as long as one point. */
final class PointDraft {

    /** Most buckets of a histogram that are read; the SDKs send 160 at most, and nobody writes out more bounds. */
    static final int MAX_BUCKETS = 2_000;

    private static final int NO_RECORDED_VALUE = 1;

    final Attributes attributes;
    long startNs;
    long timeNs;
    long flags;
    double number = Double.NaN;
    boolean hasNumber;
    long count;
    double sum = Double.NaN;
    double min = Double.NaN;
    double max = Double.NaN;
    final Numbers bounds = new Numbers();
    final Numbers counts = new Numbers();
    int scale;
    long zeros;
    RawPoint.Range positive = RawPoint.Range.NONE;
    RawPoint.Range negative = RawPoint.Range.NONE;

    @Nullable
    String unreadable;

    PointDraft(int maxAttributes) {
        this.attributes = new Attributes(maxAttributes);
    }

    RawPoint point(RawMetric.Type type) {
        return new RawPoint(attributes, startNs, timeNs, (flags & NO_RECORDED_VALUE) != 0, value(type), unreadable);
    }

    private RawPoint.@Nullable Value value(RawMetric.Type type) {
        RawPoint.Totals totals = new RawPoint.Totals(count, sum, min, max);
        return switch (type) {
            case GAUGE, SUM -> hasNumber ? new RawPoint.Single(number) : null;
            case HISTOGRAM -> new RawPoint.Explicit(totals, bounds.fractions(), counts.wholes());
            case EXPONENTIAL_HISTOGRAM -> new RawPoint.Exponential(totals, scale, zeros, positive, negative);
            case SUMMARY, UNKNOWN -> null;
        };
    }

    void single(double value) {
        number = value;
        hasNumber = true;
    }

    /** Numbers of 64 bits, in the order added; they grow in linear time. */
    static final class Numbers {

        private long[] bits = new long[16];
        private int size;

        /** @throws UndecodableException if there are {@link #MAX_BUCKETS} and one more already */
        void add(long number) {
            if (size > MAX_BUCKETS) {
                throw new UndecodableException("a histogram may have " + MAX_BUCKETS + " buckets, this one has more");
            }
            if (size == bits.length) {
                bits = Arrays.copyOf(bits, size * 2);
            }
            bits[size++] = number;
        }

        void add(double number) {
            add(Double.doubleToRawLongBits(number));
        }

        long[] wholes() {
            return Arrays.copyOf(bits, size);
        }

        double[] fractions() {
            double[] fractions = new double[size];
            for (int i = 0; i < size; i++) {
                fractions[i] = Double.longBitsToDouble(bits[i]);
            }
            return fractions;
        }
    }
}
