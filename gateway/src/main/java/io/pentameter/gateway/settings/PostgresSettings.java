package io.pentameter.gateway.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pentameter.contracts.v1.TenantConfigRecord;
import io.pentameter.gateway.admin.Actor;
import io.pentameter.gateway.admin.PostgresAdministration;
import io.pentameter.gateway.audit.Act;
import io.pentameter.gateway.database.PostgresTransactions;
import io.pentameter.gateway.outbox.OutboxRecord;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.hibernate.reactive.mutiny.Mutiny;

/** The settings of a tenant, each with a version that grows by one with every change. */
@ApplicationScoped
class PostgresSettings {

    private final PostgresTransactions transactions;
    private final PostgresAdministration administration;
    private final ObjectMapper mapper;
    private final InstantSource clock;

    PostgresSettings(
            PostgresTransactions transactions,
            PostgresAdministration administration,
            ObjectMapper mapper,
            InstantSource clock) {
        this.transactions = transactions;
        this.administration = administration;
        this.mapper = mapper;
        this.clock = clock;
    }

    /** @param unset in force if the tenant never set it */
    <T> Uni<Setting<T>> find(Actor actor, String kind, T unset, Class<T> type) {
        return transactions.inTenant(
                actor.tenant(),
                session -> session.createNativeQuery(
                                "select version, changed_at, body from gateway.setting where kind = :kind",
                                Object[].class)
                        .setParameter("kind", kind)
                        .getSingleResultOrNull()
                        .map(row -> row == null ? new Setting<>(0, null, unset) : setting(row, type)));
    }

    /** @param config the record for the services, without its version */
    <T> Uni<Setting<T>> replace(Actor actor, String kind, T value, TenantConfigRecord.Builder config) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return transactions.inTenant(
                actor.tenant(),
                session -> upsert(session, actor.tenant(), kind, text(value), now)
                        .call(version -> administration.record(
                                session,
                                actor,
                                actor.tenant(),
                                Act.of("settings.update", kind).with("version", Long.toString(version)),
                                OutboxRecord.of(config.setSchemaVersion(1)
                                        .setTenant(actor.tenant())
                                        .setKind(kind)
                                        .setVersion(version)
                                        .setChangedAtUs(TimeUnit.MILLISECONDS.toMicros(now.toEpochMilli()))
                                        .build())))
                        .map(version -> new Setting<>(version, now, value)));
    }

    /** The row's lock orders the changes, and with them their records. */
    private static Uni<Long> upsert(Mutiny.Session session, String tenant, String kind, String body, Instant now) {
        return session.createNativeQuery("""
                        insert into gateway.setting (tenant, kind, version, body, changed_at)
                        values (:tenant, :kind, 1, :body, :at)
                        on conflict (tenant, kind) do update
                        set version = setting.version + 1, body = excluded.body, changed_at = excluded.changed_at
                        returning version
                        """, Long.class)
                .setParameter("tenant", tenant)
                .setParameter("kind", kind)
                .setParameter("body", body)
                .setParameter("at", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
                .getSingleResult();
    }

    private <T> Setting<T> setting(Object[] row, Class<T> type) {
        try {
            Instant changedAt = row[1] instanceof OffsetDateTime time ? time.toInstant() : (Instant) row[1];
            return new Setting<>(((Number) row[0]).longValue(), changedAt, mapper.readValue((String) row[2], type));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the row was written as JSON", e);
        }
    }

    private String text(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read as JSON can be written as JSON", e);
        }
    }
}
