package io.pentameter.ingest.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.contracts.v1.ScoreSource;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.ingest.accept.RefusalReason;
import io.pentameter.ingest.classify.Classifier;
import io.pentameter.ingest.dialect.NameTable;
import io.pentameter.ingest.intake.Captures;
import io.pentameter.ingest.intake.Otlp;
import io.pentameter.ingest.otlp.DecodeLimits;
import io.pentameter.ingest.otlp.OtlpEncoding;
import io.pentameter.ingest.otlp.UndecodableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logs by OTLP: evaluations become scores, what is unknown is refused by name. */
class EvaluationsTest {

    @ParameterizedTest
    @CsvSource({"otel-json/03.json, JSON", "otel-proto/03.bin, PROTOBUF"})
    void aCapturedEvaluationIsAScoreOfItsSpan(String capture, OtlpEncoding encoding) {
        EventReader.Read intake = process(Captures.body(capture), encoding);

        assertThat(intake.refusals().total()).isZero();
        assertThat(intake.events()).hasSize(1);
        ScoreRecord score = scores(intake).getFirst();
        assertThat(score.getName()).isEqualTo("Relevance");
        assertThat(score.getValue()).isCloseTo(0.9, within(1e-12));
        assertThat(score.getLabel()).isEqualTo("relevant");
        assertThat(score.hasPassed()).isFalse();
        assertThat(score.getRater()).isEqualTo("my-genai");
        assertThat(score.getTenant()).isEqualTo("acme");
        assertThat(score.getInclusionProbability()).isEqualTo(1);
        assertThat(score.getSource()).isEqualTo(ScoreSource.SCORE_SOURCE_CODE);
    }

    @Test
    void theScoreNamesTheCapturedCallThatItJudges() {
        SpanRecord call = Captures.named(Captures.records("otel-proto/02.bin"), "chat gpt-4o-mini");

        ScoreRecord score = scores(process(Captures.body("otel-proto/03.bin"), OtlpEncoding.PROTOBUF))
                .getFirst();

        assertThat(score.getTraceId()).isEqualTo(call.getTraceId());
        assertThat(score.getSpanId()).isEqualTo(call.getSpanId());
    }

