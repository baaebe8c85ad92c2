package io.pentameter.ingest.event;

import com.google.protobuf.ByteString;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.ingest.assembly.Ids;
import io.pentameter.ingest.assembly.LateEvent;
import io.pentameter.ingest.assembly.LateFacts;
import io.pentameter.ingest.classify.Classified;
import io.pentameter.ingest.classify.Classifier;
import io.pentameter.ingest.classify.UserText;
import io.pentameter.ingest.config.TenantSettings;
import io.pentameter.ingest.dialect.Attributes;
import io.pentameter.ingest.dialect.Field;
import io.pentameter.ingest.dialect.NameTable;
import io.pentameter.ingest.dialect.RawSpan;
import io.pentameter.ingest.dialect.Reading;
import io.pentameter.ingest.failure.AttemptPattern;
import io.pentameter.ingest.failure.Evidence;
import io.pentameter.ingest.failure.Failures;
import io.pentameter.ingest.otlp.RawLog;
import io.pentameter.ingest.payload.PayloadTexts;
import java.util.List;
import java.util.Set;

/** Works out of an event what is wanted of it later, and can be found only before it is redacted. Thread-safe. */
final class EventFacts {

    private static final String FINISH = "gen_ai.response.finish_reasons";
    private static final String OUTPUT_TYPE = "gen_ai.output.type";
    private static final int MAX_TYPE = 40;

    private final NameTable names = new NameTable();
    private final Classifier classifier;

    EventFacts(Classifier classifier) {
        this.classifier = classifier;
    }

    /**
     * The facts of an event.
     *
     * @param finish why the answer ended, as the event says it; empty if it does not
     */
    LateFacts of(LateEvent.Kind kind, RawLog log, PayloadTexts texts, String finish, TenantSettings settings) {
        String type =
                kind == LateEvent.Kind.DETAILS ? Reading.of(log.attributes()).textOrEmpty(Field.OUTPUT_TYPE) : "";
        String input = texts.input();
        String asked = classifier.isOn() && mayAsk(kind, input) ? UserText.of(input) : "";
        Classified intent = classifier.intent(asked, settings.intents()).orElse(null);
        Classified language = classifier.language(asked).orElse(null);
        return new LateFacts(
                texts.output().isEmpty() && finish.isEmpty() ? Set.of() : rules(log, texts, finish, type),
                type.length() > MAX_TYPE ? "" : type,
                input.isEmpty()
                        ? 0
                        : Ids.hash(Long.BYTES, input.replace('\0', ' '))
                                .asReadOnlyByteBuffer()
                                .getLong(),
                intent,
                language);
    }

    /** Messages of others than the user, each by itself, would be taken for his. */
    private static boolean mayAsk(LateEvent.Kind kind, String input) {
        return !input.isEmpty()
                && (kind == LateEvent.Kind.DETAILS
                        || input.startsWith("{\"role\":\"user\"")
                        || input.startsWith("{\"role\":\"human\""));
    }

    /** As if the call had stopped by itself and JSON had been wanted, where the event does not say; its span may know. */
    private Set<String> rules(RawLog log, PayloadTexts texts, String finish, String type) {
        Attributes assumed = new Attributes(2);
        assumed.add(names.find(FINISH), finish.isEmpty() ? "stop" : finish);
        assumed.add(names.find(OUTPUT_TYPE), type.isEmpty() ? "json" : type);
        RawSpan span = asSpan(log, assumed);
        return Failures.softRules(
                new Evidence(span, Reading.of(assumed), SpanKind.SPAN_KIND_MODEL_CALL, -1, texts, AttemptPattern.NONE));
    }

    /** Attributes of an event, where those of a span are looked for. */
    static RawSpan asSpan(RawLog log, Attributes attributes) {
        return new RawSpan(
                log.source(),
                log.traceId(),
                log.spanId(),
                ByteString.EMPTY,
                "",
                log.timeNs(),
                log.timeNs(),
                0,
                "",
                attributes,
                List.of(),
                0,
                null);
    }
}
