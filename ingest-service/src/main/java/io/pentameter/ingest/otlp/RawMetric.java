package io.pentameter.ingest.otlp;

import io.pentameter.ingest.dialect.SpanSource;
import java.util.List;

/**
 * A metric as sent, decoded but neither checked nor understood.
 *
 * @param type        what its points are
 * @param temporality 1 delta, 2 cumulative, 0 or anything else: not said
 * @param isMonotonic of a sum: whether it only grows
 * @param points      those within the limit of the request
 */
public record RawMetric(
        SpanSource source,
        String name,
        String unit,
        Type type,
        int temporality,
        boolean isMonotonic,
        List<RawPoint> points) {

    /** The kinds of OTLP. */
    public enum Type {
        GAUGE,
        SUM,
        HISTOGRAM,
        EXPONENTIAL_HISTOGRAM,
        SUMMARY,
        /** No data at all, or of a kind that is newer than this program. */
        UNKNOWN
    }
}
