package io.pentameter.acceptance;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** Spans as a client makes them. */
final class Spans {

    /** Prices of gpt-4o-mini of 2024: 0.15, cached 0.075 and 0.60 USD for a million tokens. */
    static final String MODEL = "gpt-4o-mini-2024-07-18";

    private static final SplittableRandom RANDOM = new SplittableRandom();

    private Spans() {}

    /** A root span that is a chat call: 120 input tokens of which 64 cached, 45 output tokens; 0.0000402 USD. */
    static Span.Builder chat(Instant start, Duration duration) {
        return Span.newBuilder()
                .setTraceId(bytes(16))
                .setSpanId(bytes(8))
                .setName("chat " + MODEL)
                .setKind(Span.SpanKind.SPAN_KIND_CLIENT)
                .setStartTimeUnixNano(nanos(start))
                .setEndTimeUnixNano(nanos(start.plus(duration)))
                .addAttributes(text("gen_ai.operation.name", "chat"))
                .addAttributes(text("gen_ai.provider.name", "openai"))
                .addAttributes(text("gen_ai.request.model", "gpt-4o-mini"))
                .addAttributes(text("gen_ai.response.model", MODEL))
                .addAttributes(number("gen_ai.usage.input_tokens", 120))
                .addAttributes(number("gen_ai.usage.cache_read.input_tokens", 64))
                .addAttributes(number("gen_ai.usage.output_tokens", 45));
    }

    static ExportTraceServiceRequest request(Span... spans) {
        return request(List.of(spans));
    }

    static ExportTraceServiceRequest request(List<Span> spans) {
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(Resource.newBuilder()
                                .addAttributes(text("service.name", "acceptance"))
                                .addAttributes(text("deployment.environment.name", "test")))
                        .addScopeSpans(ScopeSpans.newBuilder().addAllSpans(spans)))
                .build();
    }

    static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    static KeyValue number(String key, long value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setIntValue(value))
                .build();
    }

    static ByteString bytes(int count) {
        byte[] bytes = new byte[count];
        synchronized (RANDOM) {
            RANDOM.nextBytes(bytes);
        }
        return ByteString.copyFrom(bytes);
    }

    static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    /** A word that no other story uses, so that stories can share a stack. */
    static String unique(String prefix) {
        return prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    static long nanos(Instant at) {
        return at.getEpochSecond() * 1_000_000_000L + at.getNano();
    }
}
