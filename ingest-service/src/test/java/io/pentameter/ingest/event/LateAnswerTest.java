package io.pentameter.ingest.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.trace.v1.Span;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.ingest.assembly.Joining;
import io.pentameter.ingest.assembly.LateEvent;
import io.pentameter.ingest.classify.Classifier;
import io.pentameter.ingest.config.TenantSettings;
import io.pentameter.ingest.dialect.NameTable;
import io.pentameter.ingest.intake.Captures;
import io.pentameter.ingest.intake.Otlp;
import io.pentameter.ingest.intake.Sender;
import io.pentameter.ingest.otlp.DecodeLimits;
import io.pentameter.ingest.otlp.OtlpEncoding;
import io.pentameter.ingest.payload.PayloadMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A call whose messages come as events, in other requests than its span, is judged as one that has them itself. */
class LateAnswerTest {

    private static final Classifier CLASSIFIER = Classifier.start(new Classifier.Limits(0.4, 0.7));
    private static final EventReader READER =
            new EventReader(new EventReader.Limits(50_000, Duration.ofDays(30), Duration.ofMinutes(10)), CLASSIFIER);
    private static final Sender MASKED =
            new Sender("acme", "key_1", TenantSettings.STANDARD.withProfile(false, PayloadMode.METADATA_ONLY));
    private static final String ASKED = "Please summarise the following article in three short sentences";

    /** An answer, and the rule that is to find what is wrong with it; empty if nothing is. */
    enum Case {
        FINE("stop", "text", "{\"content\":\"On its way.\"}", ""),
        JSON("stop", "json", "{\"content\":\"{\\\"phone\\\": 4111111111111111}\"}", ""),
        NO_JSON("stop", "json", "{\"content\":\"Sure: {\"}", "output.not_json"),
        NO_JSON_CUT_OFF("length", "json", "{\"content\":\"{\"}", "finish_reason.length"),
        NO_JSON_WANTED("stop", "text", "{\"content\":\"Sure: {\"}", ""),
        EMPTY("stop", "text", "{\"content\":\"\"}", "output.no_content"),
        CALL_OF_A_TOOL("stop", "text", "{\"content\":\"\",\"tool_calls\":[{\"id\":\"c\"}]}", ""),
        REFUSED("stop", "text", "{\"content\":null,\"refusal\":\"I cannot help with that.\"}", "output.refusal"),
        FILTERED("content_filter", "text", "{\"content\":\"I\"}", "finish_reason.content_filter"),
        CITED(
                "stop",
                "text",
                "{\"content\":\"See.\",\"annotations\":[{\"url\":\"nowhere\",\"start_index\":0,\"end_index\":2}]}",
                "output.malformed_citation");

        private final String finish;
        private final String type;
        private final String message;
        private final String rule;

        Case(String finish, String type, String message, String rule) {
            this.finish = finish;
            this.type = type;
            this.message = message;
            this.rule = rule;
        }

        String messages() {
            return "[" + message.replaceFirst("\\{", "{\"role\":\"assistant\",") + "]";
        }
    }

    @ParameterizedTest
    @EnumSource
    void isJudgedAsIfItHadComeWithTheSpan(Case answer) {
        SpanRecord whole = record(call(answer)
                .addAttributes(Otlp.text("gen_ai.output.messages", answer.messages()))
                .addAttributes(Otlp.text("gen_ai.response.finish_reasons", answer.finish)));
        SpanRecord bare = record(call(answer));
        LogRecord.Builder details = event("gen_ai.client.inference.operation.details")
                .addAttributes(Otlp.text("gen_ai.output.messages", answer.messages()))
                .addAttributes(Otlp.text("gen_ai.response.finish_reasons", answer.finish));
        LogRecord.Builder choice = event("gen_ai.choice")
                .setBody(AnyValue.newBuilder()
                        .setStringValue(
                                "{\"finish_reason\":\"%s\",\"message\":%s}".formatted(answer.finish, answer.message)));

        assertThat(whole.getOutcome().getRule()).isEqualTo(answer.rule);
        for (Sender sender : List.of(Captures.ACME, MASKED)) {
            assertThat(Joining.joined(bare, events(sender, details)).getOutcome())
                    .isEqualTo(whole.getOutcome());
            assertThat(Joining.joined(bare, events(sender, choice)).getOutcome())
                    .isEqualTo(whole.getOutcome());
        }
    }

    @Test
    void whatTheClientCallsAFailureStaysOne() {
        SpanRecord failed = record(call(Case.EMPTY).addAttributes(Otlp.whole("http.response.status_code", 429)));

        SpanRecord joined = Joining.joined(
                failed,
                events(
                        Captures.ACME,
                        event("gen_ai.choice").setBody(body("{\"finish_reason\":\"length\",\"message\":{}}"))));

        assertThat(joined.getOutcome()).isEqualTo(failed.getOutcome());
        assertThat(joined.getOutcome().getFailure()).isEqualTo("rate_limit");
    }

