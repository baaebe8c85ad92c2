package io.pentameter.ingest.intake;

import io.opentelemetry.proto.trace.v1.Span;
import io.pentameter.ingest.otlp.OtlpEncoding;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Measures the pipeline without HTTP and Kafka: CPU-seconds and allocation per million spans of about 600 bytes.
 *
 * <p>Not a test: a number depends on the machine. Arguments: rounds (default 10), seconds of a round (default 3).
 */
public final class IntakeBench {

    private static final int SPANS = 100;

    private IntakeBench() {}

    public static void main(String[] args) {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 10;
        long roundNanos = (args.length > 1 ? Long.parseLong(args[1]) : 3) * 1_000_000_000L;
        IntakePipeline pipeline = Captures.pipeline();
        byte[] body = body();
        System.out.printf(Locale.ROOT, "%d spans a body, %d bytes a span%n", SPANS, body.length / SPANS);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int round = 0; round < rounds; round++) {
            long spans = 0;
            long bytes = 0;
            long start = System.nanoTime();
            long cpu = threads.getCurrentThreadCpuTime();
            long allocated = threads.getCurrentThreadAllocatedBytes();
            while (System.nanoTime() - start < roundNanos) {
                Intake intake = pipeline.process(body, OtlpEncoding.PROTOBUF, Captures.ACME, Captures.NOW);
                spans += intake.records().size();
                bytes += intake.records().getFirst().value().length;
            }
            double micros = (threads.getCurrentThreadCpuTime() - cpu) / 1e3 / spans;
            System.out.printf(
                    Locale.ROOT,
                    "round %d: %.2f CPU-s per million spans, %d bytes allocated a span, %d bytes a record%n",
                    round,
                    micros,
                    (threads.getCurrentThreadAllocatedBytes() - allocated) / spans,
                    bytes / (spans / SPANS));
        }
    }

    private static byte[] body() {
        SplittableRandom random = new SplittableRandom(1);
        Span.Builder[] spans = new Span.Builder[SPANS];
        for (int i = 0; i < SPANS; i++) {
            spans[i] = Otlp.call("%016x".formatted(random.nextLong() | 1))
                    .setTraceId(Otlp.hex("%016x%016x".formatted(random.nextLong() | 1, random.nextLong())))
                    .addAttributes(Otlp.text("gen_ai.response.model", "gpt-4o-mini-2024-07-18"))
                    .addAttributes(Otlp.text("gen_ai.response.finish_reasons", "stop"))
                    .addAttributes(Otlp.fraction("gen_ai.response.time_to_first_chunk", 0.35))
                    .addAttributes(Otlp.whole("gen_ai.usage.cache_read.input_tokens", 64))
                    .addAttributes(Otlp.text("pentameter.feature", "feature-" + i % 7))
                    .addAttributes(Otlp.text("pentameter.customer", "customer-" + i % 50))
                    .addAttributes(Otlp.text("pentameter.user", "user-" + i))
                    .addAttributes(Otlp.text("pentameter.prompt.name", "answer"))
                    .addAttributes(Otlp.fraction("gen_ai.request.temperature", 0.2))
                    .addAttributes(Otlp.text(
                            "gen_ai.input.messages",
                            "[{\"role\":\"user\",\"content\":\"What is the capital of France?\"}]"))
                    .addAttributes(
                            Otlp.text("gen_ai.output.messages", "[{\"role\":\"assistant\",\"content\":\"Paris.\"}]"));
        }
        return Otlp.request(
                        List.of(
                                Otlp.text("service.name", "shop"),
                                Otlp.text("service.version", "1.2.3"),
                                Otlp.text("deployment.environment.name", "prod"),
                                Otlp.text("telemetry.sdk.name", "opentelemetry")),
                        spans)
                .toByteArray();
    }
}
