package io.pentameter.ingest.feedback;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.pentameter.contracts.PartitionKey;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.contracts.v1.ScoreSource;
import io.pentameter.ingest.config.TenantSettings;
import io.pentameter.ingest.publish.LogRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Feedback that was checked.
 *
 * @param traceId 16 bytes
 * @param spanId  8 bytes, empty for the whole trace
 * @param id      makes a repeat recognisable: the same id again replaces the earlier feedback
 * @param isUp    thumbs up or down; absent if none was given
 * @param rating  1 to 5; absent if none was given
 * @param comment in the user's words, empty if there is none
 * @param user    who gave it, empty if not said
 */
record Feedback(
        ByteString traceId,
        ByteString spanId,
        String id,
        @Nullable Boolean isUp,
        @Nullable Integer rating,
        String comment,
        String user) {

    static final int MIN_RATING = 1;
    static final int MAX_RATING = 5;

    private static final int SCHEMA_VERSION = 1;
    private static final double LOWEST_PASSING_RATING = 4;

    /**
     * Who sent it, and when.
     *
     * @param nowUs microseconds since the epoch
     */
    record Origin(String tenant, String keyId, TenantSettings settings, long nowUs) {}

    /** A score for each thing that was said: thumbs, rating, or the comment alone. The comment goes with the first. */
    List<ScoreRecord> scores(Origin origin) {
        List<ScoreRecord> scores = new ArrayList<>();
        if (isUp != null) {
            scores.add(score(origin, "thumbs")
                    .setValue(isUp ? 1 : 0)
                    .setLabel(isUp ? "up" : "down")
                    .setPassed(isUp)
                    .build());
        }
        if (rating != null) {
            scores.add(score(origin, "rating")
                    .setValue(rating)
                    .setPassed(rating >= LOWEST_PASSING_RATING)
                    .build());
        }
        if (scores.isEmpty()) {
            scores.add(score(origin, "comment").setLabel("comment").build());
        }
        String redacted = origin.settings().redactor().redact(comment, new HashSet<>());
        scores.set(0, scores.getFirst().toBuilder().setComment(redacted).build());
        return scores;
    }

    private ScoreRecord.Builder score(Origin origin, String name) {
        return ScoreRecord.newBuilder()
                .setSchemaVersion(SCHEMA_VERSION)
                .setTenant(origin.tenant())
                .setScoreId(scoreId(origin.tenant(), name))
                .setTraceId(traceId)
                .setSpanId(spanId)
                .setName(name)
                .setSource(ScoreSource.SCORE_SOURCE_END_USER)
                .setRater(origin.settings().redactor().redactId(user, new HashSet<>()))
                .setInclusionProbability(1)
                .setCreatedAtUs(origin.nowUs())
                .setKeyId(origin.keyId());
    }

    /** The same for the same tenant, feedback id and name. */
    private String scoreId(String tenant, String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((tenant + "\0" + id + "\0" + name).getBytes(StandardCharsets.UTF_8));
            return "fb_" + HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static LogRecord logRecord(ScoreRecord score) {
        return new LogRecord(
                PartitionKey.ofTrace(score.getTenant(), score.getTraceId().toByteArray()), score.toByteArray());
    }

    /** Bytes of hex digits; absent unless there are exactly so many bytes and not all are zero. */
    static @Nullable ByteString id(String hex, int length) {
        if (hex.length() != 2 * length) {
            return null;
        }
        try {
            byte[] bytes = HexFormat.of().parseHex(hex);
            for (byte b : bytes) {
                if (b != 0) {
                    return UnsafeByteOperations.unsafeWrap(bytes);
                }
            }
            return null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
