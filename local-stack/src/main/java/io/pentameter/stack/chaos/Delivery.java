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
import java.util.stream.Collectors;

/** Spans that go out together, all of one trace. */
record Delivery(Trace trace, ExportTraceServiceRequest request) {

    static final int SPANS = 20;

    private static final int OUTPUT = 10;
    private static final long MAX_TOKENS = 2000;

    /**
     * A root and its model calls, under a feature, and under the group as their customer and their release: one is asked for of spans,
     * the other of rollups.
     */
    static Delivery make(RandomGenerator random, Instant now, String feature, String group, int size) {
        var traceId = Otlp.traceId(random);
        var root = Otlp.spanId(random);
        List<Span> spans = new ArrayList<>();
        Amounts amounts = new Amounts(1, 0, 0, 0);
        for (int i = 0; i < size; i++) {
            Span.Builder span = Span.newBuilder()
                    .setTraceId(traceId)
                    .setSpanId(i == 0 ? root : Otlp.spanId(random))
                    .setName(i == 0 ? "chaos" : "chat gpt-4o-mini")
                    .setKind(SpanKind.SPAN_KIND_CLIENT)
                    .setStartTimeUnixNano(Otlp.nanos(now))
                    .setEndTimeUnixNano(Otlp.nanos(now.plus(Duration.ofMillis(1 + random.nextInt(900)))))
                    .addAttributes(Otlp.text("pentameter.feature", feature))
                    .addAttributes(Otlp.text("pentameter.customer", group));
            if (i > 0) {
                long input = random.nextLong(1, MAX_TOKENS);
                amounts = amounts.plus(Price.call(input, 0, OUTPUT));
                span.setParentSpanId(root)
                        .addAttributes(Otlp.text("gen_ai.operation.name", "chat"))
                        .addAttributes(Otlp.text("gen_ai.provider.name", "openai"))
                        .addAttributes(Otlp.text("gen_ai.request.model", "gpt-4o-mini"))
                        .addAttributes(Otlp.text("gen_ai.response.model", Price.MODEL))
                        .addAttributes(Otlp.whole("gen_ai.usage.input_tokens", input))
                        .addAttributes(Otlp.whole("gen_ai.usage.output_tokens", OUTPUT));
            }
            spans.add(span.build());
        }
        return new Delivery(
                new Trace(
                        group,
                        hex(traceId.toByteArray()),
                        spans.stream()
                                .map(span -> hex(span.getSpanId().toByteArray()))
                                .collect(Collectors.toSet()),
                        amounts),
                Otlp.request(
                        List.of(Otlp.text("service.name", "chaos"), Otlp.text("service.version", group)),
                        "chaos",
                        spans));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
