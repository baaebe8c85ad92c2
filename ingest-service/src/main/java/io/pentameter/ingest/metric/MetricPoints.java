package io.pentameter.ingest.metric;

import com.google.protobuf.ByteString;
import io.pentameter.contracts.PartitionKey;
import io.pentameter.contracts.v1.MetricRecord;
import io.pentameter.contracts.v1.MetricType;
import io.pentameter.ingest.accept.RefusalReason;
import io.pentameter.ingest.accept.Refusals;
import io.pentameter.ingest.accept.Refused;
import io.pentameter.ingest.accept.TimeWindow;
import io.pentameter.ingest.dialect.Reading;
import io.pentameter.ingest.intake.Sender;
import io.pentameter.ingest.otlp.MetricDelivery;
import io.pentameter.ingest.otlp.RawMetric;
import io.pentameter.ingest.otlp.RawPoint;
import io.pentameter.ingest.pseudonym.Pseudonyms;
import io.pentameter.ingest.publish.LogRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/** Makes a record of each point of a delivery: as the client sent it, redacted. Whatever is wrong with one, the others stay. */
final class MetricPoints {

    private static final int SCHEMA_VERSION = 1;
    private static final int MAX_NAME = 256;
    private static final long NANOS_PER_MICRO = 1_000;

    private final Pseudonyms pseudonyms;
    private final SeriesLimit series;
    private final Limits limits;

    /**
     * @param maxPoints of a request; those beyond are counted only
     * @param maxAge    how old a point may be
     * @param maxAhead  how far ahead of our clock
     */
    record Limits(int maxPoints, Duration maxAge, Duration maxAhead) {}

    MetricPoints(Pseudonyms pseudonyms, SeriesLimit series, Limits limits) {
        this.pseudonyms = pseudonyms;
        this.series = series;
        this.limits = limits;
    }

    /** What came of a delivery: a record for each point that was accepted and says something. */
    record Made(List<LogRecord> records, Refusals refusals) {}

    Made of(MetricDelivery delivery, Sender sender, Instant now) {
        Refusals refusals = new Refusals();
        if (delivery.beyondLimit() > 0) {
            refusals.add(
                    RefusalReason.TOO_MANY_POINTS,
                    delivery.beyondLimit(),
                    "a request may have " + limits.maxPoints() + " points, this one has " + delivery.beyondLimit()
                            + " more");
        }
        TimeWindow window = TimeWindow.around(now, limits.maxAge(), limits.maxAhead());
        List<LogRecord> records = new ArrayList<>();
        for (RawMetric metric : delivery.metrics()) {
            Refused refused = PointCheck.metric(metric);
            if (refused != null) {
                refusals.add(refused.reason(), Math.max(1, metric.points().size()), refused.sentence());
                continue;
            }
            for (RawPoint point : metric.points()) {
                Refused fault = PointCheck.point(metric, point, window);
                if (fault != null) {
                    refusals.add(fault);
                } else if (!point.isEmpty()) {
                    add(metric, point, sender, now, records, refusals);
                }
            }
        }
        return new Made(records, refusals);
    }

    private void add(
            RawMetric metric, RawPoint point, Sender sender, Instant now, List<LogRecord> records, Refusals refusals) {
        ByteString id = Series.of(metric, point);
        if (!series.admits(sender.tenant(), id, now)) {
            refusals.add(
                    RefusalReason.TOO_MANY_SERIES,
                    1,
                    "metric " + metric.name() + ": a tenant may have " + series.most() + " series an hour; an attribute"
                            + " whose values are many (an id) makes each its own");
            return;
        }
        MetricRecord made = made(metric, point, id, sender, now);
        records.add(new LogRecord(PartitionKey.ofSeries(sender.tenant(), id.toByteArray()), made.toByteArray()));
    }

    private MetricRecord made(RawMetric metric, RawPoint point, ByteString id, Sender sender, Instant now) {
        Set<String> found = new HashSet<>();
        boolean isGauge = metric.type() == RawMetric.Type.GAUGE;
        MetricRecord.Builder made = MetricRecord.newBuilder()
                .setSchemaVersion(SCHEMA_VERSION)
                .setTenant(sender.tenant())
                .setKeyId(sender.keyId())
                .setReceivedAtUs(ChronoUnit.MICROS.between(Instant.EPOCH, now))
                .setSeries(id)
                .setName(shortened(metric.name()))
                .setUnit(shortened(metric.unit()))
                .setType(type(metric))
                .setIsCumulative(PointCheck.isCumulative(metric))
                .setStartUs(isGauge ? 0 : point.startNs() / NANOS_PER_MICRO)
                .setAtUs(point.timeNs() / NANOS_PER_MICRO);
        switch (point.value()) {
            case RawPoint.Single(double number) -> made.setValue(number);
            case RawPoint.Explicit histogram -> {
                totals(histogram.totals(), made);
                for (double bound : histogram.bounds()) {
                    made.addBounds(bound);
                }
                for (long count : histogram.counts()) {
                    made.addCounts(count);
                }
            }
            case RawPoint.Exponential histogram -> {
                totals(histogram.totals(), made);
                SortedMap<Integer, Long> counts = ExponentialBuckets.counts(histogram);
                made.putAllLogCounts(counts);
            }
            case null -> throw new IllegalStateException("the check lets no point without a value pass");
        }
        new PointDimensions(sender, pseudonyms, found)
                .put(Reading.of(point.attributes()), metric.source().resource(), made);
        return made.build();
    }

    private static MetricType type(RawMetric metric) {
        return switch (metric.type()) {
            case GAUGE -> MetricType.METRIC_TYPE_GAUGE;
            case SUM -> metric.isMonotonic() ? MetricType.METRIC_TYPE_COUNTER : MetricType.METRIC_TYPE_UP_DOWN_COUNTER;
            case HISTOGRAM, EXPONENTIAL_HISTOGRAM -> MetricType.METRIC_TYPE_HISTOGRAM;
            case SUMMARY, UNKNOWN -> throw new IllegalStateException("the check lets none of these pass");
        };
    }

    private static void totals(RawPoint.Totals totals, MetricRecord.Builder into) {
        into.setCount(totals.count());
        if (!Double.isNaN(totals.sum())) {
            into.setSum(totals.sum());
        }
        if (!Double.isNaN(totals.min())) {
            into.setMin(totals.min());
        }
        if (!Double.isNaN(totals.max())) {
            into.setMax(totals.max());
        }
    }

    private static String shortened(String text) {
        return text.length() <= MAX_NAME ? text : text.substring(0, MAX_NAME);
    }
}
