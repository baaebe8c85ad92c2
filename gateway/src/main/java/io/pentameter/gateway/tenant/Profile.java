package io.pentameter.gateway.tenant;

import io.pentameter.contracts.v1.TenantConfigRecord;
import io.pentameter.contracts.v1.TenantProfile;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What the other services must know of a tenant.
 *
 * @param version   increases with each change
 * @param changedAt when this version was made
 */
public record Profile(
        String tenant,
        String name,
        int retentionDays,
        String payloadMode,
        boolean suspended,
        long version,
        Instant changedAt) {

    /** What may become of prompts and outputs. */
    public static final List<String> PAYLOAD_MODES = List.of("full", "masked", "metadata_only");

    /** Longest retention, in days. */
    public static final int MAX_RETENTION_DAYS = 3650;

    public TenantConfigRecord toRecord() {
        return TenantConfigRecord.newBuilder()
                .setSchemaVersion(1)
                .setTenant(tenant)
                .setKind("tenant")
                .setVersion(version)
                .setChangedAtUs(TimeUnit.MILLISECONDS.toMicros(changedAt.toEpochMilli()))
                .setProfile(TenantProfile.newBuilder()
                        .setName(name)
                        .setRetentionDays(retentionDays)
                        .setPayloadMode(payloadMode)
                        .setSuspended(suspended))
                .build();
    }
}
