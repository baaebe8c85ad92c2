package io.pentameter.ingest.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.pentameter.contracts.PartitionKey;
import io.pentameter.contracts.v1.OutcomeRecord;
import io.pentameter.ingest.pseudonym.PseudonymKeys;
import io.pentameter.ingest.pseudonym.Pseudonyms;
import io.pentameter.ingest.signal.Signal;
import io.pentameter.ingest.signal.Signals;
import io.pentameter.kit.problem.Problem;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OutcomeReaderTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final OutcomeReader READER = new OutcomeReader();

    @Test
    void everythingThatIsSaidIsInTheRecord() {
        OutcomeRecord outcome = outcome("""
                {"id":"o-1","name":"resolved","success":true,"value":12.345678901,"unit":"USD",
                 "occurredAt":"2026-10-30T12:00:00+02:00","traceId":"%s","session":"s-1","customer":"c-1",
                 "user":"bob@x.org","feature":"search","attributes":{"channel":"chat","steps":3,"note":"ask bob@x.org"}}
                """.formatted(TRACE), "unused");

        assertThat(outcome)
                .isEqualTo(OutcomeRecord.newBuilder()
                        .setSchemaVersion(1)
                        .setTenant("acme")
                        .setOutcomeId("o-1")
                        .setTraceId(ByteString.copyFrom(HexFormat.of().parseHex(TRACE)))
                        .setSession("s-1")
                        .setName("resolved")
                        .setUnit("USD")
                        .setOccurredAtUs(micros("2026-10-30T10:00:00Z"))
                        .setReceivedAtUs(Signals.ORIGIN.nowUs())
                        .putAttributes("channel", "chat")
                        .putAttributes("steps", "3")
                        .putAttributes("note", "ask [email]")
                        .setKeyId("key_1")
                        .setSuccess(true)
                        .setCustomer("c-1")
                        .setUser("[email]#" + new Pseudonyms("test", PseudonymKeys.NONE).of("acme", "bob@x.org"))
                        .setFeature("search")
                        .setValueNanoUsd(12_345_678_901L)
                        .build());
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 100000000",
        "0.000000001, 1",
        "-2.50, -2500000000",
        "'\"0.30\"', 300000000", // as text, for clients whose numbers are binary
        "1e3, 1000000000000",
        "1000000000, 1000000000000000000"
    })
    void dollarsAreExact(String value, long nanoUsd) {
        OutcomeRecord outcome =
                outcome("{\"id\":\"a\",\"name\":\"sale\",\"value\":%s,\"unit\":\"USD\"}".formatted(value), null);

        assertThat(outcome.getValueNanoUsd()).isEqualTo(nanoUsd);
        assertThat(outcome.hasValue()).isFalse();
    }

    @Test
    void otherValuesAreNumbersAndWhatWasNotSaidIsAbsent() {
        OutcomeRecord hours = outcome("{\"id\":\"a\",\"name\":\"saved\",\"value\":1.5,\"unit\":\"h\"}", null);
        OutcomeRecord bare = outcome("{\"id\":\"a\",\"name\":\"churned\"}", null);

        assertThat(hours.getValue()).isEqualTo(1.5);
        assertThat(hours.hasValueNanoUsd()).isFalse();
        assertThat(bare.hasValue() || bare.hasValueNanoUsd() || bare.hasSuccess())
                .isFalse();
        assertThat(bare.getOccurredAtUs()).isEqualTo(Signals.ORIGIN.nowUs());
    }

    @Test
    void theSameOutcomeHasTheSameIdAndAnotherAnother() {
        String body = "{\"name\":\"resolved\",\"traceId\":\"%s\",\"success\":true}".formatted(TRACE);

        String first = outcome(body, null).getOutcomeId();

        assertThat(outcome(body, null).getOutcomeId()).isEqualTo(first).startsWith("oc_");
        assertThat(outcome(body.replace("true", "false"), null).getOutcomeId())
                .as("a correction")
                .isEqualTo(first);
        assertThat(outcome(body.replace("resolved", "sold"), null).getOutcomeId())
                .isNotEqualTo(first);
        assertThat(outcome(body, "key").getOutcomeId()).isEqualTo("key");
    }

    @Test
    void anOutcomeIsTakenBackByItsId() throws InvalidProtocolBufferException {
        OutcomeRecord byBody = outcome("{\"id\":\"o-1\",\"deleted\":true}", null);
        Signal byPath = OutcomeReader.withdrawal("o-1", Signals.ORIGIN);

        OutcomeRecord record =
                OutcomeRecord.parseFrom(byPath.records().getFirst().value());
        assertThat(byBody).isEqualTo(record);
        assertThat(record.getIsDeleted()).isTrue();
        assertThat(byPath.records().getFirst().key()).isEqualTo(PartitionKey.ofTenant("acme", "o-1"));
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                argumentSet("no name", "{\"id\":\"a\"}", "/name", "1 to 200 characters: (absent)"),
                argumentSet("nothing to know it by", "{\"name\":\"a\"}", "/id", "neither traceId nor session"),
                argumentSet(
                        "half a nano",
                        "{\"id\":\"a\",\"name\":\"a\",\"value\":0.0000000001,\"unit\":\"USD\"}",
                        "/value",
                        "at most 9 decimals in USD"),
                argumentSet(
                        "too much",
                        "{\"id\":\"a\",\"name\":\"a\",\"value\":1000000000.1,\"unit\":\"USD\"}",
                        "/value",
                        "from -1000000000 to 1000000000"),
                argumentSet(
                        "far too much",
                        "{\"id\":\"a\",\"name\":\"a\",\"value\":1e999999,\"unit\":\"USD\"}",
                        "/value",
                        "to 1000000000: 1E+999999"),
                argumentSet(
                        "far too little",
                        "{\"id\":\"a\",\"name\":\"a\",\"value\":1e-999999,\"unit\":\"USD\"}",
                        "/value",
                        "at most 9 decimals"),
                argumentSet(
                        "no number", "{\"id\":\"a\",\"name\":\"a\",\"value\":\"NaN\"}", "/value", "must be a number"),
                argumentSet(
                        "a unit of nothing",
                        "{\"id\":\"a\",\"name\":\"a\",\"unit\":\"USD\"}",
                        "/unit",
                        "without a value: USD"),
                argumentSet(
                        "no time",
                        "{\"id\":\"a\",\"name\":\"a\",\"occurredAt\":\"yesterday\"}",
                        "/occurredAt",
                        "2026-11-21T16:00:00Z, from 2025-10-17T16:00:00Z to 2026-11-21T16:10:00Z: \"yesterday\""),
                argumentSet(
                        "too long ago",
                        "{\"id\":\"a\",\"name\":\"a\",\"occurredAt\":\"2020-01-01T00:00:00Z\"}",
                        "/occurredAt",
                        "2020-01-01"),
                argumentSet(
                        "no flag",
                        "{\"id\":\"a\",\"name\":\"a\",\"success\":\"yes\"}",
                        "/success",
                        "true or false: \"yes\""),
                argumentSet(
                        "a nested attribute",
                        "{\"id\":\"a\",\"name\":\"a\",\"attributes\":{\"x/y\":{}}}",
                        "/attributes/x~1y",
                        "(an object)"),
                argumentSet(
                        "misspelt",
                        "{\"id\":\"a\",\"name\":\"a\",\"sucess\":true}",
                        "/sucess",
                        "known are attributes, customer"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsNamedWithItsValueAndWhatIsAllowed(String body, String pointer, String words) {
        List<Problem.Fault> faults = Signals.faults(READER, body);

        assertThat(faults).singleElement().satisfies(fault -> {
            assertThat(fault.pointer()).isEqualTo(pointer);
            assertThat(fault.detail()).contains(words);
        });
    }

    private static OutcomeRecord outcome(String body, @Nullable String key) {
        try {
            return OutcomeRecord.parseFrom(
                    Signals.good(READER, body, key).records().getFirst().value());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static long micros(String instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(instant));
    }
}
