package io.pentameter.ingest.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.contracts.v1.ScoreSource;
import io.pentameter.ingest.assembly.Ids;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes score records of what vendors call score, feedback, annotation or evaluation.
 *
 * <p>A judgement has the client's own time where it says one, so that of two with one id the later made counts, and not
 * the later arrived.
 */
public final class VendorScore {

    private static final int SCHEMA_VERSION = 1;
    private static final int MAX_NAME = 256;
    private static final int MAX_COMMENT = 10_000;
    private static final long NANOS_PER_MICRO = 1_000;

    /** Names that say that an end user judged. */
    private static final Set<String> OF_END_USERS = Set.of(
            "user-feedback", "user_feedback", "userfeedback", "feedback", "thumbs", "user-score", "user_score", "like");

    private final VendorRequest request;
    private final ScoreRecord.Builder score;
    private boolean hasValue;

    /**
     * A score without a value.
     *
     * @param vendor prefix of the id
     * @param id     the vendor's own id of the judgement, unique within the tenant
     */
    public VendorScore(VendorRequest request, String vendor, String id, String name) {
        this.request = request;
        this.score = ScoreRecord.newBuilder()
                .setSchemaVersion(SCHEMA_VERSION)
                .setTenant(request.sender().tenant())
                .setKeyId(request.sender().keyId())
                .setScoreId(vendor + "_"
                        + HexFormat.of()
                                .formatHex(Ids.hash(16, request.sender().tenant(), vendor, id)
                                        .toByteArray()))
                .setName(cut(redacted(name), MAX_NAME))
                .setSource(
                        OF_END_USERS.contains(name.toLowerCase(Locale.ROOT))
                                ? ScoreSource.SCORE_SOURCE_END_USER
                                : ScoreSource.SCORE_SOURCE_CODE)
                .setInclusionProbability(1)
                .setCreatedAtUs(micros(request.now()));
    }

    /** What is judged: a span, or without one a trace. */
    public VendorScore of(ByteString traceId, ByteString spanId) {
        score.setTraceId(traceId).setSpanId(spanId);
        return this;
    }

    public VendorScore ofSession(String session) {
        score.setSession(cut(request.sender().settings().redactor().redactId(session, new HashSet<>()), MAX_NAME));
        return this;
    }

    /** Nanoseconds since the epoch; a time ahead of ours is ours. */
    public VendorScore at(@Nullable Long nanos) {
        if (nanos != null) {
            score.setCreatedAtUs(Math.min(micros(request.now()), nanos / NANOS_PER_MICRO));
        }
        return this;
    }

    public VendorScore by(ScoreSource source, String rater) {
        score.setSource(source).setRater(cut(redacted(rater), MAX_NAME));
        return this;
    }

    public VendorScore commented(String comment) {
        score.setComment(cut(redacted(comment), MAX_COMMENT));
        return this;
    }

    /** A number; one that is not finite is none. */
    public VendorScore valued(double value) {
        if (!Double.isNaN(value) && !Double.isInfinite(value)) {
            score.setValue(value);
            hasValue = true;
        }
        return this;
    }

    public VendorScore labelled(String label) {
        score.setLabel(cut(redacted(label), MAX_NAME));
        hasValue |= !label.isEmpty();
        return this;
    }

    public VendorScore passed(boolean passed) {
        score.setPassed(passed);
        return valued(passed ? 1 : 0);
    }

    /** A number, a boolean or a text, whatever it is. */
    public VendorScore valued(JsonNode value) {
        return switch (value.getNodeType()) {
            case NUMBER -> valued(value.asDouble());
            case BOOLEAN -> passed(value.asBoolean());
            case STRING -> labelled(value.asText());
            case OBJECT, ARRAY -> value.isEmpty() ? this : labelled(value.toString());
            case BINARY, MISSING, NULL, POJO -> this;
        };
    }

    /** Whether it says anything. */
    public boolean hasValue() {
        return hasValue;
    }

    public ScoreRecord build() {
        return score.build();
    }

    private String redacted(String text) {
        return request.sender().settings().redactor().redact(text, new HashSet<>());
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static String cut(String text, int maxChars) {
        if (text.length() <= maxChars) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(maxChars - 1)) ? maxChars - 1 : maxChars);
    }
}
