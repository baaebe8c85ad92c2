package io.pentameter.ingest.event;

import com.google.protobuf.ByteString;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.ingest.accept.RefusalReason;
import io.pentameter.ingest.accept.Refusals;
import io.pentameter.ingest.accept.Refused;
import io.pentameter.ingest.accept.SpanCheck;
import io.pentameter.ingest.accept.TimeWindow;
import io.pentameter.ingest.assembly.Ids;
import io.pentameter.ingest.assembly.LateEvent;
import io.pentameter.ingest.assembly.LateSpans;
import io.pentameter.ingest.classify.Classifier;
import io.pentameter.ingest.dialect.Attributes;
import io.pentameter.ingest.dialect.Field;
import io.pentameter.ingest.dialect.Reading;
import io.pentameter.ingest.dialect.Utf8;
import io.pentameter.ingest.evaluation.Evaluations;
import io.pentameter.ingest.intake.Joinable;
import io.pentameter.ingest.intake.Sender;
import io.pentameter.ingest.otlp.LogDelivery;
import io.pentameter.ingest.otlp.RawLog;
import io.pentameter.ingest.payload.PayloadRules;
import io.pentameter.ingest.payload.PayloadTexts;
import io.pentameter.ingest.payload.Payloads;
import io.pentameter.ingest.redact.Redactor;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Understands the log events of the GenAI conventions: evaluations become scores, what a call was given and gave becomes
 * part of its span. Pure. Everything else is refused by name.
 */
final class EventReader {

    /** All of a call, in attributes named as those of its span. */
    static final String DETAILS = "gen_ai.client.inference.operation.details";

    /** A message of the output; deprecated, still sent. */
    static final String CHOICE = "gen_ai.choice";

    /** Messages of the input by event, with the role that each means; deprecated, still sent. */
    private static final Map<String, String> ROLES = Map.of(
            "gen_ai.system.message", "system",
            "gen_ai.user.message", "user",
            "gen_ai.assistant.message", "assistant",
            "gen_ai.tool.message", "tool");

    private static final int TRACE_ID = 16;
    private static final int SPAN_ID = 8;
    private static final int KEY = 16;
    private static final int MAX_SHOWN = 80;

    private final Limits limits;
    private final EventFacts facts;

    /**
     * @param maxLogs  records of a request; those beyond are counted only
     * @param maxAge   how old an event may be
     * @param maxAhead how far ahead of our clock
     */
    record Limits(int maxLogs, Duration maxAge, Duration maxAhead) {}

    /** @param classifier works out what users want, where a span cannot say it */
    EventReader(Limits limits, Classifier classifier) {
        this.limits = limits;
        this.facts = new EventFacts(classifier);
    }

    /**
     * What a delivery says; all of it redacted.
     *
     * @param scores  that name their trace
     * @param waiting scores that name an answer instead
     * @param events  parts of payloads
     */
    record Read(
            List<ScoreRecord> scores,
            List<LateSpans.WaitingScore> waiting,
            List<LateEvent> events,
            Refusals refusals) {}

    Read of(LogDelivery delivery, Sender sender, Instant now) {
        Read read = new Read(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new Refusals());
        if (delivery.beyondLimit() > 0) {
            read.refusals()
                    .add(
                            RefusalReason.TOO_MANY_SPANS,
                            delivery.beyondLimit(),
                            "a request may have " + limits.maxLogs() + " log records, this one has "
                                    + delivery.beyondLimit() + " more");
        }
        TimeWindow window = TimeWindow.around(now, limits.maxAge(), limits.maxAhead());
        Evaluations evaluations = new Evaluations(
                sender.tenant(),
                sender.keyId(),
                sender.settings(),
                ChronoUnit.MICROS.between(Instant.EPOCH, now),
                window);
        // the same message twice in a call is two messages; the same delivery again is the same two
        Map<ByteString, Integer> repeated = new HashMap<>();
        int position = 0;
        for (RawLog log : delivery.logs()) {
            if (log.unreadable() == null && isPart(log.eventName())) {
                Refused refused = check(log, window);
                if (refused == null) {
                    read.events().add(part(log, sender, position, now, repeated));
                    position++;
                } else {
                    read.refusals().add(refused);
                }
            } else {
                evaluation(log, evaluations, read);
            }
        }
        return read;
    }

    private static boolean isPart(String event) {
        return event.equals(DETAILS) || event.equals(CHOICE) || ROLES.containsKey(event);
    }

