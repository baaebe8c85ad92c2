package io.pentameter.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.ingest.accept.RefusalReason;
import io.pentameter.ingest.otlp.OtlpEncoding;
import io.pentameter.ingest.otlp.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad spans among good ones. */
class HostileInputTest {

    private static final String GOOD = "00000000000000aa";
    private static final String BAD = "00000000000000bb";

    static Stream<Arguments> badSpans() {
        return Stream.of(
                argumentSet(
                        "trace id of 4 bytes",
                        bad().setTraceId(ByteString.copyFromUtf8("abcd")),
                        RefusalReason.INVALID_TRACE_ID,
                        "traceId must be 16 bytes and not all zero, but has 4: 61626364"),
                argumentSet(
                        "trace id of zeros",
                        bad().setTraceId(ByteString.copyFrom(new byte[16])),
                        RefusalReason.INVALID_TRACE_ID,
                        "but is all zero"),
                argumentSet(
                        "no span id",
                        bad().clearSpanId(),
                        RefusalReason.INVALID_SPAN_ID,
                        "span (no id): spanId must be 8 bytes"),
                argumentSet(
                        "span id of zeros",
                        bad().setSpanId(ByteString.copyFrom(new byte[8])),
                        RefusalReason.INVALID_SPAN_ID,
                        "but is all zero"),
                argumentSet(
                        "parent id of 3 bytes",
                        bad().setParentSpanId(ByteString.copyFromUtf8("abc")),
                        RefusalReason.INVALID_PARENT_ID,
                        "parentSpanId must be 8 bytes or empty, but has 3: 616263"),
                argumentSet(
                        "1970",
                        bad().setStartTimeUnixNano(1).setEndTimeUnixNano(2),
                        RefusalReason.TIME_OUT_OF_RANGE,
                        "startTimeUnixNano 1970-01-01T00:00:00.000000001Z must be between 2026-10-21T16:00:00Z and 2026-11-20T16:10:00Z"),
                argumentSet(
                        "2100",
                        at(Instant.parse("2100-01-01T00:00:00Z")),
                        RefusalReason.TIME_OUT_OF_RANGE,
                        "startTimeUnixNano 2100-01-01T00:00:00Z"),
                argumentSet(
                        "beyond any clock",
                        bad().setStartTimeUnixNano(-1),
                        RefusalReason.TIME_OUT_OF_RANGE,
                        "after 2262-04-11 (18446744073709551615)"),
                argumentSet(
                        "ends in 2100",
                        bad().setEndTimeUnixNano(nanos(Instant.parse("2100-01-01T00:00:00Z"))),
                        RefusalReason.TIME_OUT_OF_RANGE,
                        "endTimeUnixNano 2100-01-01T00:00:00Z"),
                argumentSet(
                        "ends before it starts",
                        bad().setEndTimeUnixNano(bad().getStartTimeUnixNano() - 1),
                        RefusalReason.NEGATIVE_DURATION,
                        "is before the start"),
                argumentSet(
                        "no end",
                        bad().clearEndTimeUnixNano(),
                        RefusalReason.NEGATIVE_DURATION,
                        "1970-01-01T00:00:00Z"));
    }

    @ParameterizedTest
    @MethodSource("badSpans")
    void aBadSpanIsNamedAndTheGoodRestIsKept(Span.Builder bad, RefusalReason reason, String sentence) {
        Intake intake = process(Otlp.call(GOOD), bad);

        assertThat(intake.received()).isEqualTo(2);
        assertThat(intake.refusals().counts()).isEqualTo(Map.of(reason, 1L));
        assertThat(intake.refusals().message()).startsWith("span ").contains(sentence);
        assertThat(Captures.parsed(intake))
                .singleElement()
                .matches(span -> span.getSpanId().equals(Otlp.hex(GOOD)));
    }

    @Test
    void theEndsOfTheTimeWindowAreIn() {
        Intake intake = process(
                at(Captures.NOW.minus(Duration.ofDays(30))),
                at(Captures.NOW.plus(Duration.ofMinutes(10))).setSpanId(Otlp.hex(GOOD)));

        assertThat(intake.refusals().total()).isZero();
    }

