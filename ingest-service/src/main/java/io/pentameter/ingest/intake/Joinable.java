package io.pentameter.ingest.intake;

import com.google.protobuf.ByteString;
import io.pentameter.contracts.v1.Payload;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.ingest.publish.LogRecord;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A span to which a payload or an evaluation may belong that comes in another request.
 *
 * @param logged       its record
 * @param names        what it may be called by something that does not know its ids
 * @param lacksPayload whether it is a call and said nothing of input and output itself
 */
public record Joinable(
        LogRecord logged, ByteString traceId, ByteString spanId, List<String> names, boolean lacksPayload) {

    private static final String TAG = "datadog.tag.";

    /** Most tags that a span may be called by. */
    private static final int MAX_TAGS = 20;

    /** Tags that Datadog's tracers put on every span. */
    private static final Set<String> COMMON = Set.of("ml_app", "language", "source", "integration", "ddtrace.version");

    public Joinable {
        names = List.copyOf(names);
    }

    /** The name of a span by the provider's id of the answer. */
    public static String byResponse(String responseId) {
        return "response:" + responseId;
    }

    /** The name of a span by a tag of Datadog's. */
    public static String byTag(String key, String value) {
        return "tag:" + key + ":" + value;
    }

    /** The name of a span by its id alone. */
    public static String bySpan(ByteString spanId) {
        return "span:" + HexFormat.of().formatHex(spanId.toByteArray());
    }

    static void add(SpanRecord span, LogRecord logged, List<Joinable> into) {
        if (span.getIsRunning()) {
            return;
        }
        boolean isCall = span.getKind() == SpanKind.SPAN_KIND_MODEL_CALL || span.getKind() == SpanKind.SPAN_KIND_AGENT;
        boolean isDatadog = span.getDialect().equals("datadog");
        if (!isCall && !isDatadog) {
            return;
        }
        Payload payload = span.getPayload();
        boolean lacksPayload = isCall && payload.getInputSize() == 0 && payload.getOutputSize() == 0;
        List<String> names = new ArrayList<>();
        if (!span.getResponseId().isEmpty()) {
            names.add(byResponse(span.getResponseId()));
        }
        if (isDatadog) {
            tags(span.getAttributesMap(), names);
        }
        if (lacksPayload || !names.isEmpty()) {
            into.add(new Joinable(logged, span.getTraceId(), span.getSpanId(), names, lacksPayload));
        }
    }

    private static void tags(Map<String, String> attributes, List<String> names) {
        attributes.entrySet().stream()
                .filter(attribute -> attribute.getKey().startsWith(TAG))
                .filter(attribute -> !COMMON.contains(attribute.getKey().substring(TAG.length())))
                .sorted(Map.Entry.comparingByKey())
                .limit(MAX_TAGS)
                .forEach(attribute ->
                        names.add(byTag(attribute.getKey().substring(TAG.length()), attribute.getValue())));
    }
}
