package io.pentameter.ingest.langsmith;

import io.pentameter.contracts.v1.ScoreRecord;
import java.time.Instant;
import java.util.Optional;

/** Remembers feedback by the id that its client gave it. Blocks; throws {@code Assembly.UnavailableException} if away. */
interface FeedbackStore {

    /**
     * Feedback as it stands.
     *
     * @param runId      as the client named it, empty if it did not
     * @param traceId    as {@code runId}
     * @param source     LangSmith's word for who judged: api, model, app; empty if not said
     * @param score      as told last, redacted
     * @param modifiedAt of the last change
     */
    record Kept(
            String id,
            String runId,
            String traceId,
            String source,
            ScoreRecord score,
            Instant createdAt,
            Instant modifiedAt) {}

    /** Keeps it; the same id again replaces what it said and leaves when it was created. */
    void put(String tenant, Kept feedback);

    Optional<Kept> get(String tenant, String id);

    void remove(String tenant, String id);
}