    @Test
    void beyondTheEndsOfTheTimeWindowIsOut() {
        Intake intake = process(
                at(Captures.NOW.minus(Duration.ofDays(30)).minusNanos(1)),
                at(Captures.NOW.plus(Duration.ofMinutes(10)).plusNanos(1)).setSpanId(Otlp.hex(GOOD)));

        assertThat(intake.refusals().counts()).isEqualTo(Map.of(RefusalReason.TIME_OUT_OF_RANGE, 2L));
    }

    @Test
    void ofAHundredThousandAttributesThoseThatMatterAreKept() {
        Span.Builder span = Otlp.span(GOOD);
        for (int i = 0; i < 100_000; i++) {
            span.addAttributes(Otlp.text("junk." + i, "x"));
        }
        Otlp.call(GOOD).getAttributesList().forEach(span::addAttributes);

        SpanRecord made = Captures.parsed(process(span)).getFirst();

        assertThat(made.getUsage().getInUncached()).isEqualTo(120);
        assertThat(made.getAttributesCount()).isLessThanOrEqualTo(512);
        assertThat(made.getWarningsList()).contains("attributes_dropped:99493");
    }

    @Test
    void aHugeAttributeIsCutAndMarked() {
        SpanRecord made = Captures.parsed(
                        process(Otlp.call(GOOD).addAttributes(Otlp.text("dump", "ä".repeat(5_000_000)))))
                .getFirst();

        assertThat(made.getAttributesOrThrow("dump").getBytes(StandardCharsets.UTF_8).length)
                .isLessThanOrEqualTo(64 << 10);
        assertThat(made.getAttributesOrThrow("dump")).startsWith("ää").endsWith("…[truncated]");
        assertThat(made.getWarningsList()).contains("attributes_truncated:1");
    }

    @Test
    void aHugePromptIsCutAndItsSizeKept() {
        SpanRecord made = Captures.parsed(process(
                        Otlp.call(GOOD).addAttributes(Otlp.text("gen_ai.input.messages", "x".repeat(5_000_000)))))
                .getFirst();

        assertThat(made.getPayload().getInputSize()).isEqualTo(5_000_000);
        assertThat(made.getPayload().getInput()).hasSize(1 << 20);
        assertThat(made.getPayload().getTruncated()).isTrue();
    }

    @Test
    void aRecordThatIsTooLargeGivesUpPayloadFirst() {
        SpanRecord made = Captures.parsed(process(Otlp.call(GOOD)
                        .addAttributes(Otlp.text("gen_ai.input.messages", "x".repeat(2_000_000)))
                        .addAttributes(Otlp.text("gen_ai.output.messages", "y".repeat(2_000_000)))))
                .getFirst();

        assertThat(made.getSerializedSize()).isLessThanOrEqualTo(Captures.MAX_RECORD);
        assertThat(made.getWarningsList()).contains("payload_truncated_for_size");
    }

    @Test
    void aRecordThatIsTooLargeWithoutPayloadIsRefused() {
        Span.Builder large = Otlp.call(BAD);
        for (int i = 0; i < 100; i++) {
            large.addAttributes(Otlp.text("dump." + i, "x".repeat(60_000)));
        }

        Intake intake = process(Otlp.call(GOOD), large);

        assertThat(intake.records()).hasSize(1);
        assertThat(intake.refusals().counts()).isEqualTo(Map.of(RefusalReason.SPAN_TOO_LARGE, 1L));
        assertThat(intake.refusals().message()).contains(BAD).contains("at most 2097152 bytes");
    }

