package io.pentameter.quality.outbox;

import com.google.protobuf.ByteString;
import io.pentameter.contracts.PartitionKey;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.AuditRecord;
import io.pentameter.contracts.v1.ScoreRecord;

/**
 * One record for the log that waits in the database until the broker has it.
 *
 * <p>It is written in the transaction that makes it true, and sent at least once afterwards; its id makes a repeat
 * recognisable.
 */
public record Outbox(String tenant, Topics topic, ByteString key, ByteString value) {

    /** A grade. */
    public static Outbox of(ScoreRecord score) {
        byte[] key = PartitionKey.ofTrace(score.getTenant(), score.getTraceId().toByteArray());
        return new Outbox(score.getTenant(), Topics.SCORES, ByteString.copyFrom(key), score.toByteString());
    }

    /** What somebody did. */
    public static Outbox of(AuditRecord act) {
        byte[] key = PartitionKey.ofTenant(act.getTenant());
        return new Outbox(act.getTenant(), Topics.AUDIT, ByteString.copyFrom(key), act.toByteString());
    }
}
