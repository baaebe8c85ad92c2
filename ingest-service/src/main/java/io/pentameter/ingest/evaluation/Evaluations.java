package io.pentameter.ingest.evaluation;

import com.google.protobuf.ByteString;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.contracts.v1.ScoreSource;
import io.pentameter.ingest.accept.RefusalReason;
import io.pentameter.ingest.accept.Refused;
import io.pentameter.ingest.accept.SpanCheck;
import io.pentameter.ingest.accept.TimeWindow;
import io.pentameter.ingest.config.TenantSettings;
import io.pentameter.ingest.dialect.Attributes;
import io.pentameter.ingest.otlp.RawLog;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a score of an event {@code gen_ai.evaluation.result}. It is joined to the evaluated span by the trace and span of its
 * log record, or, without those, by {@code gen_ai.response.id}.
 *
 * <p>The conventions have no word for who judged. What SDKs say in {@code annotator_kind} (LLM, HUMAN, CODE, of OpenInference)
 * counts; without it the judge is a program, and its source is {@code CODE}.
 */
public final class Evaluations {

    /** The event's name. */
    public static final String EVENT = "gen_ai.evaluation.result";

    private static final int SCHEMA_VERSION = 1;
    private static final int TRACE_ID = 16;
    private static final int SPAN_ID = 8;
    private static final int MAX_NAME = 256;
    private static final int MAX_COMMENT = 10_000;
    private static final long NANOS_PER_MICRO = 1000;
    private static final List<String> KINDS =
            List.of("gen_ai.evaluation.annotator_kind", "evaluation.annotator_kind", "annotator_kind");
    private static final Set<String> PASSES = Set.of("pass", "passed", "true");
    private static final Set<String> FAILS = Set.of("fail", "failed", "false");

    private final String tenant;
    private final String keyId;
    private final TenantSettings settings;
    private final long nowUs;
    private final TimeWindow window;

    /** @param nowUs time of receipt, microseconds since the epoch */
    public Evaluations(String tenant, String keyId, TenantSettings settings, long nowUs, TimeWindow window) {
        this.tenant = tenant;
        this.keyId = keyId;
        this.settings = settings;
        this.nowUs = nowUs;
        this.window = window;
    }

    /** Why the log record becomes no score; absent if it does. */
    public @Nullable Refused check(RawLog log) {
        if (log.unreadable() != null) {
            return new Refused(RefusalReason.UNDECODABLE_SPAN, "log record: " + log.unreadable());
        }
        boolean hasTrace = log.traceId().size() == TRACE_ID && !SpanCheck.isZero(log.traceId());
        if (!hasTrace && (!SpanCheck.isZero(log.traceId()) || responseId(log).isEmpty())) {
            return new Refused(
                    RefusalReason.INVALID_TRACE_ID,
                    EVENT
                            + ": traceId must be 16 bytes and not all zero, or gen_ai.response.id be given, so that the score"
                            + " finds its span, but traceId has "
                            + log.traceId().size());
        }
        if (!log.spanId().isEmpty() && log.spanId().size() != SPAN_ID) {
            return new Refused(
                    RefusalReason.INVALID_SPAN_ID,
                    EVENT + ": spanId must be 8 bytes or empty, but has "
                            + log.spanId().size());
        }
        if (log.timeNs() != 0 && !window.contains(log.timeNs())) {
            return new Refused(
                    RefusalReason.TIME_OUT_OF_RANGE,
                    EVENT + ": timeUnixNano " + TimeWindow.shown(log.timeNs()) + " must be between "
                            + TimeWindow.shown(window.earliestNs()) + " and " + TimeWindow.shown(window.latestNs()));
        }
        boolean saysNothing = Double.isNaN(value(log))
                && text(log, "gen_ai.evaluation.score.label").isEmpty();
        return text(log, "gen_ai.evaluation.name").isBlank() || saysNothing
                ? new Refused(
                        RefusalReason.INVALID_EVALUATION,
                        EVENT + ": gen_ai.evaluation.name, and gen_ai.evaluation.score.value or .score.label, must be"
                                + " given")
                : null;
    }

