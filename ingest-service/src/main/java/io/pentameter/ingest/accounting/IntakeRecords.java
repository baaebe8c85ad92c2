package io.pentameter.ingest.accounting;

import io.pentameter.contracts.PartitionKey;
import io.pentameter.contracts.v1.IntakeRecord;
import io.pentameter.contracts.v1.Refusal;
import io.pentameter.ingest.accept.RefusalReason;
import io.pentameter.ingest.publish.LogRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/** Makes the records of {@code accounting.v1}. */
public final class IntakeRecords {

    private static final int SCHEMA_VERSION = 1;

    private IntakeRecords() {}

    /**
     * Which delivery a record is about.
     *
     * @param intakeId  unique for each delivery
     * @param bodyBytes as sent, before decompression
     * @param route     how it came: {@code otlp_http_protobuf} ...
     */
    public record DeliveryFacts(
            String tenant, String keyId, String intakeId, Instant receivedAt, long bodyBytes, String route) {}

    /** A delivery that was read: its spans were accepted, or refused for the given reasons. */
    public static LogRecord ofSpans(DeliveryFacts facts, long accepted, Map<RefusalReason, Long> refused) {
        IntakeRecord.Builder intake = started(facts).setAccepted(accepted);
        long received = accepted;
        for (Map.Entry<RefusalReason, Long> entry : new TreeMap<>(refused).entrySet()) {
            received += entry.getValue();
            intake.addRefused(
                    Refusal.newBuilder().setReason(entry.getKey().word()).setSpans(entry.getValue()));
        }
        return record(facts, intake.setReceived(received));
    }

    /** A request that was refused as a whole, before its spans could be counted. */
    public static LogRecord ofRefusedRequest(DeliveryFacts facts, RefusalReason reason) {
        return record(
                facts,
                started(facts)
                        .addRefused(
                                Refusal.newBuilder().setReason(reason.word()).setRequests(1)));
    }

    private static IntakeRecord.Builder started(DeliveryFacts facts) {
        return IntakeRecord.newBuilder()
                .setSchemaVersion(SCHEMA_VERSION)
                .setTenant(facts.tenant())
                .setKeyId(facts.keyId())
                .setIntakeId(facts.intakeId())
                .setReceivedAtUs(ChronoUnit.MICROS.between(Instant.EPOCH, facts.receivedAt()))
                .setBodyBytes(facts.bodyBytes())
                .setRoute(facts.route());
    }

    private static LogRecord record(DeliveryFacts facts, IntakeRecord.Builder intake) {
        return new LogRecord(
                PartitionKey.ofTenant(facts.tenant()), intake.build().toByteArray());
    }
}
