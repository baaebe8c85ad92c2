package io.pentameter.aggregation.pool;

import io.pentameter.aggregation.audit.Acts;
import io.pentameter.aggregation.engine.Inserts;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.idempotency.RepeatableId;
import io.pentameter.kit.problem.Problem.Fault;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import io.pentameter.kit.token.Caller;
import io.pentameter.kit.token.Callers;
import io.pentameter.kit.token.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tenant's shared costs. A pool of another tenant does not exist, to the letter of the answer. */
@Path("/api/v1/costs/pools")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class PoolResource {

    private static final String REQUEST_ID = "Pentameter-Request-Id";
    private static final int MAX_FAULTS = 20;

    private final SqlPools pools;
    private final Acts acts;
    private final Callers callers;
    private final InstantSource clock;

    PoolResource(Reads reads, Inserts inserts, Acts acts, Callers callers, InstantSource clock) {
        pools = new SqlPools(reads, inserts);
        this.acts = acts;
        this.callers = callers;
        this.clock = clock;
    }

    /** The pools, by name; at most 200. */
    record PoolsView(List<PoolView> pools) {}

    @GET
    public PoolsView list() {
        String tenant = callers.with(Scope.READ).requireTenant();
        return new PoolsView(pools.list(tenant).stream().map(PoolView::of).toList());
    }

    @GET
    @Path("{id}")
    public PoolView one(String id) {
        String tenant = callers.with(Scope.READ).requireTenant();
        return PoolView.of(pools.find(tenant, id).orElseThrow(() -> absent(id)));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(
            @Nullable PoolBody body,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @HeaderParam(REQUEST_ID) @Nullable String requestId) {
        Caller caller = callers.with(Scope.ADMIN);
        String tenant = caller.requireTenant();
        Pool.Terms terms = checked(body);
        String id = RepeatableId.ofKey(PoolChanges.PREFIX, tenant, key);
        List<Pool> present = pools.list(tenant);
        Optional<Pool> known =
                present.stream().filter(pool -> pool.id().equals(id)).findFirst();
        if (known.isPresent()) {
            if (!SqlPools.definition(known.get().terms()).equals(SqlPools.definition(terms))) {
                throw new ProblemException(ProblemKind.UNPROCESSABLE, "Idempotency-Key came before with another body");
            }
            return Response.status(Response.Status.CREATED)
                    .entity(PoolView.of(known.get()))
                    .header("Idempotency-Replayed", "true")
                    .build();
        }
        requireRoom(present.size() + 1);
        requireNoOverlap(present, terms, "");
        Pool pool = PoolChanges.first(id, terms, author(caller));
        record(caller, "cost_pool.create", pool, requestId);
        pools.put(tenant, List.of(pool));
        return Response.status(Response.Status.CREATED)
                .entity(PoolView.of(pool))
                .build();
    }

    /** All rows or none. A row with the name and first day of a pool replaces it. */
    @POST
    @Consumes("text/csv")
    public PoolsView imported(@Nullable String table, @HeaderParam(REQUEST_ID) @Nullable String requestId) {
        Caller caller = callers.with(Scope.ADMIN);
        String tenant = caller.requireTenant();
        List<Fault> faults = new ArrayList<>();
        List<Pool.Terms> terms = new PoolCsv(faults).read(table == null ? "" : table);
        refuse(faults);
        List<Pool> present = pools.list(tenant);
        PoolChanges.Import change = PoolChanges.of(present, terms, tenant, author(caller));
        List<Pool> after = new ArrayList<>(present.stream()
                .filter(pool -> change.all().stream().noneMatch(one -> one.id().equals(pool.id())))
                .toList());
        for (Pool pool : change.all()) {
            requireNoOverlap(after, pool.terms(), "");
            after.add(pool);
        }
        requireRoom(after.size());
        if (!change.changed().isEmpty()) {
            change.changed().forEach(pool -> record(caller, "cost_pool.import", pool, requestId));
            pools.put(tenant, change.changed());
        }
        return new PoolsView(change.all().stream().map(PoolView::of).toList());
    }

    /** Replaces the terms, for the past too; to change them from a day on, end the pool and add another. */
    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public PoolView replace(String id, @Nullable PoolBody body, @HeaderParam(REQUEST_ID) @Nullable String requestId) {
        Caller caller = callers.with(Scope.ADMIN);
        String tenant = caller.requireTenant();
        Pool.Terms terms = checked(body);
        List<Pool> present = pools.list(tenant);
        Pool known = present.stream()
                .filter(pool -> pool.id().equals(id))
                .findFirst()
                .orElseThrow(() -> absent(id));
        requireNoOverlap(present, terms, id);
        Pool pool = PoolChanges.next(known, terms, author(caller));
        record(caller, "cost_pool.update", pool, requestId);
        pools.put(tenant, List.of(pool));
        return PoolView.of(pool);
    }

    @DELETE
    @Path("{id}")
    public void delete(String id, @HeaderParam(REQUEST_ID) @Nullable String requestId) {
        Caller caller = callers.with(Scope.ADMIN);
        String tenant = caller.requireTenant();
        Pool known = pools.find(tenant, id).orElseThrow(() -> absent(id));
        Pool last = PoolChanges.next(known, known.terms(), author(caller));
        record(caller, "cost_pool.delete", last, requestId);
        pools.delete(tenant, last);
    }

    private static Pool.Terms checked(@Nullable PoolBody body) {
        if (body == null) {
            throw ProblemException.invalid("", "the body must be a JSON object");
        }
        List<Fault> faults = new ArrayList<>();
        Optional<Pool.Terms> terms = new PoolReader("", faults).read(body);
        refuse(faults);
        return terms.orElseThrow();
    }

    private static void refuse(List<Fault> faults) {
        if (!faults.isEmpty()) {
            throw ProblemException.invalid(faults.stream().limit(MAX_FAULTS).toList());
        }
    }

    private static void requireRoom(int after) {
        if (after > SqlPools.MAX_POOLS) {
            throw new ProblemException(
                    ProblemKind.CONFLICT,
                    "a tenant has at most %d pools; delete one first".formatted(SqlPools.MAX_POOLS));
        }
    }

    private static void requireNoOverlap(List<Pool> present, Pool.Terms terms, String except) {
        PoolChanges.overlapping(present, terms, except).ifPresent(other -> {
            throw new ProblemException(
                    ProblemKind.CONFLICT,
                    "the pool %s has the name '%s' too, for %s to %s: end it before this one begins"
                            .formatted(
                                    other.id(),
                                    terms.name(),
                                    other.terms().from(),
                                    other.terms().to().map(String::valueOf).orElse("ever")));
        });
    }

    private PoolChanges.Author author(Caller caller) {
        return new PoolChanges.Author(caller.subject(), clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    private void record(Caller caller, String act, Pool pool, @Nullable String requestId) {
        acts.record(
                caller,
                act,
                pool.id(),
                requestId == null ? "" : requestId,
                Map.of(
                        "version", String.valueOf(pool.version()),
                        "definition", SqlPools.definition(pool.terms())));
    }

    private static ProblemException absent(String id) {
        return new ProblemException(ProblemKind.NOT_FOUND, "there is no pool " + id);
    }
}
