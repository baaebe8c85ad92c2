package io.pentameter.ingest.assembly;

import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.ingest.intake.Sender;
import io.pentameter.ingest.publish.LogRecord;
import java.time.Instant;
import java.util.List;

/** Takes in what belongs to spans of other requests, and tells the log what has become of those. */
public interface LateSpans {

    /** Stands for the record of a span that has a payload of its own. */
    LogRecord NO_RECORD = new LogRecord(new byte[0], new byte[0]);

    /**
     * Keeps events and scores, and appends to the log the spans and scores that are whole with them. Blocks until the log
     * has them. What finds no span waits for it.
     *
     * @param events redacted
     * @param scores that name no trace, with the answer's id that they name; redacted
     * @throws Assembly.UnavailableException if they are not kept, or the log does not confirm: all may be sent again
     * @return how many of the scores were refused because too many wait already
     */
    int take(List<LateEvent> events, List<WaitingScore> scores, Sender sender, Instant now);

    /**
     * A score whose span is not known.
     *
     * @param responseId the provider's id of the answer, not empty
     * @param score      without trace and span
     */
    record WaitingScore(String responseId, ScoreRecord score) {}
}
