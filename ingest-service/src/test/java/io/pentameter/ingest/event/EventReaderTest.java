package io.pentameter.ingest.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.ingest.accept.RefusalReason;
import io.pentameter.ingest.assembly.LateEvent;
import io.pentameter.ingest.classify.Classifier;
import io.pentameter.ingest.config.TenantSettings;
import io.pentameter.ingest.dialect.NameTable;
import io.pentameter.ingest.intake.Captures;
import io.pentameter.ingest.intake.Otlp;
import io.pentameter.ingest.intake.Sender;
import io.pentameter.ingest.otlp.ContentCoding;
import io.pentameter.ingest.otlp.DecodeLimits;
import io.pentameter.ingest.otlp.OtlpEncoding;
import io.pentameter.ingest.payload.PayloadMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that carry what a call was given and gave. */
class EventReaderTest {

    private static final EventReader READER = new EventReader(
            new EventReader.Limits(50_000, Duration.ofDays(30), Duration.ofMinutes(10)), Classifier.OFF);

    @ParameterizedTest
    @ValueSource(strings = {"java-opentelemetry-openai/01.bin", "java-opentelemetry-openai/02.bin"})
    void theDeprecatedEventsOfTheJavaInstrumentationAreMessages(String capture) {
        EventReader.Read read = captured(capture, ContentCoding.GZIP, OtlpEncoding.PROTOBUF);

        assertThat(read.refusals().total()).isZero();
        assertThat(read.events())
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.spanId().size()).isEqualTo(8));
        assertThat(read.events())
                .filteredOn(event -> event.kind() == LateEvent.Kind.MESSAGE)
                .allSatisfy(event -> assertThat(event.input()).startsWith("{\"role\":\""));
        assertThat(read.events())
                .filteredOn(event -> event.kind() == LateEvent.Kind.CHOICE)
                .allSatisfy(event -> {
                    assertThat(event.output()).startsWith("{\"role\":\"assistant\"");
                    assertThat(event.finish()).isNotEmpty();
                });
        assertThat(read.events()).extracting(LateEvent::key).doesNotHaveDuplicates();
    }

    @Test
    void theDetailsOfOpenlitHaveBothSides() {
        EventReader.Read read = captured("openlit/02.json", ContentCoding.IDENTITY, OtlpEncoding.JSON);

        assertThat(read.refusals().total()).isZero();
        assertThat(read.events()).isNotEmpty().allSatisfy(event -> {
            assertThat(event.kind()).isEqualTo(LateEvent.Kind.DETAILS);
            assertThat(event.input()).contains("\"role\"");
        });
    }

    @Test
    void theDetailsOfACaptureBelongToItsCall() {
        SpanRecord call = Captures.named(Captures.records("otel-json/02.json"), "chat gpt-4o-mini");

        EventReader.Read read = captured("otel-json/03.json", ContentCoding.IDENTITY, OtlpEncoding.JSON);

        assertThat(read.events()).singleElement().satisfies(event -> {
            assertThat(event.traceId()).isEqualTo(call.getTraceId());
            assertThat(event.spanId()).isEqualTo(call.getSpanId());
            assertThat(event.input() + event.output()).isNotEmpty();
        });
    }

    @Test
    void aRoleComesFromTheNameUnlessTheBodyHasOne() {
        EventReader.Read read = read(
                Captures.ACME,
                event("gen_ai.system.message", text("content", "be brief")),
                event("gen_ai.user.message", text("content", "hi"), text("role", "developer")),
                event("gen_ai.tool.message", text("content", "12"), text("id", "call_1")),
                event("gen_ai.choice", text("finish_reason", "stop"), map("message", text("content", "hello"))));

        assertThat(read.events())
                .extracting(LateEvent::input)
                .containsExactly(
                        "{\"role\":\"system\",\"content\":\"be brief\"}",
                        "{\"role\":\"developer\",\"content\":\"hi\"}",
                        "{\"role\":\"tool\",\"content\":\"12\",\"id\":\"call_1\"}",
                        "");
        assertThat(read.events().getLast().output()).isEqualTo("{\"role\":\"assistant\",\"content\":\"hello\"}");
        assertThat(read.events().getLast().finish()).isEqualTo("stop");
    }

    @Test
    void theSameMessageTwiceIsTwoAndTheSameDeliveryAgainIsTheSameTwo() {
        LogRecord.Builder message = event("gen_ai.user.message", text("content", "again"));

        List<ByteString> keys = keys(read(Captures.ACME, message, message));
        List<ByteString> again = keys(read(Captures.ACME, message, message));

        assertThat(keys).hasSize(2).doesNotHaveDuplicates().isEqualTo(again);
    }

    @Test
    void anEventWithoutItsSpanIsRefusedAndTheOthersStay() {
        EventReader.Read read = read(
                Captures.ACME,
                event("gen_ai.user.message", text("content", "a")).clearTraceId(),
                event("gen_ai.user.message", text("content", "b")).clearSpanId(),
                event("gen_ai.user.message", text("content", "c")).setTimeUnixNano(1),
                event("gen_ai.user.message", text("content", "d")));

        assertThat(read.events()).hasSize(1);
        assertThat(read.refusals().counts())
                .isEqualTo(Map.of(
                        RefusalReason.INVALID_TRACE_ID, 1L,
                        RefusalReason.INVALID_SPAN_ID, 1L,
                        RefusalReason.TIME_OUT_OF_RANGE, 1L));
    }

    @Test
    void whatATenantDoesNotKeepIsNotInAnEventEither() {
        LogRecord.Builder message = event("gen_ai.user.message", text("content", "ask jane.doe@example.com"));

        LateEvent full = read(Captures.ACME, message).events().getFirst();
        LateEvent masked = read(sender(PayloadMode.MASKED), message).events().getFirst();
        LateEvent none =
                read(sender(PayloadMode.METADATA_ONLY), message).events().getFirst();

        assertThat(full.input()).isEqualTo("{\"role\":\"user\",\"content\":\"ask [email]\"}");
        assertThat(full.redacted()).containsExactly("email");
        assertThat(masked.input()).isEqualTo("{\"role\":\"user\",\"content\":\"[text:11]\"}");
        assertThat(none.input()).isEmpty();
        assertThat(none.inputSize()).isEqualTo(full.inputSize()).isPositive();
    }

    private static Sender sender(PayloadMode mode) {
        return new Sender("acme", "key_1", TenantSettings.STANDARD.withProfile(false, mode));
    }

    private static List<ByteString> keys(EventReader.Read read) {
        return read.events().stream().map(LateEvent::key).toList();
    }

    private static LogRecord.Builder event(String name, KeyValue... body) {
        return LogRecord.newBuilder()
                .setEventName(name)
                .setTraceId(Otlp.hex(Otlp.TRACE))
                .setSpanId(Otlp.hex("00000000000000aa"))
                .setTimeUnixNano(Captures.NOW.getEpochSecond() * 1_000_000_000L)
                .setBody(AnyValue.newBuilder()
                        .setKvlistValue(KeyValueList.newBuilder().addAllValues(List.of(body))));
    }

    private static KeyValue text(String key, String value) {
        return Otlp.text(key, value);
    }

    private static KeyValue map(String key, KeyValue... values) {
        return Otlp.attribute(
                key,
                AnyValue.newBuilder()
                        .setKvlistValue(KeyValueList.newBuilder().addAllValues(List.of(values)))
                        .build());
    }

    private static EventReader.Read read(Sender sender, LogRecord.Builder... logs) {
        ScopeLogs.Builder scope = ScopeLogs.newBuilder();
        for (LogRecord.Builder log : logs) {
            scope.addLogRecords(log);
        }
        byte[] body = ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(scope))
                .build()
                .toByteArray();
        return READER.of(
                OtlpEncoding.PROTOBUF.decodeLogs(body, new NameTable(), DecodeLimits.ofSpans(50_000)),
                sender,
                Captures.NOW);
    }

    private static EventReader.Read captured(String capture, ContentCoding coding, OtlpEncoding encoding) {
        byte[] plain = coding.decompress(Captures.body(capture), Captures.MAX_BODY, _ -> {});
        return READER.of(
                encoding.decodeLogs(plain == null ? new byte[0] : plain, new NameTable(), DecodeLimits.ofSpans(50_000)),
                Captures.ACME,
                Captures.NOW);
    }
}
