package io.pentameter.bench.load;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * An encoded OTLP request whose ids and times can be renewed in place.
 *
 * <p>Encoding each request anew would cost the generator more than the service under test spends on decoding it. So a
 * request is encoded once, the places of its ids and times are looked up, and only those bytes change between sends.
 * Each trace is an agent's run: a root and {@link #CALLS_PER_TRACE} model calls of about 600 bytes.
 */
public final class SpanBatch {

    /** Model calls below each root. */
    public static final int CALLS_PER_TRACE = 4;

    private static final List<String> MODELS =
            List.of("gpt-4o-mini-2024-07-18", "gpt-4o-2024-08-06", "claude-sonnet-4-5-20250929", "gemini-2.5-flash");
    private static final List<String> PROVIDERS = List.of("openai", "openai", "anthropic", "gcp.gemini");

    private final byte[] encoded;
    private final int spans;
    private final List<TracePlaces> traces;

    private record SpanPlaces(int spanId, int parentId, int start, int end, long offsetNanos, long durationNanos) {}

    private record TracePlaces(List<Integer> traceIds, List<SpanPlaces> spans) {}

    private SpanBatch(byte[] encoded, int spans, List<TracePlaces> traces) {
        this.encoded = encoded;
        this.spans = spans;
        this.traces = traces;
    }