    /** The answer's id, as spans keep it, by which the score finds its span; empty if the log record names the span. */
    public String awaited(RawLog log) {
        return SpanCheck.isZero(log.traceId()) ? redacted(responseId(log), new HashSet<>()) : "";
    }

    private static String responseId(RawLog log) {
        return shortened(text(log, "gen_ai.response.id"), MAX_NAME);
    }

    /**
     * The score of a log record that {@link #check} lets pass. The same record again gives the same id.
     *
     * @param found gets the words of what was redacted
     */
    public ScoreRecord score(RawLog log, Set<String> found) {
        String name = redacted(shortened(text(log, "gen_ai.evaluation.name"), MAX_NAME), found);
        String label = redacted(shortened(text(log, "gen_ai.evaluation.score.label"), MAX_NAME), found);
        ByteString spanId = SpanCheck.isZero(log.spanId()) ? ByteString.EMPTY : log.spanId();
        ScoreRecord.Builder score = ScoreRecord.newBuilder()
                .setSchemaVersion(SCHEMA_VERSION)
                .setTenant(tenant)
                .setKeyId(keyId)
                .setScoreId(id(log))
                .setTraceId(SpanCheck.isZero(log.traceId()) ? ByteString.EMPTY : log.traceId())
                .setSpanId(spanId)
                .setSource(source(log))
                .setName(name)
                .setLabel(label)
                .setRater(redacted(shortened(log.source().scopeName(), MAX_NAME), found))
                .setComment(redacted(shortened(text(log, "gen_ai.evaluation.explanation"), MAX_COMMENT), found))
                .setInclusionProbability(1)
                .setCreatedAtUs(log.timeNs() == 0 ? nowUs : log.timeNs() / NANOS_PER_MICRO);
        double value = value(log);
        if (!Double.isNaN(value)) {
            score.setValue(value);
        }
        String word = label.toLowerCase(Locale.ROOT);
        if (PASSES.contains(word) || FAILS.contains(word)) {
            score.setPassed(PASSES.contains(word));
        }
        return score.build();
    }

    private static ScoreSource source(RawLog log) {
        for (String attribute : KINDS) {
            switch (text(log, attribute).toUpperCase(Locale.ROOT)) {
                case "LLM" -> {
                    return ScoreSource.SCORE_SOURCE_LLM_JUDGE;
                }
                case "HUMAN" -> {
                    return ScoreSource.SCORE_SOURCE_HUMAN;
                }
                case "CODE" -> {
                    return ScoreSource.SCORE_SOURCE_CODE;
                }
                default -> {
                    // not said by this name
                }
            }
        }
        return ScoreSource.SCORE_SOURCE_CODE;
    }

    /** The number, NaN if there is none. */
    private static double value(RawLog log) {
        int index = log.attributes().indexOf("gen_ai.evaluation.score.value");
        if (index < 0 || !(log.attributes().value(index) instanceof Number number)) {
            return Double.NaN;
        }
        return Double.isInfinite(number.doubleValue()) ? Double.NaN : number.doubleValue();
    }

    private static String text(RawLog log, String attribute) {
        Attributes attributes = log.attributes();
        int index = attributes.indexOf(attribute);
        return index < 0 ? "" : attributes.text(index);
    }

    private String redacted(String text, Set<String> found) {
        return settings.redactor().redact(text, found);
    }

    private String id(RawLog log) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(log.traceId().toByteArray());
            sha.update(log.spanId().toByteArray());
            String rest = String.join(
                    "\0",
                    tenant,
                    text(log, "gen_ai.evaluation.name"),
                    text(log, "gen_ai.response.id"),
                    log.source().scopeName(),
                    Long.toString(log.timeNs()));
            return "ev_" + HexFormat.of().formatHex(sha.digest(rest.getBytes(StandardCharsets.UTF_8)), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String shortened(String text, int maxChars) {
        if (text.length() <= maxChars) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(maxChars - 1)) ? maxChars - 1 : maxChars);
    }
}
