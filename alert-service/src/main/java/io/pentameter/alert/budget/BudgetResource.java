package io.pentameter.alert.budget;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.pentameter.alert.destination.PostgresDestinations;
import io.pentameter.alert.identity.Ids;
import io.pentameter.alert.outbox.Act;
import io.pentameter.alert.outbox.PostgresAuditTrail;
import io.pentameter.alert.request.Cursor;
import io.pentameter.alert.request.Page;
import io.pentameter.alert.request.PostgresReplies;
import io.pentameter.alert.request.Requester;
import io.pentameter.alert.rule.RuleChangeListener;
import io.pentameter.alert.rule.RuleChangeListener.Cause;
import io.pentameter.alert.store.PostgresTransaction;
import io.pentameter.alert.store.PostgresTransactions;
import io.pentameter.kit.problem.Problem.Fault;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tenant's budgets. */
@Path("/api/v1/budgets")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class BudgetResource {

    private final Callers callers;
    private final PostgresTransactions transactions;
    private final PostgresBudgets budgets;
    private final PostgresDestinations destinations;
    private final PostgresReplies replies;
    private final PostgresAuditTrail audit;
    private final RuleChangeListener listener;
    private final BudgetConfig config;
    private final InstantSource clock;
    private final Ids ids;

    BudgetResource(
            Callers callers,
            PostgresTransactions transactions,
            PostgresBudgets budgets,
            PostgresDestinations destinations,
            PostgresReplies replies,
            PostgresAuditTrail audit,
            RuleChangeListener listener,
            BudgetConfig config,
            InstantSource clock,
            Ids ids) {
        this.callers = callers;
        this.transactions = transactions;
        this.budgets = budgets;
        this.destinations = destinations;
        this.replies = replies;
        this.audit = audit;
        this.listener = listener;
        this.config = config;
        this.clock = clock;
        this.ids = ids;
    }

    @GET
    public Page<BudgetView> list(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        String tenant = callers.with(Scope.READ).requireTenant();
        int max = Cursor.limit(limit);
        Cursor after = Cursor.parse(cursor);
        List<Budget> found = transactions.asTenant(tenant, transaction -> budgets.page(transaction, after, max + 1));
        return Page.of(found, max, last -> new Cursor(last.createdAt(), last.id()), BudgetView::of);
    }

    @GET
    @Path("/{id}")
    public BudgetView get(String id) {
        String tenant = callers.with(Scope.READ).requireTenant();
        return transactions.asTenant(tenant, transaction -> BudgetView.of(found(transaction, id)));
    }

    @POST
    public Response create(
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @HeaderParam("Pentameter-Request-Id") @Nullable String requestId,
            @Nullable BudgetBody body) {
        Requester who = Requester.of(callers.with(Scope.ADMIN), requestId);
        BudgetDefinition definition = read(body);
        return transactions.asTenant(
                who.tenant(),
                transaction -> replies.created(
                        transaction,
                        new PostgresReplies.Key(who.tenant(), "POST /api/v1/budgets", key),
                        BudgetBody.of(definition),
                        () -> createNew(transaction, who, definition)));
    }

    /** Replaces the whole budget. If it then watches other spending or other money, its open alerts are resolved. */
    @PUT
    @Path("/{id}")
    public BudgetView update(
            String id, @HeaderParam("Pentameter-Request-Id") @Nullable String requestId, @Nullable BudgetBody body) {
        Requester who = Requester.of(callers.with(Scope.ADMIN), requestId);
        BudgetDefinition definition = read(body);
        return transactions.asTenant(who.tenant(), transaction -> {
            budgets.lock(transaction, id.replace('\0', ' '));
            Budget before = found(transaction, id);
            destinations.requireKnown(transaction, definition.destinations());
            boolean isSame = before.definition().watchesTheSameAs(definition);
            Budget after = new Budget(
                    before.id(),
                    who.tenant(),
                    definition,
                    before.revision() + 1,
                    before.createdAt(),
                    clock.instant(),
                    isSame ? before.evaluatedUntil() : null,
                    isSame ? before.projectedUntil() : null);
            budgets.update(transaction, after);
            if (before.definition().enabled() && !definition.enabled()) {
                tell(transaction, before, Cause.RULE_DISABLED);
            } else if (!isSame) {
                tell(transaction, before, Cause.RULE_CHANGED);
            }
            audit.add(transaction, who, new Act("budget.update", before.id(), details(definition)));
            return BudgetView.of(after);
        });
    }

    /** Resolves the budget's open alerts; what it told before stays. */
    @DELETE
    @Path("/{id}")
    public void delete(String id, @HeaderParam("Pentameter-Request-Id") @Nullable String requestId) {
        Requester who = Requester.of(callers.with(Scope.ADMIN), requestId);
        transactions.asTenantDo(who.tenant(), transaction -> {
            budgets.lock(transaction, id.replace('\0', ' '));
            Budget before = found(transaction, id);
            tell(transaction, before, Cause.RULE_DELETED);
            budgets.delete(transaction, before.id());
            audit.add(transaction, who, new Act("budget.delete", before.id(), details(before.definition())));
        });
    }

    private BudgetView createNew(PostgresTransaction transaction, Requester who, BudgetDefinition definition) {
        if (budgets.count(transaction) >= config.max()) {
            throw new ProblemException(
                    ProblemKind.CONFLICT,
                    "a tenant may have at most %d budgets (pentameter.alert.budgets.max)".formatted(config.max()));
        }
        destinations.requireKnown(transaction, definition.destinations());
        Instant now = clock.instant();
        Budget created = new Budget(ids.next("budget"), who.tenant(), definition, 1, now, now, null, null);
        budgets.insert(transaction, created);
        audit.add(transaction, who, new Act("budget.create", created.id(), details(definition)));
        return BudgetView.of(created);
    }

    private void tell(PostgresTransaction transaction, Budget before, Cause cause) {
        BudgetRules.of(before, Duration.ZERO)
                .forEach(rule -> listener.alertsHaveLostTheirRule(transaction, rule, cause));
    }

    private Budget found(PostgresTransaction transaction, String id) {
        return budgets.find(transaction, id.replace('\0', ' '))
                .orElseThrow(() -> new ProblemException(ProblemKind.NOT_FOUND, "there is no budget " + id));
    }

    private static BudgetDefinition read(@Nullable BudgetBody body) {
        if (body == null) {
            throw ProblemException.invalid("", "the body must be a JSON object");
        }
        return switch (BudgetReader.read(body)) {
            case BudgetReader.Outcome.Read(BudgetDefinition definition) -> definition;
            case BudgetReader.Outcome.Refused(List<Fault> faults) -> throw ProblemException.invalid(faults);
        };
    }

    private static Map<String, String> details(BudgetDefinition definition) {
        return Map.of(
                "name",
                definition.name(),
                "amount",
                "%s USD a %s"
                        .formatted(
                                definition.amount().toPlainString(),
                                definition.period().word()),
                "enabled",
                String.valueOf(definition.enabled()));
    }

    /** @param evaluatedUntil the numbers' own time up to which it was evaluated; absent before the first time */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BudgetView(
            String id,
            int revision,
            @JsonUnwrapped BudgetBody budget,
            @JsonProperty("created_at") Instant createdAt,
            @JsonProperty("updated_at") Instant updatedAt,
            @JsonProperty("evaluated_until") @Nullable Instant evaluatedUntil) {

        static BudgetView of(Budget budget) {
            return new BudgetView(
                    budget.id(),
                    budget.revision(),
                    BudgetBody.of(budget.definition()),
                    budget.createdAt(),
                    budget.updatedAt(),
                    budget.evaluatedUntil());
        }
    }
}
