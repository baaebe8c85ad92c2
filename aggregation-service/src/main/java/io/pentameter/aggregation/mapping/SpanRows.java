package io.pentameter.aggregation.mapping;

import io.pentameter.aggregation.engine.RowBinary;
import io.pentameter.contracts.v1.Attempt;
import io.pentameter.contracts.v1.Classification;
import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.CostComponent;
import io.pentameter.contracts.v1.Outcome;
import io.pentameter.contracts.v1.Payload;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.contracts.v1.Usage;
import io.pentameter.pricing.Bucket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of spans' metadata. Each method writes the columns of one group, in the order of {@link #TABLE}. */
public final class SpanRows {

    private static final List<String> BEFORE_DIMENSIONS = List.of(
            "tenant",
            "trace_id",
            "span_id",
            "parent_span_id",
            "start",
            "duration_ns",
            "kind",
            "name",
            "is_request",
            "error",
            "failure",
            "failure_detail",
            "severity",
            "failure_rule",
            "failure_hidden",
            "error_type",
            "error_message",
            "http_status");

    private static final List<String> BEHIND_DIMENSIONS = List.of(
            "key_id",
            "dialect",
            "intent_source",
            "intent_confidence",
            "intent_model",
            "language_source",
            "language_confidence",
            "language_model",
            "response_id",
            "attempt_group",
            "attempt_number",
            "attempt_of",
            "attempt_superseded",
            "has_usage",
            "in_uncached",
            "in_cache_read",
            "in_cache_write_5m",
            "in_cache_write_1h",
            "in_audio",
            "in_image",
            "out_text",
            "out_reasoning",
            "out_audio",
            "reported_input",
            "reported_output",
            "reported_total",
            "usage_source",
            "usage_reading",
            "usage_reported_in",
            "usage_repeated",
            "service_tier",
            "unit_counts",
            "has_cost",
            "cost_known",
            "cost_unknown_reason",
            "cost_nano",
            "price_version",
            "price_id",
            "client_cost_nano",
            "client_reported_in",
            "cost_buckets",
            "cost_units",
            "cost_unit_prices",
            "cost_parts_nano",
            "ttft_ns",
            "attrs",
            "tags",
            "warnings",
            "redacted",
            "input_preview",
            "output_preview",
            "input_size",
            "output_size",
            "payload_truncated",
            "finish_reason",
            "output_type",
            "received_at",
            "schema_version",
            "kafka_partition",
            "kafka_offset",
            "retention_days",
            "version",
            "is_deleted");

    public static final Table TABLE = Table.withDimensions("span", BEFORE_DIMENSIONS, BEHIND_DIMENSIONS);

    /** Versions between two receipts: room for what the sink writes again when it sees more of the trace. */
    public static final long VERSIONS_PER_MICRO = 1024;

    private static final int PREVIEW_CHARACTERS = 200;
    private static final long ABSENT = -1;

    private SpanRows() {}

    static void write(RawRecord raw, SpanRecord span, RowBinary row) {
        identity(span, row);
        outcome(span, row);
        dimensions(span, row);
        findings(span, row);
        usage(span, row);
        cost(span, row);
        text(span, row);
        origin(raw, span, row);
        row.endRow();
    }

    private static void identity(SpanRecord span, RowBinary row) {
        row.string(span.getTenant())
                .fixed(span.getTraceId().toByteArray(), 16)
                .fixed(span.getSpanId().toByteArray(), 8)
                .fixed(span.getParentSpanId().toByteArray(), 8)
                .int64(span.getStartNs())
                .int64(span.getDurationNs())
                .string(Words.of(span.getKind()))
                .string(span.getName())
                .bool(span.getIsRequest());
    }

    private static void outcome(SpanRecord span, RowBinary row) {
        Outcome outcome = span.getOutcome();
        row.bool(outcome.getError())
                .string(outcome.getFailure())
                .string(outcome.getDetail())
                .string(outcome.getSeverity())
                .string(outcome.getRule())
                .bool(outcome.getHidden())
                .string(outcome.getErrorType())
                .string(outcome.getMessage())
                .int16(outcome.getHttpStatus());
    }

    private static void dimensions(SpanRecord span, RowBinary row) {
        DimensionColumns.write(span.getDimensions(), row)
                .string(span.getKeyId())
                .string(span.getDialect());
    }

