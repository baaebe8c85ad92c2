package io.pentameter.stack.chaos;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.pentameter.stack.otlp.Otlp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Spans that go out together, all of one trace, and what they add up to.
 *
 * @param group    the word by which a query finds it, together with others
 * @param spanIds  in hexadecimal digits
 */
record Delivery(
        String traceId, String group, List<String> spanIds, long inputTokens, ExportTraceServiceRequest request) {

    static final int SPANS = 20;

    /** 0.15 USD a million of input, 0.60 of output, and 10 tokens of output a call. */
    private static final long NANO_PER_INPUT_TOKEN = 150;

    private static final long NANO_PER_OUTPUT = 10 * 600L;
    private static final long MAX_TOKENS = 2000;

    /** A root and its model calls, under the feature {@code run} and the customer {@code group}. */
    static Delivery make(RandomGenerator random, Instant now, String run, String group) {
        var traceId = Otlp.traceId(random);
        var root = Otlp.spanId(random);
        List<Span> spans = new ArrayList<>();
        long tokens = 0;
        for (int i = 0; i < SPANS; i++) {
            Span.Builder span = Span.newBuilder()
                    .setTraceId(traceId)
                    .setSpanId(i == 0 ? root : Otlp.spanId(random))
                    .setName(i == 0 ? "chaos" : "chat gpt-4o-mini")
                    .setKind(SpanKind.SPAN_KIND_CLIENT)
                    .setStartTimeUnixNano(Otlp.nanos(now))
                    .setEndTimeUnixNano(Otlp.nanos(now.plus(Duration.ofMillis(1 + random.nextInt(900)))))
                    .addAttributes(Otlp.text("pentameter.feature", run))
                    .addAttributes(Otlp.text("pentameter.customer", group));
            if (i > 0) {
                long input = random.nextLong(1, MAX_TOKENS);
                tokens += input;
                span.setParentSpanId(root)
                        .addAttributes(Otlp.text("gen_ai.operation.name", "chat"))
                        .addAttributes(Otlp.text("gen_ai.provider.name", "openai"))
                        .addAttributes(Otlp.text("gen_ai.request.model", "gpt-4o-mini"))
                        .addAttributes(Otlp.text("gen_ai.response.model", "gpt-4o-mini-2024-07-18"))
                        .addAttributes(Otlp.whole("gen_ai.usage.input_tokens", input))
                        .addAttributes(Otlp.whole("gen_ai.usage.output_tokens", 10));
            }
            spans.add(span.build());
        }
        return new Delivery(
                hex(traceId.toByteArray()),
                group,
                spans.stream().map(span -> hex(span.getSpanId().toByteArray())).toList(),
                tokens,
                Otlp.request(List.of(Otlp.text("service.name", "chaos")), "chaos", spans));
    }

    /** What its calls cost, in 1e-9 USD. */
    long nano() {
        return inputTokens * NANO_PER_INPUT_TOKEN + (spanIds.size() - 1) * NANO_PER_OUTPUT;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
