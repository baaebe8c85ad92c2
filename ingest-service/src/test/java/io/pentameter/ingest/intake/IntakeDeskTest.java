package io.pentameter.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pentameter.contracts.PartitionKey;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.IntakeRecord;
import io.pentameter.contracts.v1.Refusal;
import io.pentameter.ingest.accept.RefusalReason;
import io.pentameter.ingest.otlp.ContentCoding;
import io.pentameter.ingest.otlp.OtlpEncoding;
import io.pentameter.ingest.otlp.OtlpSignal;
import io.pentameter.ingest.publish.InMemoryLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class IntakeDeskTest {

    private static final String GOOD = "00000000000000aa";

    private final InMemoryLog log = new InMemoryLog();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final InFlight inFlight = new InFlight(8 << 20);
    private final IntakeDesk desk = new IntakeDesk(
            Captures.pipeline(),
            1 << 20,
            new IntakeDesk.Surroundings(
                    log,
                    new IntakeMeters(registry, inFlight),
                    InstantSource.fixed(Captures.NOW),
                    () -> "intake-1",
                    Runnable::run),
            List.of(),
            LateParts.NONE);

    @Test
    void nothingIsAnsweredBeforeSpansAndAccountingAreAcknowledged() {
        log.hold();

        CompletableFuture<Answer> answer = receive(good(), ContentCoding.IDENTITY);

        assertThat(answer).isNotDone();
        assertThat(log.of(Topics.SPANS)).hasSize(1);
        assertThat(log.of(Topics.ACCOUNTING)).isEmpty();
        log.release();
        assertThat(answer).isNotDone();
        assertThat(log.of(Topics.ACCOUNTING)).hasSize(1);
        log.release();
        assertThat(answer).isCompletedWithValue(new Answer.Received(1, 0, ""));
    }

    @Test
    void spansAreKeyedByTenantAndTrace() {
        receive(good(), ContentCoding.IDENTITY).join();

        assertThat(log.of(Topics.SPANS).getFirst().key())
                .isEqualTo(PartitionKey.ofTrace("acme", HexFormat.of().parseHex(Otlp.TRACE)));
        assertThat(log.of(Topics.ACCOUNTING).getFirst().key()).isEqualTo(PartitionKey.ofTenant("acme"));
    }

    @Test
    void theAccountingBalances() {
        byte[] body = Otlp.request(
                        Otlp.call(GOOD),
                        Otlp.call(GOOD).clearTraceId(),
                        Otlp.call(GOOD).setStartTimeUnixNano(1))
                .toByteArray();

        Answer answer = receive(body, ContentCoding.IDENTITY).join();

        assertThat(answer).isInstanceOfSatisfying(Answer.Received.class, received -> {
            assertThat(received.accepted()).isEqualTo(1);
            assertThat(received.refused()).isEqualTo(2);
            assertThat(received.message()).contains("traceId").contains("startTimeUnixNano");
        });
        assertThat(accounting(0))
                .isEqualTo(IntakeRecord.newBuilder()
                        .setSchemaVersion(1)
                        .setTenant("acme")
                        .setKeyId("key_1")
                        .setIntakeId("intake-1")
                        .setReceivedAtUs(Captures.NOW.getEpochSecond() * 1_000_000)
                        .setReceived(3)
                        .setAccepted(1)
                        .addRefused(Refusal.newBuilder()
                                .setReason("invalid_trace_id")
                                .setSpans(1))
                        .addRefused(Refusal.newBuilder()
                                .setReason("time_out_of_range")
                                .setSpans(1))
                        .setBodyBytes(body.length)
                        .setRoute("otlp_http_protobuf")
                        .build());
        assertThat(registry.counter("pentameter.ingest.spans.received").count()).isEqualTo(3);
        assertThat(registry.counter("pentameter.ingest.spans.accepted").count()).isEqualTo(1);
        assertThat(registry.counter("pentameter.ingest.spans.refused", "reason", "invalid_trace_id")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aLogThatIsAwayIsToldToTryAgain() {
        log.breakTopic(Topics.SPANS);

        assertThat(receive(good(), ContentCoding.IDENTITY).join()).isEqualTo(Answer.unavailable());
        assertThat(log.of(Topics.ACCOUNTING)).isEmpty();
    }

    @Test
    void aDeliveryThatCannotBeAccountedForIsNotAccepted() {
        log.breakTopic(Topics.ACCOUNTING);

        assertThat(receive(good(), ContentCoding.IDENTITY).join()).isEqualTo(Answer.unavailable());
    }

    @Test
    void whatTheLogRefusesForItsSizeIsRefusedAndTheRestAccepted() {
        log.refuseAbove(2_000);
        byte[] body = Otlp.request(
                        Otlp.call(GOOD), Otlp.call("00000000000000bb").addAttributes(Otlp.text("x", "y".repeat(3_000))))
                .toByteArray();

        Answer answer = receive(body, ContentCoding.IDENTITY).join();

        assertThat(answer).isEqualTo(new Answer.Received(1, 1, "1 spans are larger than the log takes"));
        assertThat(accounting(0).getRefused(0).getReason()).isEqualTo("span_too_large");
    }

    @Test
    void aGzipBombIsTooLargeAndSaidSoInTheAccounting() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            gzip.write(new byte[2 << 20]);
        }

        Answer answer = receive(bomb.toByteArray(), ContentCoding.GZIP).join();

        assertThat(answer).isEqualTo(Answer.tooLarge(1 << 20));
        assertThat(accounting(0).getRefusedList())
                .containsExactly(Refusal.newBuilder()
                        .setReason("body_too_large")
                        .setRequests(1)
                        .build());
    }

    @Test
    void aBodyThatIsCutOffIsUndecodable() {
        byte[] body = Captures.body("otel-json-gzip/02.bin");

        Answer answer = receive(java.util.Arrays.copyOf(body, body.length - 20), ContentCoding.GZIP)
                .join();

        assertThat(answer).isInstanceOfSatisfying(Answer.Refused.class, refused -> {
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.reason()).isEqualTo(RefusalReason.UNDECODABLE);
            assertThat(refused.message()).contains("not whole gzip");
        });
    }

    @Test
    void bytesInFlightAreBoundedAndGivenBack() throws IOException {
        InFlight small = new InFlight(1_000);
        InFlight.Share share = small.open();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[500_000]);
        }

        Answer answer = desk.receive(
                        new IntakeDesk.Request(
                                OtlpSignal.TRACES, ContentCoding.GZIP, OtlpEncoding.PROTOBUF, Captures.ACME, share),
                        packed.toByteArray())
                .toCompletableFuture()
                .join();

        assertThat(answer).isEqualTo(Answer.overloaded());
        share.close();
        assertThat(small.bytes()).isZero();
    }

    private CompletableFuture<Answer> receive(byte[] body, ContentCoding coding) {
        return desk.receive(
                        new IntakeDesk.Request(
                                OtlpSignal.TRACES,
                                coding,
                                coding == ContentCoding.GZIP ? OtlpEncoding.JSON : OtlpEncoding.PROTOBUF,
                                Captures.ACME,
                                inFlight.open()),
                        body)
                .toCompletableFuture();
    }

    private static byte[] good() {
        return Otlp.request(Otlp.call(GOOD)).toByteArray();
    }

    private IntakeRecord accounting(int index) {
        try {
            return IntakeRecord.parseFrom(log.of(Topics.ACCOUNTING).get(index).value());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
