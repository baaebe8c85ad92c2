package io.pentameter.aggregation.mapping;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pentameter.aggregation.engine.RowBinary;
import io.pentameter.contracts.v1.MetricRecord;
import io.pentameter.contracts.v1.MetricType;
import java.util.List;
import java.util.Optional;

/** Rows of points that clients measured, as they sent them. Of one series and time the one that was received later counts. */
public final class MetricMapper implements RecordMapper {

    public static final Table TABLE = Table.withDimensions(
            "client_metric",
            List.of(
                    "tenant",
                    "name",
                    "series",
                    "at",
                    "unit",
                    "type",
                    "is_cumulative",
                    "start_us",
                    "value",
                    "count",
                    "sum",
                    "min",
                    "max",
                    "bounds",
                    "counts",
                    "log_counts"),
            List.of("attrs", "key_id", "received_at", "retention_days", "version"));

    /** The year 2100: the retention is added to it, and the engine's seconds end in 2106. */
    private static final long LATEST_MICROS = 4_102_444_800L * 1_000_000L;

    @Override
    public Optional<Rejection> map(RawRecord raw, BatchRows rows) {
        MetricRecord metric;
        try {
            metric = MetricRecord.parseFrom(raw.value());
        } catch (InvalidProtocolBufferException _) {
            return Optional.of(new Rejection("undecodable", "", "", 0));
        }
        Optional<String> fault = faultOf(metric);
        if (fault.isPresent()) {
            return Optional.of(
                    new Rejection(fault.get(), metric.getTenant(), metric.getKeyId(), metric.getReceivedAtUs()));
        }
        RowBinary row = rows.of(TABLE);
        point(metric, row);
        DimensionColumns.write(metric.getDimensions(), row)
                .map(metric.getAttributesMap())
                .string(metric.getKeyId())
                .int64(metric.getReceivedAtUs())
                .int16(SpanMapper.RETENTION_DAYS)
                .int64(metric.getReceivedAtUs())
                .endRow();
        return Optional.empty();
    }

    private static Optional<String> faultOf(MetricRecord metric) {
        if (metric.getTenant().isEmpty()) {
            return Optional.of("tenant_missing");
        }
        if (metric.getSeries().size() != 16 || metric.getName().isEmpty()) {
            return Optional.of("invalid_ids");
        }
        if (metric.getType() == MetricType.METRIC_TYPE_UNSPECIFIED || metric.getType() == MetricType.UNRECOGNIZED) {
            return Optional.of("type_missing");
        }
        if (metric.getAtUs() <= 0 || metric.getAtUs() > LATEST_MICROS) {
            return Optional.of("time_out_of_range");
        }
        boolean isExplicit = metric.getBoundsCount() > 0 || metric.getCountsCount() > 0;
        return isExplicit && metric.getCountsCount() != metric.getBoundsCount() + 1
                ? Optional.of("invalid_buckets")
                : Optional.empty();
    }

    private static void point(MetricRecord metric, RowBinary row) {
        row.string(metric.getTenant())
                .string(metric.getName())
                .fixed(metric.getSeries().toByteArray(), 16)
                .int64(metric.getAtUs())
                .string(metric.getUnit())
                .string(Words.of(metric.getType()))
                .bool(metric.getIsCumulative())
                .int64(metric.getStartUs())
                .float64(metric.getValue())
                .int64(metric.getCount())
                .nullable(metric.hasSum(), metric.getSum())
                .nullable(metric.hasMin(), metric.getMin())
                .nullable(metric.hasMax(), metric.getMax())
                .float64s(metric.getBoundsList())
                .int64s(metric.getCountsList())
                .buckets(metric.getLogCountsMap());
    }
}
