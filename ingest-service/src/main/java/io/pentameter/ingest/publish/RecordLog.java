package io.pentameter.ingest.publish;

import io.pentameter.contracts.Topics;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The durable log behind us. */
public interface RecordLog {

    /**
     * Appends records, each in the order of its key.
     *
     * @return done when the log has every record for good; fails with {@link LogUnavailableException} if it cannot be
     *     said that it has, and then some may have been written: the caller's client has to send all of them again
     */
    CompletionStage<Appended> append(Topics topic, List<LogRecord> records);

    /**
     * What was written.
     *
     * @param accepted records that the log has
     * @param tooLarge records that the log refuses for their size, for ever
     */
    record Appended(int accepted, int tooLarge) {}
}
