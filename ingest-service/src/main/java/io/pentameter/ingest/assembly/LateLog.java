package io.pentameter.ingest.assembly;

import io.pentameter.contracts.Topics;
import io.pentameter.ingest.accounting.IntakeRecords;
import io.pentameter.ingest.publish.LogRecord;
import io.pentameter.ingest.publish.LogUnavailableException;
import io.pentameter.ingest.publish.RecordLog;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;

/** Tells the log what has become of spans and scores by what came later, and waits until it has that. */
final class LateLog {

    private final RecordLog log;

    LateLog(RecordLog log) {
        this.log = log;
    }

    /** Spans that are told again are records of their own in the accounting. */
    void spans(String tenant, String keyId, List<LogRecord> spans, Instant now) {
        if (spans.isEmpty()) {
            return;
        }
        int accepted = append(Topics.SPANS, spans);
        IntakeRecords.DeliveryFacts facts =
                new IntakeRecords.DeliveryFacts(tenant, keyId, UUID.randomUUID().toString(), now, 0, "log_events");
        var _ = append(Topics.ACCOUNTING, List.of(IntakeRecords.ofSpans(facts, accepted, Map.of())));
    }

    void scores(List<LogRecord> scores) {
        var _ = append(Topics.SCORES, scores);
    }

    private int append(Topics topic, List<LogRecord> records) {
        try {
            return log.append(topic, records).toCompletableFuture().join().accepted();
        } catch (CompletionException e) {
            if (e.getCause() instanceof LogUnavailableException) {
                throw new Assembly.UnavailableException("the log did not confirm", e);
            }
            throw e;
        }
    }
}
