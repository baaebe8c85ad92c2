package io.pentameter.ingest.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pentameter.contracts.v1.ChangeRecord;
import io.pentameter.ingest.signal.Signals;
import io.pentameter.kit.problem.Problem;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChangeReaderTest {

    private static final ChangeReader READER = new ChangeReader(() -> "made");

    @Test
    void everythingThatIsSaidIsInTheRecord() {
        ChangeRecord change = change("""
                {"id":"inc-7","kind":"incident","title":"OpenAI slow","occurredAt":"2026-11-21T14:00:00Z",
                 "endedAt":"2026-11-21T15:00:00Z","scope":{"feature":"search","environment":"prod","provider":"openai",
                 "model":"gpt-4o","promptName":"answer","promptVersion":"3","release":"1.2"},"attributes":{"by":"bob@x.org"}}""");

        assertThat(change)
                .isEqualTo(ChangeRecord.newBuilder()
                        .setSchemaVersion(1)
                        .setTenant("acme")
                        .setChangeId("inc-7")
                        .setKind("incident")
                        .setTitle("OpenAI slow")
                        .setOccurredAtUs(micros("2026-11-21T14:00:00Z"))
                        .setEndedAtUs(micros("2026-11-21T15:00:00Z"))
                        .setReceivedAtUs(Signals.ORIGIN.nowUs())
                        .setKeyId("key_1")
                        .setFeature("search")
                        .setEnvironment("prod")
                        .setProvider("openai")
                        .setModel("gpt-4o")
                        .setPromptName("answer")
                        .setPromptVersion("3")
                        .setRelease("1.2")
                        .putAttributes("by", "[email]")
                        .build());
    }

    @Test
    void theSameChangeHasTheSameIdIfItSaysWhen() {
        String deploy = "{\"kind\":\"deploy\",\"title\":\"1.3\",\"occurredAt\":\"2026-11-21T14:00:00Z\"}";

        String id = change(deploy).getChangeId();

        assertThat(change(deploy).getChangeId()).isEqualTo(id).startsWith("ch_");
        assertThat(change(deploy.replace("14:00", "15:00")).getChangeId()).isNotEqualTo(id);
        assertThat(change("{\"kind\":\"deploy\",\"title\":\"1.3\"}").getChangeId())
                .isEqualTo("made");
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                argumentSet("no kind", "{\"title\":\"x\"}", "/kind", "deploy, prompt, model, price, knowledge_base"),
                argumentSet("an unknown kind", "{\"kind\":\"release\",\"title\":\"x\"}", "/kind", "other: \"release\""),
                argumentSet("no title", "{\"kind\":\"deploy\",\"title\":\" \"}", "/title", "1 to 200 characters"),
                argumentSet(
                        "ended before it began",
                        "{\"kind\":\"incident\",\"title\":\"x\",\"occurredAt\":\"2026-11-21T14:00:00Z\",\"endedAt\":\"2026-11-21T13:00:00Z\"}",
                        "/endedAt",
                        "not be before occurredAt"),
                argumentSet(
                        "an unknown scope",
                        "{\"kind\":\"deploy\",\"title\":\"x\",\"scope\":{\"team\":\"a\"}}",
                        "/scope/team",
                        "known are environment, feature"),
                argumentSet(
                        "a scope that is none",
                        "{\"kind\":\"deploy\",\"title\":\"x\",\"scope\":\"prod\"}",
                        "/scope",
                        "JSON object: \"prod\""));
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

    private static ChangeRecord change(String body) {
        try {
            return ChangeRecord.parseFrom(
                    Signals.good(READER, body, null).records().getFirst().value());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static long micros(String instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(instant));
    }
}