    @Test
    void numbersThatAreNoneAreUnknown() {
        SpanRecord made = Captures.parsed(process(Otlp.span(GOOD)
                        .addAttributes(Otlp.text("gen_ai.operation.name", "chat"))
                        .addAttributes(Otlp.text("gen_ai.request.model", "gpt-4o-mini"))
                        .addAttributes(Otlp.fraction("gen_ai.usage.input_tokens", Double.NaN))
                        .addAttributes(Otlp.whole("gen_ai.usage.output_tokens", -5))
                        .addAttributes(Otlp.fraction("gen_ai.response.time_to_first_chunk", Double.POSITIVE_INFINITY))
                        .addAttributes(Otlp.fraction("my.number", Double.NaN))
                        .addAttributes(Otlp.fraction("gen_ai.usage.cost", Double.NEGATIVE_INFINITY))))
                .getFirst();

        assertThat(made.hasTtftNs()).isFalse();
        assertThat(made.getCost().getKnown()).isFalse();
        assertThat(made.getCost().getUnknownReason()).isEqualTo("usage_missing");
        assertThat(made.getAttributesMap()).containsEntry("my.number", "NaN");
    }

    @Test
    void unpairedSurrogatesBecomeReplacementCharacters() {
        String json = """
                {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"%s","spanId":"%s","name":"a\\ud800b",
                "startTimeUnixNano":"%d","endTimeUnixNano":%d,
                "attributes":[{"key":"k\\udc00","value":{"stringValue":"x\\ud83d"}},{"key":"e","value":{"stringValue":"\\ud83c\\udf89"}}]}]}]}]}
                """.formatted(Otlp.TRACE, GOOD, nanos(Captures.NOW), nanos(Captures.NOW));

        SpanRecord made = Captures.parsed(Captures.pipeline()
                        .process(json.getBytes(StandardCharsets.UTF_8), OtlpEncoding.JSON, Captures.ACME, Captures.NOW))
                .getFirst();

        assertThat(made.getName()).isEqualTo("a\uFFFDb");
        assertThat(made.getAttributesMap()).containsEntry("k\uFFFD", "x\uFFFD").containsEntry("e", "🎉");
    }

    @Test
    void bytesThatAreNoUtf8BecomeReplacementCharacters() {
        byte[] body = Otlp.request(Otlp.span(GOOD).setName("name")).toByteArray();
        int at = new String(body, StandardCharsets.ISO_8859_1).indexOf("name");
        body[at] = (byte) 0xFF;

        Intake intake = Captures.pipeline().process(body, OtlpEncoding.PROTOBUF, Captures.ACME, Captures.NOW);

        assertThat(Captures.parsed(intake).getFirst().getName()).isEqualTo("\uFFFDame");
    }

    @Test
    void valuesNestedTooDeepAreCutWithoutBreakingTheRest() {
        AnyValue value = AnyValue.newBuilder().setStringValue("bottom").build();
        for (int i = 0; i < 90; i++) {
            value = AnyValue.newBuilder()
                    .setArrayValue(ArrayValue.newBuilder().addValues(value))
                    .build();
        }

        SpanRecord made = Captures.parsed(process(Otlp.call(GOOD).addAttributes(Otlp.attribute("deep", value))))
                .getFirst();

        assertThat(made.getAttributesOrThrow("deep"))
                .contains("[deeper than 32 levels]")
                .startsWith("[[[")
                .endsWith("]]]");
        assertThat(made.getUsage().getInUncached()).isEqualTo(120);
    }

    @Test
    void aSpanWhoseOwnBytesAreBrokenHurtsNoOther() {
        // field 9 (attributes) claims 100 bytes where none are left
        ByteString broken = Otlp.span(BAD).build().toByteString().concat(ByteString.copyFrom(new byte[] {0x4A, 100}));
        byte[] body = wrapped(broken, Otlp.call(GOOD).build().toByteString());

        Intake intake = Captures.pipeline().process(body, OtlpEncoding.PROTOBUF, Captures.ACME, Captures.NOW);

        assertThat(intake.records()).hasSize(1);
        assertThat(intake.refusals().counts()).isEqualTo(Map.of(RefusalReason.UNDECODABLE_SPAN, 1L));
        assertThat(intake.refusals().message()).contains(BAD);
    }

