package io.pentameter.alert.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pentameter.alert.destination.Destination;
import io.pentameter.alert.destination.PostgresDestinations;
import io.pentameter.alert.outbox.Act;
import io.pentameter.alert.outbox.PostgresAuditTrail;
import io.pentameter.alert.request.Cursor;
import io.pentameter.alert.request.Page;
import io.pentameter.alert.request.Requester;
import io.pentameter.alert.store.PostgresTransaction;
import io.pentameter.alert.store.PostgresTransactions;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import io.pentameter.kit.token.Callers;
import io.pentameter.kit.token.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** What was sent to a destination, and a way to try one. */
@Path("/api/v1/destinations/{id}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class DeliveryResource {

    private final Callers callers;
    private final PostgresTransactions transactions;
    private final PostgresDestinations destinations;
    private final PostgresDeliveries deliveries;
    private final PostgresNotices notices;
    private final PostgresAuditTrail audit;
    private final InstantSource clock;
    private final String publicUrl;

    DeliveryResource(
            Callers callers,
            PostgresTransactions transactions,
            PostgresDestinations destinations,
            PostgresDeliveries deliveries,
            PostgresNotices notices,
            PostgresAuditTrail audit,
            InstantSource clock,
            @ConfigProperty(name = "pentameter.public.url") String publicUrl) {
        this.callers = callers;
        this.transactions = transactions;
        this.destinations = destinations;
        this.deliveries = deliveries;
        this.notices = notices;
        this.audit = audit;
        this.clock = clock;
        this.publicUrl = publicUrl;
    }

    /** The newest first. */
    @GET
    @Path("/deliveries")
    public Page<DeliveryView> list(
            String id, @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        String tenant = callers.with(Scope.READ).requireTenant();
        int max = Cursor.limit(limit);
        Cursor before = Cursor.parse(cursor);
        List<PostgresDeliveryRow> found = transactions.asTenant(tenant, transaction -> {
            found(transaction, id);
            return deliveries.page(transaction, id, before, max + 1);
        });
        return Page.of(found, max, last -> new Cursor(last.createdAt, last.id), DeliveryView::of);
    }

    /** Queues a notice that says it is a test; what became of it is in the list of deliveries. */
    @POST
    @Path("/test")
    public Response test(String id, @HeaderParam("Pentameter-Request-Id") @Nullable String requestId) {
        Requester who = Requester.of(callers.with(Scope.ADMIN), requestId);
        DeliveryView queued = transactions.asTenant(who.tenant(), transaction -> {
            Destination destination = found(transaction, id);
            if (!destination.enabled()) {
                throw new ProblemException(ProblemKind.CONFLICT, "the destination is disabled; enable it first: " + id);
            }
            String delivery = notices.queue(transaction, notice(who.tenant(), id), destination);
            audit.add(transaction, who, new Act("destination.test", id, Map.of()));
            return deliveries.find(transaction, delivery).map(DeliveryView::of).orElseThrow();
        });
        return Response.accepted(queued).build();
    }

    private Destination found(PostgresTransaction transaction, String id) {
        return destinations
                .find(transaction, id.replace('\0', ' '))
                .orElseThrow(() -> new ProblemException(ProblemKind.NOT_FOUND, "there is no destination " + id));
    }

    private Notice notice(String tenant, String destination) {
        Instant now = clock.instant();
        return new Notice(
                Notice.Kind.TEST,
                now,
                new Notice.Episode(
                        tenant,
                        "test",
                        "test-" + destination,
                        Map.of(),
                        now,
                        null,
                        publicUrl + "/api/v1/destinations/" + destination),
                new Notice.Source(
                        "test",
                        "This is a test of the destination",
                        "info",
                        "",
                        "Nothing is wrong: somebody tries this destination.",
                        "requests >= 0",
                        Duration.ofMinutes(5)),
                new Notice.Figures("requests", ">=", BigDecimal.ZERO, BigDecimal.ZERO, 0, "requests"));
    }

    /**
     * @param state  queued, sending, delivered, failed or dropped
     * @param status of the last answer; absent if there was none
     * @param nextAt when it is tried next; absent once finished
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DeliveryView(
            String id,
            String alertId,
            String notice,
            String state,
            int attempts,
            @Nullable Integer status,
            @Nullable String fault,
            Instant createdAt,
            @Nullable Instant nextAt,
            @Nullable Instant finishedAt) {

        static DeliveryView of(PostgresDeliveryRow row) {
            return new DeliveryView(
                    row.id,
                    row.alertId,
                    row.notice,
                    row.state,
                    row.attempts,
                    row.status,
                    row.fault,
                    row.createdAt,
                    row.finishedAt == null ? row.nextAt : null,
                    row.finishedAt);
        }
    }
}