    /**
     * A batch with that many traces, drawn with a seed.
     *
     * @param traceCount traces in the request, 1 or more
     */
    public static SpanBatch of(int traceCount, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ScopeSpans.Builder scope = ScopeSpans.newBuilder();
        List<List<Span>> drawn = new ArrayList<>();
        for (int i = 0; i < traceCount; i++) {
            List<Span> trace = trace(random);
            drawn.add(trace);
            scope.addAllSpans(trace);
        }
        byte[] bytes = ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(Resource.newBuilder()
                                .addAttributes(text("service.name", "support-api"))
                                .addAttributes(text("deployment.environment.name", "prod"))
                                .addAttributes(text("service.version", "2026.11.3")))
                        .addScopeSpans(scope))
                .build()
                .toByteArray();
        List<TracePlaces> places = new ArrayList<>();
        for (List<Span> trace : drawn) {
            places.add(places(bytes, trace));
        }
        return new SpanBatch(bytes, traceCount * (CALLS_PER_TRACE + 1), places);
    }

    /** Spans in the request. */
    public int spans() {
        return spans;
    }

    /** Traces in the request. */
    public int traces() {
        return traces.size();
    }

    /** Bytes of the request. */
    public int size() {
        return encoded.length;
    }

    /**
     * The request with fresh ids, as if its spans ended at that time.
     *
     * @param random   source of the ids
     * @param endNanos nanoseconds since the epoch
     */
    public byte[] renewed(SplittableRandom random, long endNanos) {
        byte[] bytes = encoded.clone();
        ByteBuffer ids = ByteBuffer.wrap(bytes);
        ByteBuffer times = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (TracePlaces trace : traces) {
            long high = random.nextLong();
            long low = random.nextLong() | 1;
            for (int at : trace.traceIds()) {
                ids.putLong(at, high).putLong(at + 8, low);
            }
            long root = random.nextLong() | 1;
            for (SpanPlaces span : trace.spans()) {
                ids.putLong(span.spanId(), span.parentId() < 0 ? root : random.nextLong() | 1);
                if (span.parentId() >= 0) {
                    ids.putLong(span.parentId(), root);
                }
                long start = endNanos - 4_000_000_000L + span.offsetNanos();
                times.putLong(span.start(), start).putLong(span.end(), start + span.durationNanos());
            }
        }
        return bytes;
    }

    private static List<Span> trace(SplittableRandom random) {
        ByteString traceId = id(random, 16);
        ByteString root = id(random, 8);
        List<Span> spans = new ArrayList<>();
        String customer = "customer-" + random.nextInt(2000);
        String feature = "feature-" + random.nextInt(8);
        for (int i = 0; i < CALLS_PER_TRACE; i++) {
            long duration = 200_000_000L + random.nextLong(1_500_000_000L);
            spans.add(call(random, traceId, root, customer, feature, duration));
        }
        spans.add(Span.newBuilder()
                .setTraceId(traceId)
                .setSpanId(root)
                .setName("answer_question")
                .setStartTimeUnixNano(random.nextLong() | 1L << 62)
                .setEndTimeUnixNano(random.nextLong() | 1L << 62)
                .addAttributes(text("gen_ai.operation.name", "invoke_agent"))
                .addAttributes(text("pentameter.feature", feature))
                .addAttributes(text("pentameter.customer", customer))
                .build());
        return spans;
    }

    private static Span call(
            SplittableRandom random,
            ByteString traceId,
            ByteString root,
            String customer,
            String feature,
            long durationNanos) {
        int model = random.nextInt(MODELS.size());
        return Span.newBuilder()
                .setTraceId(traceId)
                .setSpanId(id(random, 8))
                .setParentSpanId(root)
                .setName("chat " + MODELS.get(model))
                .setKind(Span.SpanKind.SPAN_KIND_CLIENT)
                .setStartTimeUnixNano(random.nextLong() | 1L << 62)
                .setEndTimeUnixNano(random.nextLong() | 1L << 62)
                .addAttributes(text("gen_ai.operation.name", "chat"))
                .addAttributes(text("gen_ai.provider.name", PROVIDERS.get(model)))
                .addAttributes(text("gen_ai.request.model", MODELS.get(model)))
                .addAttributes(text("gen_ai.response.model", MODELS.get(model)))
                .addAttributes(text("gen_ai.response.id", "chatcmpl-" + Long.toHexString(random.nextLong())))
                .addAttributes(number("gen_ai.usage.input_tokens", 200 + random.nextInt(4000)))
                .addAttributes(number("gen_ai.usage.output_tokens", 20 + random.nextInt(800)))
                .addAttributes(number("gen_ai.usage.cache_read.input_tokens", random.nextInt(200)))
                .addAttributes(text("gen_ai.response.finish_reasons", "stop"))
                .addAttributes(text("pentameter.feature", feature))
                .addAttributes(text("pentameter.customer", customer))
                .addAttributes(text("user.id", "user-" + random.nextInt(20_000)))
                .addAttributes(text("gen_ai.conversation.id", "conversation-" + random.nextInt(50_000)))
                .addAttributes(text("gen_ai.prompt.name", "answer-v" + random.nextInt(4)))
                .addAttributes(real("gen_ai.response.time_to_first_chunk", durationNanos / 5e9))
                .build();
    }

    private static TracePlaces places(byte[] bytes, List<Span> trace) {
        List<Integer> traceIds = new ArrayList<>();
        List<SpanPlaces> spans = new ArrayList<>();
        Span first = trace.getFirst();
        int from = 0;
        for (Span span : trace) {
            int traceId = find(bytes, first.getTraceId().toByteArray(), from);
            traceIds.add(traceId);
            int start = find(bytes, little(span.getStartTimeUnixNano()), traceId);
            boolean isRoot = span.getParentSpanId().isEmpty();
            spans.add(new SpanPlaces(
                    find(bytes, span.getSpanId().toByteArray(), traceId),
                    isRoot ? -1 : find(bytes, span.getParentSpanId().toByteArray(), traceId),
                    start,
                    find(bytes, little(span.getEndTimeUnixNano()), traceId),
                    isRoot ? 0 : 10_000_000L * spans.size(),
                    isRoot ? 2_500_000_000L : 300_000_000L + 400_000_000L * spans.size()));
            from = traceId + 16;
        }
        return new TracePlaces(List.copyOf(traceIds), List.copyOf(spans));
    }

    private static int find(byte[] bytes, byte[] part, int from) {
        outer:
        for (int i = from; i <= bytes.length - part.length; i++) {
            for (int j = 0; j < part.length; j++) {
                if (bytes[i + j] != part[j]) {
                    continue outer;
                }
            }
            return i;
        }
        throw new IllegalStateException("the encoded request lacks a part of itself");
    }

    private static byte[] little(long value) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    private static ByteString id(SplittableRandom random, int bytes) {
        byte[] id = new byte[bytes];
        random.nextBytes(id);
        return ByteString.copyFrom(id);
    }

    private static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static KeyValue number(String key, long value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setIntValue(value))
                .build();
    }

    private static KeyValue real(String key, double value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setDoubleValue(value))
                .build();
    }
}
