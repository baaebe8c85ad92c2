package io.pentameter.ingest.feedback;

import com.google.protobuf.ByteString;
import io.pentameter.contracts.PartitionKey;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.contracts.v1.ScoreSource;
import io.pentameter.ingest.publish.LogRecord;
import io.pentameter.ingest.signal.SignalOrigin;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Feedback that was checked.
 *
 * @param traceId      16 bytes
 * @param spanId       8 bytes, empty for the whole trace
 * @param id           makes a repeat recognisable: the same id again replaces the earlier feedback
 * @param isUp         thumbs up or down; absent if none was given
 * @param rating       absent if none was given
 * @param isAccepted   whether the user took the answer; absent if not said
 * @param editDistance how much of the answer the user changed, 0 to 1; absent if not known
 * @param comment      in the user's words, empty if there is none
 * @param user         who gave it, empty if not said
 */
record Feedback(
        ByteString traceId,
        ByteString spanId,
        String id,
        @Nullable Boolean isUp,
        @Nullable Rating rating,
        @Nullable Boolean isAccepted,
        @Nullable Double editDistance,
        String comment,
        String user) {

    private static final int SCHEMA_VERSION = 1;

    /** Whether it says nothing. */
    boolean isEmpty() {
        return isUp == null && rating == null && isAccepted == null && editDistance == null && comment.isEmpty();
    }

    /** A score for each thing that was said. The comment goes with the first, and is one itself where it is alone. */
    List<ScoreRecord> scores(SignalOrigin origin) {
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
                    .setValue(rating.onStandardScale())
                    .setLabel(rating.label())
                    .setPassed(rating.isPassed())
                    .build());
        }
        if (isAccepted != null) {
            scores.add(score(origin, "acceptance")
                    .setValue(isAccepted ? 1 : 0)
                    .setLabel(isAccepted ? "accepted" : "rejected")
                    .setPassed(isAccepted)
                    .build());
        }
        if (editDistance != null) {
            scores.add(score(origin, "edit_distance").setValue(editDistance).build());
        }
        if (scores.isEmpty()) {
            scores.add(score(origin, "comment").setLabel("comment").build());
        }
        scores.set(
                0,
                scores.getFirst().toBuilder()
                        .setComment(origin.redacted(comment))
                        .build());
        return scores;
    }

    private ScoreRecord.Builder score(SignalOrigin origin, String name) {
        return ScoreRecord.newBuilder()
                .setSchemaVersion(SCHEMA_VERSION)
                .setTenant(origin.tenant())
                .setScoreId(scoreId(origin.tenant(), name))
                .setTraceId(traceId)
                .setSpanId(spanId)
                .setName(name)
                .setSource(ScoreSource.SCORE_SOURCE_END_USER)
                .setRater(origin.identity(user))
                .setInclusionProbability(1)
                .setCreatedAtUs(origin.nowUs())
                .setKeyId(origin.sender().keyId());
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
}