    @Test
    void twoChoicesAreEmptyOnlyIfBothAre() {
        LogRecord.Builder empty =
                event("gen_ai.choice").setBody(body("{\"finish_reason\":\"stop\",\"message\":{\"content\":\"\"}}"));
        LogRecord.Builder full =
                event("gen_ai.choice").setBody(body("{\"finish_reason\":\"stop\",\"message\":{\"content\":\"a\"}}"));
        SpanRecord bare = record(call(Case.FINE));

        assertThat(rule(bare, empty, empty)).isEqualTo("output.no_content");
        assertThat(rule(bare, empty, full)).isEmpty();
    }

    @Test
    void intentLanguageAndAttemptDoNotDependOnTheSplitOrTheOrder() {
        SpanRecord whole = record(call(Case.FINE)
                .addAttributes(Otlp.text(
                        "gen_ai.input.messages", "[{\"role\":\"user\",\"content\":\"%s\"}]".formatted(ASKED))));
        SpanRecord bare = record(call(Case.FINE));
        List<LateEvent> events = new ArrayList<>(events(
                Captures.ACME,
                event("gen_ai.system.message").setBody(body("{\"content\":\"be kind\"}")),
                event("gen_ai.user.message").setBody(body("{\"content\":\"%s\"}".formatted(ASKED))),
                event("gen_ai.choice").setBody(body("{\"finish_reason\":\"stop\",\"message\":{\"content\":\"a\"}}"))));
        SpanRecord joined = Joining.joined(bare, events);

        assertThat(whole.getDimensions().getIntent()).isNotEmpty();
        assertThat(bare.getDimensions().getIntent()).isEmpty();
        assertThat(joined.getDimensions()).isEqualTo(whole.getDimensions());
        assertThat(joined.getIntentFound()).isEqualTo(whole.getIntentFound());
        assertThat(joined.getLanguageFound()).isEqualTo(whole.getLanguageFound());
        assertThat(joined.getAttempt().getGroup()).isNotZero();
        Random random = new Random(5);
        for (int i = 0; i < 20; i++) {
            Collections.shuffle(events, random);
            assertThat(Joining.joined(bare, events)).isEqualTo(joined);
        }
    }

    @Test
    void onlyTheUsersMessagesSayWhatTheUserWants() {
        SpanRecord joined = Joining.joined(
                record(call(Case.FINE)),
                events(
                        Captures.ACME,
                        event("gen_ai.user.message").setBody(body("{\"content\":\"%s\"}".formatted(ASKED))),
                        event("gen_ai.assistant.message")
                                .setTimeUnixNano(Captures.NOW.getEpochSecond() * 1_000_000_000L + 1)
                                .setBody(
                                        body("{\"parts\":[{\"type\":\"text\",\"text\":\"How much does the invoice say I"
                                                + " have to pay for my subscription?\"}]}"))));

        assertThat(joined.getDimensions().getIntent()).isEqualTo("summary");
    }

    @Test
    void theSameLateInputIsTheSameRequestAndAnotherIsNot() {
        SpanRecord bare = record(call(Case.FINE));
        LogRecord.Builder first = event("gen_ai.user.message").setBody(body("{\"content\":\"one\"}"));
        LogRecord.Builder other = event("gen_ai.user.message").setBody(body("{\"content\":\"two\"}"));

        long group = group(bare, first);

        assertThat(group(bare, first.clone().setTimeUnixNano(first.getTimeUnixNano() + 1)))
                .isEqualTo(group);
        assertThat(group(bare, other)).isNotEqualTo(group);
        assertThat(group(bare.toBuilder().clearParentSpanId().build(), first)).isZero();
    }

    private static long group(SpanRecord bare, LogRecord.Builder event) {
        return Joining.joined(bare, events(Captures.ACME, event)).getAttempt().getGroup();
    }

    private static String rule(SpanRecord bare, LogRecord.Builder... events) {
        return Joining.joined(bare, events(Captures.ACME, events)).getOutcome().getRule();
    }

    private static Span.Builder call(Case answer) {
        return Otlp.call("00000000000000aa")
                .setParentSpanId(Otlp.hex("00000000000000bb"))
                .addAttributes(Otlp.text("gen_ai.output.type", answer.type));
    }

    private static SpanRecord record(Span.Builder span) {
        return Captures.parsed(Captures.pipeline(CLASSIFIER)
                        .process(Otlp.request(span).toByteArray(), OtlpEncoding.PROTOBUF, Captures.ACME, Captures.NOW))
                .getFirst();
    }

    private static LogRecord.Builder event(String name) {
        return LogRecord.newBuilder()
                .setEventName(name)
                .setTraceId(Otlp.hex(Otlp.TRACE))
                .setSpanId(Otlp.hex("00000000000000aa"))
                .setTimeUnixNano(Captures.NOW.getEpochSecond() * 1_000_000_000L);
    }

    private static AnyValue body(String text) {
        return AnyValue.newBuilder().setStringValue(text).build();
    }

    private static List<LateEvent> events(Sender sender, LogRecord.Builder... logs) {
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
                        Captures.NOW)
                .events();
    }
}
