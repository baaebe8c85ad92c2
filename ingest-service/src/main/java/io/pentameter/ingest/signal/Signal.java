package io.pentameter.ingest.signal;

import io.pentameter.ingest.publish.LogRecord;
import java.util.List;

/**
 * A signal that was read.
 *
 * @param id      the same id again replaces what it said before
 * @param scores  ids of the scores that were made of it; empty for what is none
 * @param records for the log
 */
public record Signal(String id, List<String> scores, List<LogRecord> records) {

    public Signal {
        scores = List.copyOf(scores);
        records = List.copyOf(records);
    }
}
