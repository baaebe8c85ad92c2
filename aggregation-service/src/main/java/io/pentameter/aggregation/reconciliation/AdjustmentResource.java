package io.pentameter.aggregation.reconciliation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pentameter.aggregation.audit.Acts;
import io.pentameter.aggregation.engine.Inserts;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.idempotency.RepeatableId;
import io.pentameter.aggregation.invoice.InvoicesChanged;
import io.pentameter.aggregation.money.Usd;
import io.pentameter.kit.problem.Problem.Fault;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import io.pentameter.kit.token.Caller;
import io.pentameter.kit.token.Callers;
import io.pentameter.kit.token.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.event.Event;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Differences that a person of the tenant accepted. One of another tenant does not exist, to the letter of the answer. */
@Path("/api/v1/costs/reconciliation/adjustments")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class AdjustmentResource {

    private static final String REQUEST_ID = "Pentameter-Request-Id";
    private static final String PREFIX = "adj_";

    private final SqlAdjustments adjustments;
    private final Acts acts;
    private final Callers callers;
    private final InstantSource clock;
    private final Event<InvoicesChanged> changed;

    AdjustmentResource(
            Reads reads,
            Inserts inserts,
            Acts acts,
            Callers callers,
            InstantSource clock,
            Event<InvoicesChanged> changed) {
        adjustments = new SqlAdjustments(reads, inserts);
        this.acts = acts;
        this.callers = callers;
        this.clock = clock;
        this.changed = changed;
    }

    /** Latest posted first. */
    record AdjustmentsView(List<AdjustmentView> adjustments) {}

    /** @param reverses absent unless it takes another one back */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AdjustmentView(
            String id,
            String provider,
            String from,
            String to,
            String amountUsd,
            String reason,
            String note,
            @Nullable String reverses,
            String postedBy,
            Instant postedAt) {

        static AdjustmentView of(Adjustment adjustment) {
            return new AdjustmentView(
                    adjustment.id(),
                    adjustment.provider(),
                    adjustment.from().toString(),
                    adjustment.to().toString(),
                    Usd.text(adjustment.usd()),
                    adjustment.reason(),
                    adjustment.note(),
                    adjustment.reverses().isEmpty() ? null : adjustment.reverses(),
                    adjustment.postedBy(),
                    adjustment.postedAt());
        }
    }

    @GET
    public AdjustmentsView list() {
        String tenant = callers.with(Scope.READ).requireTenant();
        return new AdjustmentsView(
                adjustments.all(tenant).stream().map(AdjustmentView::of).toList());
    }

    @GET
    @Path("{id}")
    public AdjustmentView one(String id) {
        String tenant = callers.with(Scope.READ).requireTenant();
        return AdjustmentView.of(adjustments.find(tenant, id).orElseThrow(() -> absent(id)));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response post(
            @Nullable AdjustmentBody body,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @HeaderParam(REQUEST_ID) @Nullable String requestId) {
        Caller caller = callers.with(Scope.ADMIN);
        String tenant = caller.requireTenant();
        if (body == null) {
            throw ProblemException.invalid("", "the body must be a JSON object");
        }
        String id = RepeatableId.ofKey(PREFIX, tenant, key);
        List<Fault> faults = new ArrayList<>();
        Optional<Adjustment> read = body.read(new AdjustmentBody.Posting(id, caller.subject(), now()), faults);
        Adjustment adjustment = read.orElseThrow(() -> ProblemException.invalid(faults));
        List<Adjustment> present = adjustments.all(tenant);
        Optional<Adjustment> known =
                present.stream().filter(one -> one.id().equals(id)).findFirst();
        if (known.isPresent()) {
            if (!known.get().saysTheSameAs(adjustment)) {
                throw new ProblemException(ProblemKind.UNPROCESSABLE, "Idempotency-Key came before with another body");
            }
            return created(known.get(), true);
        }
        if (present.size() >= SqlAdjustments.MAX) {
            throw new ProblemException(
                    ProblemKind.CONFLICT, "a tenant has at most %d adjustments".formatted(SqlAdjustments.MAX));
        }
        return posted(caller, "cost_adjustment.post", adjustment, requestId);
    }

    /** Takes it back by a row of its own; again it is the same row. */
    @POST
    @Path("{id}/reverse")
    public Response reverse(String id, @HeaderParam(REQUEST_ID) @Nullable String requestId) {
        Caller caller = callers.with(Scope.ADMIN);
        String tenant = caller.requireTenant();
        Adjustment known = adjustments.find(tenant, id).orElseThrow(() -> absent(id));
        if (!known.reverses().isEmpty()) {
            throw new ProblemException(
                    ProblemKind.CONFLICT, "%s takes back %s itself: post a new one".formatted(id, known.reverses()));
        }
        String reversal = RepeatableId.of(PREFIX, tenant, "reverse\n" + id);
        Optional<Adjustment> done = adjustments.find(tenant, reversal);
        if (done.isPresent()) {
            return created(done.get(), true);
        }
        return posted(caller, "cost_adjustment.reverse", known.reversed(reversal, caller.subject(), now()), requestId);
    }

    private Response posted(Caller caller, String act, Adjustment adjustment, @Nullable String requestId) {
        acts.record(
                caller,
                act,
                adjustment.id(),
                requestId == null ? "" : requestId,
                Map.of(
                        "provider", adjustment.provider(),
                        "from", adjustment.from().toString(),
                        "to", adjustment.to().toString(),
                        "usd", Usd.text(adjustment.usd()),
                        "reason", adjustment.reason(),
                        "reverses", adjustment.reverses()));
        adjustments.post(caller.requireTenant(), adjustment);
        changed.fire(new InvoicesChanged(caller.requireTenant()));
        return created(adjustment, false);
    }

    private static Response created(Adjustment adjustment, boolean isRepeat) {
        Response.ResponseBuilder response =
                Response.status(Response.Status.CREATED).entity(AdjustmentView.of(adjustment));
        return (isRepeat ? response.header("Idempotency-Replayed", "true") : response).build();
    }

    /** As it is stored. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static ProblemException absent(String id) {
        return new ProblemException(ProblemKind.NOT_FOUND, "there is no adjustment " + id);
    }
}
