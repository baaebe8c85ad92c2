package io.pentameter.ingest.intake;

import io.pentameter.ingest.accept.Refusals;
import io.pentameter.ingest.publish.LogRecord;
import java.util.List;
import java.util.Map;

/**
 * What came of a delivery, before it is written to the log.
 *
 * @param records    a record for each span that was accepted
 * @param refusals   the spans that were not
 * @param received   spans in the delivery: {@code records} and {@code refusals} together
 * @param redactions how many spans each kind of secret or personal data was found in, by its word
 * @param unpriced   how many calls have no known cost, by reason
 * @param joinable   those of the records to which something that comes in another request may belong
 */
public record Intake(
        List<LogRecord> records,
        Refusals refusals,
        long received,
        Map<String, Long> redactions,
        Map<String, Long> unpriced,
        List<Joinable> joinable) {

    /** A delivery to which nothing can be joined. */
    public Intake(
            List<LogRecord> records,
            Refusals refusals,
            long received,
            Map<String, Long> redactions,
            Map<String, Long> unpriced) {
        this(records, refusals, received, redactions, unpriced, List.of());
    }
}
