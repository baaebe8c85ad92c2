package io.pentameter.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.pentameter.ingest.otlp.ContentCoding;
import io.pentameter.ingest.otlp.OtlpEncoding;
import io.pentameter.ingest.otlp.UndecodableException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Captured bodies, cut and changed at random: nothing but "undecodable" ever comes out, and nothing is lost count of. */
class FuzzTest {

    private static final List<String> CAPTURES = List.of(
            "otel-proto/02.bin",
            "otel-json/02.json",
            "vercel-ai-6/01.bin",
            "openinference-openai/01.bin",
            "traceloop-node/01.bin",
            "openlit/03.json",
            "langfuse-v5/04.json",
            "langsmith-otel/02.bin",
            "otel-instrumentation-openai/01.bin");

    private final IntakePipeline pipeline = Captures.pipeline();

    @Test
    void changedBytesNeverBreakThePipeline() {
        SplittableRandom random = new SplittableRandom(20261120);
        for (int i = 0; i < 9_000; i++) {
            String capture = CAPTURES.get(i % CAPTURES.size());
            byte[] body = changed(Captures.body(capture), random);
            OtlpEncoding encoding = capture.endsWith(".json") ? OtlpEncoding.JSON : OtlpEncoding.PROTOBUF;
            int round = i;

            assertThatCode(() -> process(body, encoding))
                    .as("%s, round %d", capture, round)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void changedBytesNeverBreakDecompression() {
        SplittableRandom random = new SplittableRandom(1120);
        byte[] gzip = Captures.body("otel-json-gzip/02.bin");
        for (int i = 0; i < 3_000; i++) {
            byte[] body = changed(gzip, random);
            for (ContentCoding coding : ContentCoding.values()) {
                assertThatCode(() -> decompress(body, coding)).doesNotThrowAnyException();
            }
        }
    }

    private void process(byte[] body, OtlpEncoding encoding) {
        Intake intake;
        try {
            intake = pipeline.process(body, encoding, Captures.ACME, Captures.NOW);
        } catch (UndecodableException _) {
            return;
        }
        assertThat(intake.records().size() + intake.refusals().total()).isEqualTo(intake.received());
        assertThat(intake.refusals().counts())
                .doesNotContainKey(io.pentameter.ingest.accept.RefusalReason.INTERNAL_ERROR);
        Captures.parsed(intake);
    }

    private static void decompress(byte[] body, ContentCoding coding) {
        try {
            byte[] plain = coding.decompress(body, 1 << 20, _ -> {});
            assertThat(plain == null || plain.length <= 1 << 20).isTrue();
        } catch (UndecodableException _) {
            // as it should be
        }
    }

    private static byte[] changed(byte[] body, SplittableRandom random) {
        byte[] changed = body.clone();
        switch (random.nextInt(4)) {
            case 0 -> changed = Arrays.copyOf(changed, random.nextInt(changed.length));
            case 1 -> changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            case 2 -> {
                for (int i = random.nextInt(20); i >= 0; i--) {
                    changed[random.nextInt(changed.length)] = (byte) random.nextInt();
                }
            }
            default -> {
                int from = random.nextInt(changed.length);
                int to = random.nextInt(changed.length);
                int length = Math.min(random.nextInt(200), changed.length - Math.max(from, to));
                System.arraycopy(body, from, changed, to, length);
            }
        }
        return changed;
    }
}
