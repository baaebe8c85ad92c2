package io.pentameter.quality;

import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.quality.sampling.EpochKeys;
import io.pentameter.quality.sampling.PolicyVersion;
import io.pentameter.quality.sampling.Sampler;
import io.pentameter.quality.sampling.Selection;
import io.pentameter.quality.sampling.SpanGlance;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Measures what deciding about spans costs, without the log around it: a program, not a test. */
public final class IntakeCost {

    private static final int SPANS = 100_000;
    private static final int ROUNDS = 10;

    private IntakeCost() {}

    /** Prints CPU-seconds per million spans of about 800 bytes, by round. */
    public static void main(String[] arguments) throws IOException {
        List<byte[]> spans = new ArrayList<>();
        for (int i = 0; i < SPANS; i++) {
            SpanRecord.Builder span = Spans.answer("acme", i, "The capital of France is Paris. ".repeat(8))
                    .putAttributes("http.request.method", "POST")
                    .putAttributes("server.address", "api.openai.com")
                    .putAttributes("gen_ai.request.temperature", "0.2");
            spans.add(span.build().toByteArray());
        }
        Sampler sampler = new Sampler(
                new EpochKeys("0123456789abcdef".getBytes(StandardCharsets.UTF_8)),
                PolicyVersion.standard(0.005, 0.05));
        SpanGlance glance = new SpanGlance();
        for (int round = 0; round < ROUNDS; round++) {
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            int parsed = 0;
            for (byte[] span : spans) {
                glance.read(span);
                Selection selection = sampler.select(glance, 0);
                if (selection.isChecked()) {
                    parsed += SpanRecord.parseFrom(span).getAttributesCount() > 0 ? 1 : 0;
                }
            }
            long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
            System.out.printf(
                    "bytes=%d parsed=%d cpu_seconds_per_million=%.2f%n",
                    spans.getFirst().length, parsed, nanos / 1e9 / SPANS * 1e6);
        }
    }
}
