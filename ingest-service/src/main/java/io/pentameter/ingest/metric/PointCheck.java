package io.pentameter.ingest.metric;

import io.pentameter.ingest.accept.RefusalReason;
import io.pentameter.ingest.accept.Refused;
import io.pentameter.ingest.accept.TimeWindow;
import io.pentameter.ingest.otlp.RawMetric;
import io.pentameter.ingest.otlp.RawPoint;
import org.jspecify.annotations.Nullable;

/** The rules that a point must keep to be stored. */
final class PointCheck {

    /** Most attributes of a point. None is dropped: two series would become one. */
    static final int MAX_ATTRIBUTES = 64;

    private static final int DELTA = 1;
    private static final int CUMULATIVE = 2;
    private static final int MAX_SHOWN = 80;

    private PointCheck() {}

    /** Why no point of the metric is taken; absent if they are. */
    static @Nullable Refused metric(RawMetric metric) {
        if (metric.name().isBlank()) {
            return new Refused(RefusalReason.INVALID_POINT, "a metric must have a name");
        }
        String name = "metric " + shown(metric.name()) + ": ";
        return switch (metric.type()) {
            case GAUGE -> null;
            case SUM, HISTOGRAM, EXPONENTIAL_HISTOGRAM ->
                metric.temporality() == DELTA || metric.temporality() == CUMULATIVE
                        ? null
                        : new Refused(
                                RefusalReason.INVALID_POINT,
                                name + "aggregationTemporality must be 1 (delta) or 2 (cumulative): "
                                        + metric.temporality());
            case SUMMARY ->
                new Refused(
                        RefusalReason.METRIC_NOT_TAKEN,
                        name + "a summary is not taken, its quantiles cannot be added up; send a histogram");
            case UNKNOWN ->
                new Refused(
                        RefusalReason.METRIC_NOT_TAKEN,
                        name + "it must have a sum, a gauge, a histogram or an exponential histogram");
        };
    }

    static boolean isCumulative(RawMetric metric) {
        return metric.type() != RawMetric.Type.GAUGE && metric.temporality() == CUMULATIVE;
    }

    /** Why the point is not taken; absent if it is. */
    static @Nullable Refused point(RawMetric metric, RawPoint point, TimeWindow window) {
        String name = "metric " + shown(metric.name()) + ": ";
        if (point.unreadable() != null) {
            return new Refused(RefusalReason.UNDECODABLE_SPAN, name + point.unreadable());
        }
        if (!window.contains(point.timeNs())) {
            return new Refused(
                    RefusalReason.TIME_OUT_OF_RANGE,
                    name + "timeUnixNano " + TimeWindow.shown(point.timeNs()) + " must be between "
                            + TimeWindow.shown(window.earliestNs()) + " and " + TimeWindow.shown(window.latestNs()));
        }
        if (point.startNs() < 0 || point.startNs() > point.timeNs()) {
            return invalid(name + "startTimeUnixNano " + TimeWindow.shown(point.startNs())
                    + " must not be after timeUnixNano " + TimeWindow.shown(point.timeNs()));
        }
        int attributes = point.attributes().size() + point.attributes().dropped();
        if (attributes > MAX_ATTRIBUTES) {
            return new Refused(
                    RefusalReason.TOO_MANY_ATTRIBUTES,
                    name + "a point may have " + MAX_ATTRIBUTES + " attributes, this one has " + attributes);
        }
        String fault = point.isEmpty() ? null : fault(point);
        return fault == null ? null : invalid(name + fault);
    }

    private static @Nullable String fault(RawPoint point) {
        return switch (point.value()) {
            case null -> "a point must have a value: asDouble or asInt";
            case RawPoint.Single(double number) ->
                Double.isFinite(number) ? null : "the value must be a finite number: " + number;
            case RawPoint.Explicit histogram -> fault(histogram);
            case RawPoint.Exponential histogram -> fault(histogram);
        };
    }

    private static @Nullable String fault(RawPoint.Explicit histogram) {
        double[] bounds = histogram.bounds();
        long[] counts = histogram.counts();
        boolean hasNone = bounds.length == 0 && counts.length == 0;
        if (!hasNone && counts.length != bounds.length + 1) {
            return "bucketCounts must be one more than explicitBounds: " + counts.length + " and " + bounds.length;
        }
        for (int i = 0; i < bounds.length; i++) {
            if (!Double.isFinite(bounds[i]) || (i > 0 && bounds[i] <= bounds[i - 1])) {
                return "explicitBounds must be finite and ascending: " + bounds[i];
            }
        }
        return hasNone ? faultOfTotals(histogram.totals(), histogram.totals().count()) : sums(histogram, counts);
    }

    private static @Nullable String sums(RawPoint.Explicit histogram, long[] counts) {
        return faultOfTotals(histogram.totals(), sum(counts));
    }

    private static @Nullable String fault(RawPoint.Exponential histogram) {
        String fault = ExponentialBuckets.fault(histogram);
        if (fault != null) {
            return fault;
        }
        long inBuckets = sum(histogram.positive().counts());
        boolean isNegative = inBuckets < 0 || histogram.zeros() < 0;
        return faultOfTotals(histogram.totals(), isNegative ? -1 : inBuckets + histogram.zeros());
    }

    private static @Nullable String faultOfTotals(RawPoint.Totals totals, long inBuckets) {
        if (totals.count() < 0 || inBuckets != totals.count()) {
            return "count must be the sum of the buckets: " + Long.toUnsignedString(totals.count()) + " and "
                    + Long.toUnsignedString(inBuckets);
        }
        return Double.isInfinite(totals.sum()) || Double.isInfinite(totals.min()) || Double.isInfinite(totals.max())
                ? "sum, min and max must be finite"
                : null;
    }

    /** -1 if a count is below zero or the sum is beyond 64 bits. */
    private static long sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            if (count < 0 || sum + count < 0) {
                return -1;
            }
            sum += count;
        }
        return sum;
    }

    private static Refused invalid(String sentence) {
        return new Refused(RefusalReason.INVALID_POINT, sentence);
    }

    private static String shown(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }
}
