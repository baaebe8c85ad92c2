package io.pentameter.gateway.tenant;

import io.pentameter.gateway.limit.LimitOverrides;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code tenant}. */
@Entity
@Table(name = "tenant")
class TenantEntity {

    @Id
    String id;

    @Column(name = "name")
    String name;

    @Column(name = "retention_days")
    int retentionDays;

    @Column(name = "payload_mode")
    String payloadMode;

    @Column(name = "suspended")
    boolean suspended;

    @Column(name = "requests_per_second")
    @Nullable
    Long requestsPerSecond;

    @Column(name = "spans_per_second")
    @Nullable
    Long spansPerSecond;

    @Column(name = "bytes_per_second")
    @Nullable
    Long bytesPerSecond;

    @Column(name = "version")
    long version;

    @Column(name = "created_at")
    Instant createdAt;

    /** For Hibernate. */
    TenantEntity() {}

    static TenantEntity of(String id, TenantChange wanted, Instant now) {
        TenantEntity entity = new TenantEntity();
        entity.id = id;
        entity.name = id;
        entity.retentionDays = TenantChange.DEFAULT_RETENTION_DAYS;
        entity.payloadMode = TenantChange.DEFAULT_PAYLOAD_MODE;
        entity.createdAt = now;
        entity.change(wanted);
        return entity;
    }

    /** Takes over what the change says, and leaves the rest; a new version. */
    void change(TenantChange change) {
        name = change.name() == null ? name : change.name().strip();
        retentionDays = change.retentionDays() == null ? retentionDays : change.retentionDays();
        payloadMode = change.payloadMode() == null ? payloadMode : change.payloadMode();
        suspended = change.suspended() == null ? suspended : change.suspended();
        if (change.limits() != null) {
            requestsPerSecond = change.limits().requestsPerSecond();
            spansPerSecond = change.limits().spansPerSecond();
            bytesPerSecond = change.limits().bytesPerSecond();
        }
        version++;
    }

    Tenant view() {
        return new Tenant(
                id,
                name,
                retentionDays,
                payloadMode,
                suspended,
                new LimitOverrides(requestsPerSecond, spansPerSecond, bytesPerSecond),
                createdAt);
    }

    Profile profile(Instant now) {
        return new Profile(id, name, retentionDays, payloadMode, suspended, version, now);
    }
}
