package io.pentameter.gateway.outbox;

import com.google.protobuf.ByteString;
import io.pentameter.contracts.PartitionKey;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.AuditRecord;
import io.pentameter.contracts.v1.TenantConfigRecord;

/** A record to publish once the transaction has committed. */
public record OutboxRecord(String tenant, Topics topic, ByteString key, ByteString value) {

    public static OutboxRecord of(AuditRecord audit) {
        return new OutboxRecord(
                audit.getTenant(),
                Topics.AUDIT,
                ByteString.copyFrom(PartitionKey.ofTenant(audit.getTenant())),
                audit.toByteString());
    }

    public static OutboxRecord of(TenantConfigRecord config) {
        return new OutboxRecord(
                config.getTenant(),
                Topics.TENANT_CONFIG,
                ByteString.copyFrom(PartitionKey.ofTenant(config.getTenant(), config.getKind())),
                config.toByteString());
    }
}