    private static void evaluation(RawLog log, Evaluations evaluations, Read into) {
        boolean isOther = log.unreadable() == null && !log.eventName().equals(Evaluations.EVENT);
        Refused refused = isOther ? notTaken(log) : evaluations.check(log);
        if (refused != null) {
            into.refusals().add(refused);
            return;
        }
        ScoreRecord score = evaluations.score(log, new TreeSet<>());
        String awaited = evaluations.awaited(log);
        if (awaited.isEmpty()) {
            into.scores().add(score);
        } else {
            into.waiting().add(new LateSpans.WaitingScore(Joinable.byResponse(awaited), score));
        }
    }

    private static Refused notTaken(RawLog log) {
        String name = log.eventName();
        String shown = name.isEmpty()
                ? "without event name"
                : "\"" + (name.length() <= MAX_SHOWN ? name : name.substring(0, MAX_SHOWN)) + "\"";
        return new Refused(
                RefusalReason.EVENT_NOT_TAKEN,
                "log record " + shown + ": only " + Evaluations.EVENT + ", " + DETAILS + ", " + CHOICE
                        + " and gen_ai.{system,user,assistant,tool}.message are taken in");
    }

    private static @Nullable Refused check(RawLog log, TimeWindow window) {
        if (log.traceId().size() != TRACE_ID || SpanCheck.isZero(log.traceId())) {
            return new Refused(
                    RefusalReason.INVALID_TRACE_ID,
                    log.eventName() + ": traceId must be 16 bytes and not all zero, so that it finds its span, but has "
                            + log.traceId().size());
        }
        if (log.spanId().size() != SPAN_ID || SpanCheck.isZero(log.spanId())) {
            return new Refused(
                    RefusalReason.INVALID_SPAN_ID,
                    log.eventName() + ": spanId must be 8 bytes and not all zero, so that it finds its span, but has "
                            + log.spanId().size());
        }
        return log.timeNs() == 0 || window.contains(log.timeNs())
                ? null
                : new Refused(
                        RefusalReason.TIME_OUT_OF_RANGE,
                        log.eventName() + ": timeUnixNano " + TimeWindow.shown(log.timeNs()) + " must be between "
                                + TimeWindow.shown(window.earliestNs()) + " and "
                                + TimeWindow.shown(window.latestNs()));
    }

    private LateEvent part(RawLog log, Sender sender, int position, Instant now, Map<ByteString, Integer> repeated) {
        String input = "";
        String output = "";
        String finish = "";
        LateEvent.Kind kind;
        String role = ROLES.get(log.eventName());
        if (role != null) {
            kind = LateEvent.Kind.MESSAGE;
            input = EventMessage.asked(role, log.body());
        } else if (log.eventName().equals(CHOICE)) {
            kind = LateEvent.Kind.CHOICE;
            output = EventMessage.answered(log.body());
            finish = EventMessage.finishReason(log.body());
        } else {
            kind = LateEvent.Kind.DETAILS;
            Reading reading = Reading.of(log.attributes());
            PayloadTexts texts = PayloadTexts.of(EventFacts.asSpan(log, log.attributes()), reading);
            input = texts.input();
            output = texts.output();
            String said = reading.firstText(Field.FINISH_REASON);
            finish = said == null ? "" : said;
        }
        PayloadRules rules = sender.settings().payloads();
        Redactor redactor = sender.settings().redactor();
        TreeSet<String> found = new TreeSet<>();
        return new LateEvent(
                log.traceId(),
                log.spanId(),
                key(log, input, output, repeated),
                log.timeNs() == 0 ? TimeWindow.nanos(now) : log.timeNs(),
                position,
                kind,
                Payloads.kept(input, rules.strictest("input"), redactor, found),
                Utf8.size(input),
                Payloads.kept(output, rules.strictest("output"), redactor, found),
                Utf8.size(output),
                finish.length() > MAX_SHOWN ? "" : finish,
                found,
                facts.of(kind, log, new PayloadTexts(input, output), finish, sender.settings()));
    }

    private static ByteString key(RawLog log, String input, String output, Map<ByteString, Integer> repeated) {
        Attributes attributes = log.attributes();
        int system = attributes.indexOf("gen_ai.system");
        ByteString first = Ids.hash(
                KEY,
                HexFormat.of().formatHex(log.traceId().toByteArray()),
                HexFormat.of().formatHex(log.spanId().toByteArray()),
                log.eventName(),
                Long.toString(log.timeNs()),
                system < 0 ? "" : attributes.text(system),
                input,
                output);
        int before = repeated.merge(first, 1, Integer::sum);
        return before == 1
                ? first
                : Ids.hash(KEY, HexFormat.of().formatHex(first.toByteArray()), Integer.toString(before));
    }
}
