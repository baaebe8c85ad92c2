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
     * @param scores that do not know the ids of their span; redacted
     * @throws Assembly.UnavailableException if they are not kept, or the log does not confirm: all may be sent again
     * @return how many of the scores were refused because too many wait already
     */
    int take(List<LateEvent> events, List<WaitingScore> scores, Sender sender, Instant now);

    /**
     * A score whose span is not known.
     *
     * @param name  of its span, made by {@link io.pentameter.ingest.intake.Joinable}
     * @param score without trace
     */
    record WaitingScore(String name, ScoreRecord score) {}
}