    @Test
    void aRecordThatIsSentAgainIsTheSameScoreAndAnotherIsNot() {
        byte[] body = Captures.body("otel-proto/03.bin");
        String first = scores(process(body, OtlpEncoding.PROTOBUF)).getFirst().getScoreId();
        String again = scores(process(body, OtlpEncoding.PROTOBUF)).getFirst().getScoreId();
        String other =
                scores(process(evaluation("Relevance", "0.9"))).getFirst().getScoreId();

        assertThat(again).isEqualTo(first).startsWith("ev_").hasSize(35);
        assertThat(other).isNotEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({
        "LLM, SCORE_SOURCE_LLM_JUDGE",
        "human, SCORE_SOURCE_HUMAN",
        "CODE, SCORE_SOURCE_CODE",
        "robot, SCORE_SOURCE_CODE"
    })
    void whoJudgedIsWhatTheEventSays(String kind, ScoreSource source) {
        LogRecord.Builder log = evaluation("a", "1").addAttributes(Otlp.text("annotator_kind", kind));

        assertThat(scores(process(log)).getFirst().getSource()).isEqualTo(source);
    }

    @Test
    void anEvaluationThatNamesOnlyTheAnswerWaitsForItsSpan() {
        EventReader.Read read = process(evaluation("a", "1")
                .clearTraceId()
                .clearSpanId()
                .addAttributes(Otlp.text("gen_ai.response.id", "r-1")));

        assertThat(read.scores()).isEmpty();
        assertThat(read.waiting()).singleElement().satisfies(waiting -> {
            assertThat(waiting.name()).isEqualTo("response:r-1");
            assertThat(waiting.score().getTraceId().isEmpty()).isTrue();
        });
    }

    @Test
    void whatIsNotTakenInIsRefusedByNameAndNotLostSilently() {
        EventReader.Read read = process(evaluation("a", "1").setEventName("my.event"), LogRecord.newBuilder());

        assertThat(read.refusals().counts()).isEqualTo(Map.of(RefusalReason.EVENT_NOT_TAKEN, 2L));
        assertThat(read.refusals().message())
                .contains("log record \"my.event\": only gen_ai.evaluation.result")
                .contains("without event name");
    }

    @Test
    void theOlderAttributeNamesTheEventToo() {
        LogRecord.Builder log = evaluation("Toxicity", "0").clearEventName();
        log.addAttributes(Otlp.text("event.name", "gen_ai.evaluation.result"));

        assertThat(scores(process(log))).hasSize(1);
    }

    @Test
    void aLabelOfPassOrFailSaysWhetherItPassed() {
        assertThat(scores(process(evaluation("a", "1").addAttributes(label("Pass"))))
                        .getFirst()
                        .getPassed())
                .isTrue();
        ScoreRecord failed = scores(process(evaluation("a", "0").addAttributes(label("failed"))))
                .getFirst();
        assertThat(failed.hasPassed()).isTrue();
        assertThat(failed.getPassed()).isFalse();
    }

    @Test
    void secretsInAnExplanationAreRedacted() {
        EventReader.Read intake = process(evaluation("a", "1")
                .addAttributes(Otlp.text("gen_ai.evaluation.explanation", "ask jane.doe@example.com for it")));

        assertThat(scores(intake).getFirst().getComment()).doesNotContain("jane.doe");
    }

    @Test
    void whatIsWrongWithOneDoesNotHurtTheOthers() {
        EventReader.Read intake = process(
                evaluation("", "1"),
                evaluation("nothing said", "").clearSpanId(),
                evaluation("no trace", "1").clearTraceId(),
                evaluation("short span", "1").setSpanId(Otlp.hex("00ff")),
                evaluation("long ago", "1").setTimeUnixNano(1),
                evaluation("of the trace", "1").clearSpanId());

        assertThat(scores(intake)).singleElement().satisfies(score -> {
            assertThat(score.getName()).isEqualTo("of the trace");
            assertThat(score.getSpanId().isEmpty()).isTrue();
        });
        assertThat(intake.refusals().counts())
                .isEqualTo(Map.of(
                        RefusalReason.INVALID_EVALUATION, 2L,
                        RefusalReason.INVALID_TRACE_ID, 1L,
                        RefusalReason.INVALID_SPAN_ID, 1L,
                        RefusalReason.TIME_OUT_OF_RANGE, 1L));
    }

    @Test
    void mutatedBodiesAreReadOrUndecodableAndNothingElse() {
        Random random = new Random(11);
        for (String capture : List.of("otel-json/03.json", "otel-proto/03.bin")) {
            byte[] body = Captures.body(capture);
            OtlpEncoding encoding = capture.endsWith(".json") ? OtlpEncoding.JSON : OtlpEncoding.PROTOBUF;
            for (int i = 0; i < 3000; i++) {
                byte[] mutated = body.clone();
                for (int j = 0; j <= random.nextInt(4); j++) {
                    mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
                }
                try {
                    EventReader.Read read = process(mutated, encoding);
                    assertThat(read.scores().size()
                                    + read.events().size()
                                    + read.refusals().total())
                            .isLessThanOrEqualTo(2);
                } catch (UndecodableException _) {
                    // the one answer to what cannot be read
                }
            }
        }
    }

    private static KeyValue label(String label) {
        return Otlp.text("gen_ai.evaluation.score.label", label);
    }

    private static LogRecord.Builder evaluation(String name, String value) {
        LogRecord.Builder log = LogRecord.newBuilder()
                .setEventName("gen_ai.evaluation.result")
                .setTraceId(Otlp.hex(Otlp.TRACE))
                .setSpanId(Otlp.hex("00000000000000aa"))
                .setTimeUnixNano(Captures.NOW.getEpochSecond() * 1_000_000_000L)
                .addAttributes(Otlp.text("gen_ai.evaluation.name", name));
        return value.isEmpty()
                ? log
                : log.addAttributes(Otlp.fraction("gen_ai.evaluation.score.value", Double.parseDouble(value)));
    }

    private static EventReader.Read process(LogRecord.Builder... logs) {
        ScopeLogs.Builder scope = ScopeLogs.newBuilder();
        for (LogRecord.Builder log : logs) {
            scope.addLogRecords(log);
        }
        return process(
                ExportLogsServiceRequest.newBuilder()
                        .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(scope))
                        .build()
                        .toByteArray(),
                OtlpEncoding.PROTOBUF);
    }

    private static EventReader.Read process(byte[] body, OtlpEncoding encoding) {
        return new EventReader(
                        new EventReader.Limits(50_000, Duration.ofDays(30), Duration.ofMinutes(10)), Classifier.OFF)
                .of(
                        encoding.decodeLogs(body, new NameTable(), DecodeLimits.ofSpans(50_000)),
                        Captures.ACME,
                        Captures.NOW);
    }

    private static List<ScoreRecord> scores(EventReader.Read read) {
        return read.scores();
    }
}
