package io.pentameter.ingest.intake;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.Span;
import io.pentameter.ingest.classify.Classifier;
import io.pentameter.ingest.config.TenantSettings;
import io.pentameter.ingest.otlp.OtlpEncoding;
import io.pentameter.ingest.redact.Detector;
import io.pentameter.ingest.redact.Redactor;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Measures the pipeline without HTTP and Kafka, with redaction and classification on and off: CPU-seconds and allocation per
 * million spans, and the rate as a share of the rate with both off.
 *
 * <p>Not a test: a number depends on the machine. Arguments: rounds (default 6), seconds of a round (default 3).
 */
public final class IntakeBench {

    private static final int TRACES = 20;
    private static final int SPANS = TRACES * 5;
    private static final int BODIES = 40;

    private static final Redactor BLIND = new Redactor(EnumSet.allOf(Detector.class), List.of(), List.of());
    private static final Classifier CLASSIFIER = Classifier.start(new Classifier.Limits(0.5, 0.7));

    private static final List<Mode> MODES = List.of(
            new Mode("off", false, false),
            new Mode("redaction", true, false),
            new Mode("classification", false, true),
            new Mode("both", true, true));

    /** What is on, and what it took in the last round. */
    private static final class Mode {

        private final String name;
        private final IntakePipeline pipeline;
        private final Sender sender;
        private double micros;

        Mode(String name, boolean withRedaction, boolean withClassification) {
            this.name = name;
            pipeline = Captures.pipeline(withClassification ? CLASSIFIER : Classifier.OFF);
            sender = withRedaction
                    ? Captures.ACME
                    : new Sender("acme", "key_1", TenantSettings.STANDARD.withRedactor(BLIND));
        }
    }

    private IntakeBench() {}

    public static void main(String[] args) {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 6;
        long roundNanos = (args.length > 1 ? Long.parseLong(args[1]) : 3) * 1_000_000_000L;
        byte[][] bodies = new byte[BODIES][];
        for (int i = 0; i < BODIES; i++) {
            bodies[i] = body(i);
        }
        System.out.printf(Locale.ROOT, "%d spans a body, %d bytes a span%n", SPANS, bodies[0].length / SPANS);
        for (int round = 0; round < rounds; round++) {
            for (Mode mode : MODES) {
                measure(mode, bodies, roundNanos, round);
            }
        }
    }

    private static void measure(Mode mode, byte[][] bodies, long roundNanos, int round) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long spans = 0;
        int next = 0;
        long start = System.nanoTime();
        long cpu = threads.getCurrentThreadCpuTime();
        long allocated = threads.getCurrentThreadAllocatedBytes();
        while (System.nanoTime() - start < roundNanos) {
            spans += mode.pipeline
                    .process(bodies[next++ % BODIES], OtlpEncoding.PROTOBUF, mode.sender, Captures.NOW)
                    .records()
                    .size();
        }
        mode.micros = (threads.getCurrentThreadCpuTime() - cpu) / 1e3 / spans;
        System.out.printf(
                Locale.ROOT,
                "round %d %-14s %6.2f CPU-s per million spans, %d bytes allocated a span, rate %.0f %% of off%n",
                round,
                mode.name,
                mode.micros,
                (threads.getCurrentThreadAllocatedBytes() - allocated) / spans,
                100 * MODES.getFirst().micros / mode.micros);
    }

    /** Traces of a request, a retrieval, two calls and a tool. What users ask is of 20 to 500 characters, each time another. */
    private static byte[] body(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Span.Builder> spans = new ArrayList<>();
        for (int i = 0; i < TRACES; i++) {
            ByteString trace = Otlp.hex("%016x%016x".formatted(random.nextLong() | 1, random.nextLong()));
            String root = "%016x".formatted(random.nextLong() | 1);
            String asked = asked(random);
            spans.add(Otlp.span(root)
                    .addAttributes(Otlp.text("pentameter.feature", "feature-" + i % 7))
                    .addAttributes(Otlp.text("pentameter.customer", "customer-" + i % 50))
                    .addAttributes(Otlp.text("pentameter.user", "user-" + i)));
            spans.add(Otlp.child("%016x".formatted(random.nextLong() | 1), root)
                    .addAttributes(Otlp.text("gen_ai.operation.name", "retrieval"))
                    .addAttributes(Otlp.text("db.system", "pgvector")));
            for (int call = 0; call < 2; call++) {
                spans.add(call(random, asked).setParentSpanId(Otlp.hex(root)));
            }
            spans.add(Otlp.child("%016x".formatted(random.nextLong() | 1), root)
                    .addAttributes(Otlp.text("gen_ai.operation.name", "execute_tool"))
                    .addAttributes(Otlp.text("gen_ai.tool.name", "search")));
            spans.subList(spans.size() - 5, spans.size()).forEach(span -> span.setTraceId(trace));
        }
        return Otlp.request(
                        List.of(
                                Otlp.text("service.name", "shop"),
                                Otlp.text("service.version", "1.2.3"),
                                Otlp.text("deployment.environment.name", "prod"),
                                Otlp.text("telemetry.sdk.name", "opentelemetry")),
                        spans.toArray(Span.Builder[]::new))
                .toByteArray();
    }

    private static Span.Builder call(SplittableRandom random, String asked) {
        return Otlp.call("%016x".formatted(random.nextLong() | 1))
                .addAttributes(Otlp.text("gen_ai.response.model", "gpt-4o-mini-2024-07-18"))
                .addAttributes(Otlp.text("gen_ai.response.finish_reasons", "stop"))
                .addAttributes(Otlp.fraction("gen_ai.response.time_to_first_chunk", 0.35))
                .addAttributes(Otlp.whole("gen_ai.usage.cache_read.input_tokens", 64))
                .addAttributes(Otlp.text("pentameter.prompt.name", "answer"))
                .addAttributes(Otlp.fraction("gen_ai.request.temperature", 0.2))
                .addAttributes(Otlp.text(
                        "gen_ai.input.messages",
                        "[{\"role\":\"system\",\"content\":\"You are a helpful assistant of a shop. Answer in the language"
                                + " of the user, in three sentences at most.\"},{\"role\":\"user\",\"content\":\""
                                + asked
                                + "\"}]"))
                .addAttributes(Otlp.text(
                        "gen_ai.output.messages",
                        "[{\"role\":\"assistant\",\"content\":\"Thank you for asking. Order " + random.nextInt(99999)
                                + " left our warehouse on 2026-11-19 and arrives within 2 to 3 days.\"}]"));
    }

    private static String asked(SplittableRandom random) {
        String[] openings = {
            "Where is my order",
            "Wo ist meine Bestellung",
            "Please summarise the following message",
            "Où est ma commande",
            "I was charged twice for order",
            "Translate this into German",
            "Kannst du mir helfen, das Paket"
        };
        String[] words = {
            "and",
            "the",
            "package",
            "since",
            "last",
            "week",
            "nicht",
            "angekommen",
            "please",
            "help",
            "merci",
            "colis",
            "refund",
            "shoes",
            "write",
            "to",
            "jane.doe@example.com",
            "or",
            "call",
            "+49 30 1234567",
            "thanks"
        };
        StringBuilder text = new StringBuilder(openings[random.nextInt(openings.length)]);
        text.append(' ').append(random.nextInt(1_000_000));
        int length = 20 + random.nextInt(480);
        while (text.length() < length) {
            text.append(' ').append(words[random.nextInt(words.length)]);
        }
        return text.toString();
    }
}