    private static void findings(SpanRecord span, RowBinary row) {
        classification(span.getIntentFound(), row);
        classification(span.getLanguageFound(), row);
        Attempt attempt = span.getAttempt();
        row.string(span.getResponseId())
                .int64(attempt.getGroup())
                .int16(attempt.getNumber())
                .int16(attempt.getOf())
                .bool(attempt.getSuperseded());
    }

    private static void classification(Classification found, RowBinary row) {
        row.string(found.getSource()).float32((float) found.getConfidence()).string(found.getModel());
    }

    private static void usage(SpanRecord span, RowBinary row) {
        Usage usage = span.getUsage();
        row.bool(span.hasUsage())
                .int64(usage.getInUncached())
                .int64(usage.getInCacheRead())
                .int64(usage.getInCacheWrite5M())
                .int64(usage.getInCacheWrite1H())
                .int64(usage.getInAudio())
                .int64(usage.getInImage())
                .int64(usage.getOutText())
                .int64(usage.getOutReasoning())
                .int64(usage.getOutAudio())
                .int64(usage.hasReportedInput() ? usage.getReportedInput() : ABSENT)
                .int64(usage.hasReportedOutput() ? usage.getReportedOutput() : ABSENT)
                .int64(usage.hasReportedTotal() ? usage.getReportedTotal() : ABSENT)
                .string(Words.of(usage.getSource()))
                .string(usage.getReading())
                .string(usage.getReportedIn())
                .bool(false)
                .string(usage.getServiceTier())
                .counts(unitCounts(usage));
    }

    /** What is billed by the piece; only what there was. */
    private static Map<String, Long> unitCounts(Usage usage) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Bucket bucket : Bucket.all()) {
            if (!bucket.isTokens() && bucket.unitsOf(usage) != 0) {
                counts.put(bucket.word(), bucket.unitsOf(usage));
            }
        }
        return counts;
    }

    private static void cost(SpanRecord span, RowBinary row) {
        Cost cost = span.getCost();
        List<CostComponent> parts = cost.getComponentsList();
        row.bool(span.hasCost())
                .bool(cost.getKnown())
                .string(cost.getUnknownReason())
                .int64(cost.getKnown() ? cost.getTotalNanoUsd() : 0)
                .string(cost.getPriceVersion())
                .string(cost.getPriceId())
                .int64(cost.hasClientNanoUsd() ? cost.getClientNanoUsd() : ABSENT)
                .string(cost.getClientReportedIn())
                .strings(parts.stream().map(CostComponent::getBucket).toList())
                .int64s(parts.stream().map(CostComponent::getUnits).toList())
                .strings(parts.stream().map(CostComponent::getNanoUsdPerUnit).toList())
                .int64s(parts.stream().map(CostComponent::getNanoUsd).toList());
    }

    private static void text(SpanRecord span, RowBinary row) {
        Payload payload = span.getPayload();
        row.int64(span.hasTtftNs() ? span.getTtftNs() : ABSENT)
                .map(span.getAttributesMap())
                .strings(span.getTagsList())
                .strings(span.getWarningsList())
                .strings(span.getRedactedList())
                .string(preview(payload.getInput()))
                .string(preview(payload.getOutput()))
                .int64(payload.getInputSize())
                .int64(payload.getOutputSize())
                .bool(payload.getTruncated())
                .string(payload.getFinishReason())
                .string(payload.getOutputType());
    }

    private static void origin(RawRecord raw, SpanRecord span, RowBinary row) {
        row.int64(span.getReceivedAtUs())
                .int16(span.getSchemaVersion())
                .int16(raw.partition())
                .int64(raw.offset())
                .int16(SpanMapper.RETENTION_DAYS)
                .int64(span.getReceivedAtUs() * VERSIONS_PER_MICRO)
                .bool(span.getIsDeleted());
    }

    /** The first characters, never half of a surrogate pair. */
    private static String preview(String text) {
        if (text.length() <= PREVIEW_CHARACTERS) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(PREVIEW_CHARACTERS - 1))
                ? PREVIEW_CHARACTERS - 1
                : PREVIEW_CHARACTERS;
        return text.substring(0, end);
    }
}
