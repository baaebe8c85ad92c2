package io.pentameter.alert.destination;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pentameter.alert.identity.Ids;
import io.pentameter.alert.outbox.Act;
import io.pentameter.alert.outbox.PostgresAuditTrail;
import io.pentameter.alert.request.Cursor;
import io.pentameter.alert.request.Page;
import io.pentameter.alert.request.PostgresReplies;
import io.pentameter.alert.request.Requester;
import io.pentameter.alert.store.PostgresTransaction;
import io.pentameter.alert.store.PostgresTransactions;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import io.pentameter.kit.token.Callers;
import io.pentameter.kit.token.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** A tenant's destinations. */
@Path("/api/v1/destinations")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class DestinationResource {

    private static final int SECRET_BYTES = 32;

    private final Callers callers;
    private final PostgresTransactions transactions;
    private final PostgresDestinations destinations;
    private final PostgresReplies replies;
    private final PostgresAuditTrail audit;
    private final DestinationConfig config;
    private final InstantSource clock;
    private final Ids ids;
    private final boolean allowPrivate;
    private final SecureRandom random = new SecureRandom();

    DestinationResource(
            Callers callers,
            PostgresTransactions transactions,
            PostgresDestinations destinations,
            PostgresReplies replies,
            PostgresAuditTrail audit,
            DestinationConfig config,
            InstantSource clock,
            Ids ids,
            @ConfigProperty(name = DestinationConfig.ALLOW_PRIVATE, defaultValue = "false") boolean allowPrivate) {
        this.callers = callers;
        this.transactions = transactions;
        this.destinations = destinations;
        this.replies = replies;
        this.audit = audit;
        this.config = config;
        this.clock = clock;
        this.ids = ids;
        this.allowPrivate = allowPrivate;
    }

    @GET
    public Page<DestinationView> list(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        String tenant = callers.with(Scope.READ).requireTenant();
        int max = Cursor.limit(limit);
        Cursor after = Cursor.parse(cursor);
        List<Destination> found =
                transactions.asTenant(tenant, transaction -> destinations.page(transaction, after, max + 1));
        return Page.of(found, max, last -> new Cursor(last.createdAt(), last.id()), DestinationView::of);
    }

    @GET
    @Path("/{id}")
    public DestinationView get(String id) {
        String tenant = callers.with(Scope.READ).requireTenant();
        return transactions.asTenant(tenant, transaction -> DestinationView.of(found(transaction, id)));
    }

    /** Shows the secret of a webhook, this once. */
    @POST
    public Response create(
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @HeaderParam("Pentameter-Request-Id") @Nullable String requestId,
            @Nullable DestinationBody body) {
        Requester who = Requester.of(callers.with(Scope.ADMIN), requestId);
        DestinationBody given = required(body);
        refuse(given.faultsOfNew(allowPrivate));
        return transactions.asTenant(
                who.tenant(),
                transaction -> replies.created(
                        transaction,
                        new PostgresReplies.Key(who.tenant(), "POST /api/v1/destinations", key),
                        given,
                        () -> createNew(transaction, who, given)));
    }

    @PUT
    @Path("/{id}")
    public DestinationView update(
            String id,
            @HeaderParam("Pentameter-Request-Id") @Nullable String requestId,
            @Nullable DestinationBody body) {
        Requester who = Requester.of(callers.with(Scope.ADMIN), requestId);
        DestinationBody given = required(body);
        return transactions.asTenant(who.tenant(), transaction -> {
            Destination before = found(transaction, id);
            refuse(given.faultsOfChange(before, allowPrivate));
            Destination after = changed(before, given);
            destinations.update(transaction, after);
            audit.add(transaction, who, new Act("destination.update", id, Map.of("enabled", "" + after.enabled())));
            return DestinationView.of(after);
        });
    }

    /** Notices that wait for it are dropped with it. */
    @DELETE
    @Path("/{id}")
    public void delete(String id, @HeaderParam("Pentameter-Request-Id") @Nullable String requestId) {
        Requester who = Requester.of(callers.with(Scope.ADMIN), requestId);
        transactions.asTenantDo(who.tenant(), transaction -> {
            Destination before = found(transaction, id);
            destinations.delete(transaction, id);
            audit.add(transaction, who, new Act("destination.delete", id, Map.of("name", before.name())));
        });
    }

    /** Shows the new secret, this once; the one before goes on signing for a while. */
    @POST
    @Path("/{id}/rotate-secret")
    public DestinationView rotateSecret(String id, @HeaderParam("Pentameter-Request-Id") @Nullable String requestId) {
        Requester who = Requester.of(callers.with(Scope.ADMIN), requestId);
        return transactions.asTenant(who.tenant(), transaction -> {
            Destination before = found(transaction, id);
            WebhookSecret old = before.secret();
            if (old == null) {
                throw new ProblemException(
                        ProblemKind.CONFLICT, "a destination of kind slack has no secret but its URL; change that");
            }
            Instant now = clock.instant();
            Destination after = new Destination(
                    id,
                    before.tenant(),
                    before.name(),
                    before.kind(),
                    before.url(),
                    newSecret(),
                    new Destination.Retired(old, now.plus(config.secretOverlap())),
                    before.enabled(),
                    before.disabledReason(),
                    before.createdAt(),
                    now);
            destinations.update(transaction, after);
            audit.add(transaction, who, new Act("destination.rotate_secret", id, Map.of()));
            return DestinationView.withSecret(after);
        });
    }

    private DestinationView createNew(PostgresTransaction transaction, Requester who, DestinationBody given) {
        if (destinations.count(transaction) >= config.max()) {
            throw new ProblemException(
                    ProblemKind.CONFLICT,
                    "a tenant may have at most %d destinations (pentameter.alert.destinations.max)"
                            .formatted(config.max()));
        }
        DestinationKind kind =
                DestinationKind.ofWord(Objects.requireNonNull(given.kind())).orElseThrow();
        Instant now = clock.instant();
        Destination created = new Destination(
                ids.next("dest"),
                who.tenant(),
                Objects.requireNonNull(given.name()),
                kind,
                URI.create(Objects.requireNonNull(given.url())),
                kind == DestinationKind.WEBHOOK ? newSecret() : null,
                null,
                given.enabled() == null || given.enabled(),
                null,
                now,
                now);
        destinations.insert(transaction, created);
        audit.add(
                transaction,
                who,
                new Act("destination.create", created.id(), Map.of("name", created.name(), "kind", kind.word())));
        return DestinationView.withSecret(created);
    }

    private Destination changed(Destination before, DestinationBody given) {
        boolean enabled = given.enabled() == null ? before.enabled() : given.enabled();
        return new Destination(
                before.id(),
                before.tenant(),
                given.name() == null ? before.name() : given.name(),
                before.kind(),
                given.url() == null ? before.url() : URI.create(given.url()),
                before.secret(),
                before.previous(),
                enabled,
                enabled ? null : before.disabledReason(),
                before.createdAt(),
                clock.instant());
    }

    private Destination found(PostgresTransaction transaction, String id) {
        return destinations
                .find(transaction, id.replace('\0', ' '))
                .orElseThrow(() -> new ProblemException(ProblemKind.NOT_FOUND, "there is no destination " + id));
    }

    private WebhookSecret newSecret() {
        return WebhookSecret.from(() -> {
            byte[] bytes = new byte[SECRET_BYTES];
            random.nextBytes(bytes);
            return bytes;
        });
    }

    private static DestinationBody required(@Nullable DestinationBody body) {
        if (body == null) {
            throw ProblemException.invalid("", "the body must be a JSON object");
        }
        return body;
    }

    private static void refuse(List<io.pentameter.kit.problem.Problem.Fault> faults) {
        if (!faults.isEmpty()) {
            throw ProblemException.invalid(faults);
        }
    }

    /**
     * @param url    without its secret parts
     * @param secret only in the answer that makes it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DestinationView(
            String id,
            String name,
            String kind,
            String url,
            boolean enabled,
            @Nullable String disabledReason,
            @Nullable String secret,
            Instant createdAt,
            Instant updatedAt) {

        static DestinationView of(Destination destination) {
            return of(destination, null);
        }

        static DestinationView withSecret(Destination destination) {
            WebhookSecret secret = destination.secret();
            return of(destination, secret == null ? null : secret.text());
        }

        private static DestinationView of(Destination destination, @Nullable String secret) {
            return new DestinationView(
                    destination.id(),
                    destination.name(),
                    destination.kind().word(),
                    destination.shownUrl(),
                    destination.enabled(),
                    destination.disabledReason(),
                    secret,
                    destination.createdAt(),
                    destination.updatedAt());
        }
    }
}
