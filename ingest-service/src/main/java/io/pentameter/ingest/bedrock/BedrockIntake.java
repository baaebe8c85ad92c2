package io.pentameter.ingest.bedrock;

import io.pentameter.contracts.Topics;
import io.pentameter.ingest.accept.RefusalReason;
import io.pentameter.ingest.accounting.IntakeRecords;
import io.pentameter.ingest.intake.Intake;
import io.pentameter.ingest.intake.IntakeParts;
import io.pentameter.ingest.intake.Sender;
import io.pentameter.ingest.otlp.Delivery;
import io.pentameter.ingest.publish.LogRecord;
import io.pentameter.ingest.publish.RecordLog;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Brings the calls of a file to the log, and then its accounting. Blocks. */
final class BedrockIntake {

    /** The word in the accounting. */
    private static final String ROUTE = "bedrock_import";

    private final IntakeParts parts;
    private final RecordLog log;

    BedrockIntake(IntakeParts parts, RecordLog log) {
        this.parts = parts;
        this.log = log;
    }

    /**
     * What came of a file.
     *
     * @param message why some were refused, empty if none was
     */
    record Receipt(long accepted, long refused, String message) {}

    /**
     * Takes a file in; done when the log has all of it.
     *
     * @param bytes of the file as it came
     * @throws java.util.concurrent.CompletionException by {@code LogUnavailableException}, if it has to be taken in again
     */
    Receipt take(BedrockFile.Read read, long bytes, Sender sender, Instant now) {
        Intake intake = parts.pipeline().process(new Delivery(read.calls(), 0), sender, now);
        parts.meters().processed(intake);
        RecordLog.Appended spans = append(Topics.SPANS, intake.records());
        Map<RefusalReason, Long> refused = new EnumMap<>(RefusalReason.class);
        refused.putAll(intake.refusals().counts());
        read.refusals().counts().forEach((reason, count) -> refused.merge(reason, count, Long::sum));
        if (spans.tooLarge() > 0) {
            refused.merge(RefusalReason.SPAN_TOO_LARGE, (long) spans.tooLarge(), Long::sum);
        }
        IntakeRecords.DeliveryFacts facts = new IntakeRecords.DeliveryFacts(
                sender.tenant(), sender.keyId(), UUID.randomUUID().toString(), now, bytes, ROUTE);
        var _ = append(Topics.ACCOUNTING, List.of(IntakeRecords.ofSpans(facts, spans.accepted(), refused)));
        String inFile = read.refusals().message();
        String inSpans = intake.refusals().message();
        String message = inFile.isEmpty() || inSpans.isEmpty() ? inFile + inSpans : inFile + "; " + inSpans;
        return new Receipt(
                spans.accepted(),
                refused.values().stream().mapToLong(Long::longValue).sum(),
                message);
    }

    private RecordLog.Appended append(Topics topic, List<LogRecord> records) {
        return log.append(topic, records).toCompletableFuture().join();
    }
}
