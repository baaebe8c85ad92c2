package io.pentameter.ingest.intake;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HexFormat;
import java.util.List;

/** Makes OTLP requests with the generated classes of opentelemetry-proto. */
public final class Otlp {

    public static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private Otlp() {}

    /** A root span that began a second before {@link Captures#NOW} and took 100 ms. */
    public static Span.Builder span(String spanId) {
        long start = Captures.NOW.getEpochSecond() * 1_000_000_000L - 1_000_000_000L;
        return Span.newBuilder()
                .setTraceId(hex(TRACE))
                .setSpanId(hex(spanId))
                .setName("step " + spanId)
                .setStartTimeUnixNano(start)
                .setEndTimeUnixNano(start + 100_000_000L);
    }

    public static Span.Builder child(String spanId, String parentId) {
        return span(spanId).setParentSpanId(hex(parentId));
    }

    /** A chat call of gpt-4o-mini with 120 tokens in and 45 out. */
    public static Span.Builder call(String spanId) {
        return span(spanId)
                .addAttributes(text("gen_ai.operation.name", "chat"))
                .addAttributes(text("gen_ai.provider.name", "openai"))
                .addAttributes(text("gen_ai.request.model", "gpt-4o-mini"))
                .addAttributes(whole("gen_ai.usage.input_tokens", 120))
                .addAttributes(whole("gen_ai.usage.output_tokens", 45));
    }

    public static ByteString hex(String digits) {
        return ByteString.copyFrom(HexFormat.of().parseHex(digits));
    }

    public static KeyValue text(String key, String value) {
        return attribute(key, AnyValue.newBuilder().setStringValue(value).build());
    }

    public static KeyValue whole(String key, long value) {
        return attribute(key, AnyValue.newBuilder().setIntValue(value).build());
    }

    public static KeyValue fraction(String key, double value) {
        return attribute(key, AnyValue.newBuilder().setDoubleValue(value).build());
    }

    public static KeyValue flag(String key, boolean value) {
        return attribute(key, AnyValue.newBuilder().setBoolValue(value).build());
    }

    public static KeyValue attribute(String key, AnyValue value) {
        return KeyValue.newBuilder().setKey(key).setValue(value).build();
    }

    public static ExportTraceServiceRequest request(Span.Builder... spans) {
        return request(List.of(), spans);
    }

    public static ExportTraceServiceRequest request(List<KeyValue> resource, Span.Builder... spans) {
        ScopeSpans.Builder scope = ScopeSpans.newBuilder();
        for (Span.Builder span : spans) {
            scope.addSpans(span);
        }
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(Resource.newBuilder().addAllAttributes(resource))
                        .addScopeSpans(scope))
                .build();
    }
}
