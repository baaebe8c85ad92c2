package io.pentameter.stack.demo;

import static io.pentameter.stack.otlp.Otlp.text;
import static io.pentameter.stack.otlp.Otlp.whole;

import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.pentameter.stack.otlp.Otlp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The customer whose cost docs/guide/cost.md explains line by line: three calls at the beginning of a day, the same spans whenever
 * the demo starts on that day, so that they are counted once.
 */
final class GuideCustomer {

    static final String NAME = "guide";

    private static final Duration LENGTH = Duration.ofSeconds(1);

    private final Instant start;
    private final RandomGenerator ids;

    private GuideCustomer(Instant start) {
        this.start = start;
        this.ids = new SplittableRandom(start.getEpochSecond());
    }

    /** The calls of the day, UTC, that holds {@code now}. */
    static List<Span> calls(Instant now) {
        GuideCustomer guide = new GuideCustomer(now.truncatedTo(ChronoUnit.DAYS));
        return List.of(
                guide.call("chat", "openai", "gpt-4o-mini-2024-07-18", 120, 64, 45),
                guide.call("summary", "anthropic", "claude-sonnet-4-5-20250929", 1000, 600, 500),
                guide.call("rank", "in-house", "guide-ranker", 1000, 0, 10));
    }

    /** @param input tokens, those from the cache included */
    private Span call(String feature, String provider, String model, long input, long cached, long output) {
        return Span.newBuilder()
                .setTraceId(Otlp.traceId(ids))
                .setSpanId(Otlp.spanId(ids))
                .setName("chat " + model)
                .setKind(SpanKind.SPAN_KIND_CLIENT)
                .setStartTimeUnixNano(Otlp.nanos(start))
                .setEndTimeUnixNano(Otlp.nanos(start.plus(LENGTH)))
                .addAttributes(text("gen_ai.operation.name", "chat"))
                .addAttributes(text("gen_ai.provider.name", provider))
                .addAttributes(text("gen_ai.request.model", model))
                .addAttributes(text("gen_ai.response.model", model))
                .addAttributes(text("pentameter.feature", feature))
                .addAttributes(text("pentameter.customer", NAME))
                .addAttributes(whole("gen_ai.usage.input_tokens", input))
                .addAttributes(whole("gen_ai.usage.cache_read.input_tokens", cached))
                .addAttributes(whole("gen_ai.usage.output_tokens", output))
                .build();
    }
}