    @Test
    void aJsonSpanWithIdsThatAreNoHexHurtsNoOther() {
        String json = """
                {"resourceSpans":[{"scopeSpans":[{"spans":[
                {"traceId":"%s","spanId":"zz","startTimeUnixNano":1,"endTimeUnixNano":1},
                {"traceId":"%s","spanId":"%s","startTimeUnixNano":%d,"endTimeUnixNano":%d}]}]}]}""".formatted(Otlp.TRACE, Otlp.TRACE, GOOD, nanos(Captures.NOW), nanos(Captures.NOW));

        Intake intake = Captures.pipeline()
                .process(json.getBytes(StandardCharsets.UTF_8), OtlpEncoding.JSON, Captures.ACME, Captures.NOW);

        assertThat(intake.records()).hasSize(1);
        assertThat(intake.refusals().message()).contains("spanId must be hex digits: \"zz\"");
    }

    @Test
    void spansBeyondTheLimitOfARequestAreRefusedAndCounted() {
        Span.Builder[] spans = new Span.Builder[50_003];
        for (int i = 0; i < spans.length; i++) {
            spans[i] = Otlp.span("%016x".formatted(i + 1));
        }

        Intake intake = process(spans);

        assertThat(intake.received()).isEqualTo(50_003);
        assertThat(intake.records()).hasSize(50_000);
        assertThat(intake.refusals().counts()).isEqualTo(Map.of(RefusalReason.TOO_MANY_SPANS, 3L));
    }

    @Test
    void manyRefusalsAreToldInFewSentences() {
        Span.Builder[] spans = new Span.Builder[1000];
        for (int i = 0; i < spans.length; i++) {
            spans[i] = Otlp.span(BAD).clearTraceId();
        }

        assertThat(process(spans).refusals().message())
                .endsWith("; and 990 more")
                .hasSizeLessThan(4000);
    }

    @Test
    void aBodyThatIsCutOffIsUndecodableInBothEncodings() {
        byte[] protobuf = Captures.body("otel-proto/02.bin");
        byte[] json = Captures.body("otel-json/02.json");

        assertUndecodable(
                java.util.Arrays.copyOf(protobuf, protobuf.length / 2),
                OtlpEncoding.PROTOBUF,
                "cut off or broken at byte");
        assertUndecodable(
                java.util.Arrays.copyOf(json, json.length / 2), OtlpEncoding.JSON, "cut off or broken at line");
        assertUndecodable("[1]".getBytes(StandardCharsets.UTF_8), OtlpEncoding.JSON, "must be an object");
        assertUndecodable("{} x".getBytes(StandardCharsets.UTF_8), OtlpEncoding.JSON, "cut off or broken");
        assertUndecodable(new byte[0], OtlpEncoding.JSON, "must be an object");
    }

    @Test
    void anEmptyRequestIsFine() {
        assertThat(process().received()).isZero();
        assertThat(Captures.pipeline()
                        .process(new byte[0], OtlpEncoding.PROTOBUF, Captures.ACME, Captures.NOW)
                        .received())
                .isZero();
    }

    private static void assertUndecodable(byte[] body, OtlpEncoding encoding, String sentence) {
        assertThatExceptionOfType(UndecodableException.class)
                .isThrownBy(() -> Captures.pipeline().process(body, encoding, Captures.ACME, Captures.NOW))
                .withMessageContaining(sentence);
    }

    private static Intake process(Span.Builder... spans) {
        return Captures.pipeline()
                .process(Otlp.request(spans).toByteArray(), OtlpEncoding.PROTOBUF, Captures.ACME, Captures.NOW);
    }

    private static Span.Builder bad() {
        return Otlp.span(BAD);
    }

    private static Span.Builder at(Instant start) {
        return bad().setStartTimeUnixNano(nanos(start)).setEndTimeUnixNano(nanos(start));
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }

    /** A request of spans given as bytes. */
    private static byte[] wrapped(ByteString... spans) {
        ByteString scope = ByteString.EMPTY;
        for (ByteString span : spans) {
            scope = scope.concat(field(2, span));
        }
        return field(1, field(2, scope)).toByteArray();
    }

    private static ByteString field(int number, ByteString content) {
        return com.google.protobuf.UnknownFieldSet.newBuilder()
                .addField(
                        number,
                        com.google.protobuf.UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(content)
                                .build())
                .build()
                .toByteString();
    }
}
