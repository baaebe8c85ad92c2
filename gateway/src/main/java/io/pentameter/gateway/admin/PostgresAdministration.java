package io.pentameter.gateway.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pentameter.gateway.audit.Act;
import io.pentameter.gateway.audit.AuditTrail;
import io.pentameter.gateway.idempotency.Created;
import io.pentameter.gateway.idempotency.PostgresIdempotency;
import io.pentameter.gateway.idempotency.Repeatable;
import io.pentameter.gateway.outbox.OutboxRecord;
import io.pentameter.gateway.outbox.PostgresOutbox;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny;

/** The part of an administrative transaction that is the same for all: repeats are recognised, acts are recorded. */
@ApplicationScoped
public class PostgresAdministration {

    private final PostgresIdempotency idempotency;
    private final PostgresOutbox outbox;
    private final AuditTrail trail;
    private final ObjectMapper mapper;

    PostgresAdministration(
            PostgresIdempotency idempotency, PostgresOutbox outbox, AuditTrail trail, ObjectMapper mapper) {
        this.idempotency = idempotency;
        this.outbox = outbox;
        this.trail = trail;
        this.mapper = mapper;
    }

    /**
     * Creates something once.
     *
     * @param tenant  in whose rows the answer is kept
     * @param content what was asked for; its JSON tells one request from another
     */
    public Uni<Response> once(
            Mutiny.Session session, Actor actor, String tenant, Object content, Supplier<Uni<Created>> create) {
        String subject = actor.caller().subject();
        return idempotency.once(
                session, new Repeatable(tenant, subject, actor.idempotencyKey(), text(content)), create);
    }

    /** Records an act, and whatever else it tells the other services, with the transaction. */
    public Uni<Void> record(Mutiny.Session session, Actor actor, String tenant, Act act, OutboxRecord... more) {
        List<OutboxRecord> records = new java.util.ArrayList<>(List.of(more));
        records.add(OutboxRecord.of(trail.record(actor.caller(), tenant, act, actor.requestId())));
        return outbox.add(session, records);
    }

    private String text(Object content) {
        try {
            return content.getClass().getSimpleName() + " " + mapper.writeValueAsString(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read as JSON can be written as JSON", e);
        }
    }
}
