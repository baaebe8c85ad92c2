package io.pentameter.quality.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.CostComponent;
import io.pentameter.contracts.v1.Payload;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.contracts.v1.Usage;
import io.pentameter.quality.Spans;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SpanGlanceTest {

    private final SpanGlance glance = new SpanGlance();

    @Test
    void itSaysWhatTheWholeRecordSays() throws IOException {
        SplittableRandom random = new SplittableRandom(42);
        for (int i = 0; i < 10_000; i++) {
            SpanRecord span = any(random, i);

            glance.read(span.toByteArray());

            assertThat(glance.tenant()).isEqualTo(span.getTenant());
            assertThat(glance.traceId()).isEqualTo(span.getTraceId().toByteArray());
            assertThat(glance.receivedAtMicros()).isEqualTo(span.getReceivedAtUs());
            assertThat(glance.isError()).isEqualTo(span.getOutcome().getError());
            assertThat(glance.isRequest()).isEqualTo(span.getIsRequest());
            assertThat(glance.isModelCall()).isEqualTo(span.getKind() == SpanKind.SPAN_KIND_MODEL_CALL);
            assertThat(glance.hasOutput())
                    .isEqualTo(!span.getPayload().getOutput().isEmpty());
            assertThat(glance.requestId()).isEqualTo(span.getAttributesOrDefault(SpanGlance.REQUEST_ID, ""));
            assertThat(glance.costNanoUsd())
                    .isEqualTo(span.getCost().getKnown() ? span.getCost().getTotalNanoUsd() : -1);
        }
    }

    @Test
    void everyCutOfARecordIsReadOrRefused() {
        byte[] whole = any(new SplittableRandom(1), 3).toByteArray();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            try {
                glance.read(cut);
            } catch (IOException e) {
                assertThat(e).isInstanceOf(com.google.protobuf.InvalidProtocolBufferException.class);
            }
        }
    }

    @Test
    void whatIsNoRecordIsRefused() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> glance.read(new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, 1, 2, 3}));
    }

    private static SpanRecord any(SplittableRandom random, int number) {
        SpanRecord.Builder span = Spans.answer("tenant" + random.nextInt(9), number, "x".repeat(random.nextInt(3)))
                .setKind(SpanKind.forNumber(random.nextInt(9)))
                .setIsRequest(random.nextBoolean())
                .setUsage(Usage.newBuilder().setInUncached(random.nextLong(1_000_000)))
                .putAttributes("service.x", "y".repeat(random.nextInt(300)))
                .putAttributes("pentameter.request_id", "almost the same length")
                .setDialect("genai");
        span.getOutcomeBuilder().setError(random.nextBoolean()).setHttpStatus(random.nextInt(600));
        span.setCost(Cost.newBuilder()
                .setKnown(random.nextBoolean())
                .setTotalNanoUsd(random.nextLong(1L << 40))
                .addComponents(
                        CostComponent.newBuilder().setBucket("in_uncached").setUnits(3)));
        if (random.nextBoolean()) {
            span.putAttributes(SpanGlance.REQUEST_ID, "request " + number);
        }
        if (random.nextInt(4) == 0) {
            span.setPayload(Payload.newBuilder().setInput("only an input"));
        }
        return span.build();
    }
}
