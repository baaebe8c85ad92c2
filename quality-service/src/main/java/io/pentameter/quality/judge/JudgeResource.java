package io.pentameter.quality.judge;

import io.pentameter.contracts.v1.AuditRecord;
import io.pentameter.kit.problem.Problem.Fault;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import io.pentameter.kit.token.Caller;
import io.pentameter.kit.token.Callers;
import io.pentameter.kit.token.Scope;
import io.pentameter.quality.judge.PostgresJudgeStore.Idempotency;
import io.pentameter.quality.judge.PostgresJudgeStore.Written;
import io.pentameter.quality.outbox.Audit;
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
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tenant's judges. A judge of another tenant does not exist, to the letter of the answer. */
@Path("/api/v1/judges")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class JudgeResource {

    private static final String REQUEST_ID = "Pentameter-Request-Id";
    private static final int MAX_KEY = 200;

    private final PostgresJudgeStore store;
    private final PostgresBudget budget;
    private final PostgresJudgements judgements;
    private final HttpJudging judging;
    private final Callers callers;
    private final InstantSource clock;

    JudgeResource(
            PostgresJudgeStore store,
            PostgresBudget budget,
            PostgresJudgements judgements,
            HttpJudging judging,
            Callers callers,
            InstantSource clock) {
        this.store = store;
        this.budget = budget;
        this.judgements = judgements;
        this.judging = judging;
        this.callers = callers;
        this.clock = clock;
    }

    /** The judges, by name; at most 50. */
    record JudgesView(List<JudgeView> judges) {}

    @GET
    public JudgesView list() {
        String tenant = callers.with(Scope.READ).requireTenant();
        return new JudgesView(store.list(tenant).stream().map(this::view).toList());
    }

    @GET
    @Path("{id}")
    public JudgeView one(String id) {
        String tenant = callers.with(Scope.READ).requireTenant();
        Judge judge = store.find(tenant, id).orElseThrow(() -> absent(id));
        return view(judge).with(judgements.of(tenant, id));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(
            @Nullable JudgeRequest request,
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            @HeaderParam(REQUEST_ID) @Nullable String requestId) {
        Caller caller = callers.with(Scope.ADMIN);
        JudgeRequest checked = checked(request);
        if (idempotencyKey != null && (idempotencyKey.isBlank() || idempotencyKey.length() > MAX_KEY)) {
            throw ProblemException.invalid("Idempotency-Key", "must have 1 to 200 characters");
        }
        Instant now = clock.instant();
        String tenant = caller.requireTenant();
        String id = "jdg_" + UUID.randomUUID().toString().replace("-", "");
        Judge judge = checked.toJudge(id, tenant, sealed(checked, tenant, id, null), now);
        Idempotency idempotency =
                idempotencyKey == null ? null : new Idempotency(idempotencyKey, RequestHash.of(checked), now);
        return switch (store.create(judge, idempotency, act(caller, "judge.create", judge, requestId, now))) {
            case Written.Done(Judge created) -> created(created, false);
            case Written.Repeated(Judge known) -> created(known, true);
            case Written refused -> throw refusal(refused, judge);
        };
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public JudgeView update(
            String id, @Nullable JudgeRequest request, @HeaderParam(REQUEST_ID) @Nullable String requestId) {
        Caller caller = callers.with(Scope.ADMIN);
        String tenant = caller.requireTenant();
        JudgeRequest checked = checked(request);
        Instant now = clock.instant();
        Written written = store.update(
                tenant,
                id,
                judge -> checked.applyTo(judge, sealed(checked, tenant, id, judge.sealedKey()), now),
                judge -> act(caller, "judge.update", judge, requestId, now));
        return switch (written) {
            case Written.Done(Judge changed) -> view(changed);
            case Written.NameTaken _ ->
                throw new ProblemException(ProblemKind.CONFLICT, "another judge has the name " + checked.name());
            case Written _ -> throw absent(id);
        };
    }

    @DELETE
    @Path("{id}")
    public void delete(String id, @HeaderParam(REQUEST_ID) @Nullable String requestId) {
        Caller caller = callers.with(Scope.ADMIN);
        AuditRecord act = Audit.of(caller, "judge.delete", id, requestId, Map.of(), clock.instant());
        if (!store.delete(caller.requireTenant(), id, act)) {
            throw absent(id);
        }
    }

    /** Asks the judge about a given text, within its budget; nothing is stored as a score. */
    @POST
    @Path("{id}/test")
    @Consumes(MediaType.APPLICATION_JSON)
    public TrialView trial(String id, @Nullable TrialRequest request) {
        String tenant = callers.with(Scope.ADMIN).requireTenant();
        if (request == null) {
            throw ProblemException.invalid("", "the body must be a JSON object");
        }
        List<Fault> faults = request.faults();
        if (!faults.isEmpty()) {
            throw ProblemException.invalid(faults);
        }
        ChatRater rater = judging.raterFor(store.find(tenant, id).orElseThrow(() -> absent(id)));
        Instant began = clock.instant();
        return TrialView.of(rater.rate(request.subject()), rater.spentNanoUsd(), began, clock.instant());
    }

    private JudgeRequest checked(@Nullable JudgeRequest request) {
        if (request == null) {
            throw ProblemException.invalid("", "the body must be a JSON object");
        }
        List<Fault> faults = request.faults(judging.guard());
        if (!faults.isEmpty()) {
            throw ProblemException.invalid(faults);
        }
        return request;
    }

    private @Nullable String sealed(JudgeRequest request, String tenant, String id, @Nullable String present) {
        String apiKey = request.apiKey();
        if (apiKey == null) {
            return present;
        }
        return apiKey.isEmpty() ? null : judging.sealed(apiKey, tenant, id);
    }

    private JudgeView view(Judge judge) {
        return JudgeView.of(judge, budget.today(judge.tenant(), judge.id()));
    }

    private Response created(Judge judge, boolean isRepeat) {
        Response.ResponseBuilder response =
                Response.status(Response.Status.CREATED).entity(view(judge));
        return (isRepeat ? response.header("Idempotency-Replayed", "true") : response).build();
    }

    private static ProblemException refusal(Written refused, Judge judge) {
        return switch (refused) {
            case Written.KeyReused _ ->
                new ProblemException(
                        ProblemKind.UNPROCESSABLE,
                        "Idempotency-Key came before with another body, or what it created is gone");
            case Written.TooMany _ ->
                new ProblemException(
                        ProblemKind.CONFLICT,
                        "a tenant has at most " + PostgresJudgeStore.MAX_JUDGES + " judges; delete one first");
            case Written _ -> new ProblemException(ProblemKind.CONFLICT, "another judge has the name " + judge.name());
        };
    }

    private static ProblemException absent(String id) {
        return new ProblemException(ProblemKind.NOT_FOUND, "there is no judge " + id);
    }

    private static AuditRecord act(Caller caller, String action, Judge judge, @Nullable String requestId, Instant now) {
        Map<String, String> details = Map.of(
                "name", judge.name(),
                "model", judge.model(),
                "endpoint", judge.endpoint().toString(),
                "rubricVersion", String.valueOf(judge.rubricVersion()),
                "enabled", String.valueOf(judge.enabled()));
        return Audit.of(caller, action, judge.id(), requestId, details, now);
    }
}
