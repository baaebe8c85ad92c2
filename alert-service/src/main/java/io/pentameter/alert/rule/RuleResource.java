package io.pentameter.alert.rule;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.pentameter.alert.destination.PostgresDestinations;
import io.pentameter.alert.identity.Ids;
import io.pentameter.alert.outbox.Act;
import io.pentameter.alert.outbox.PostgresAuditTrail;
import io.pentameter.alert.request.Cursor;
import io.pentameter.alert.request.Page;
import io.pentameter.alert.request.PostgresReplies;
import io.pentameter.alert.request.Requester;
import io.pentameter.alert.store.PostgresTransaction;
import io.pentameter.alert.store.PostgresTransactions;
import io.pentameter.kit.problem.Problem.Fault;
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
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tenant's rules. */
@Path("/api/v1/rules")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class RuleResource {

    private final Callers callers;
    private final PostgresTransactions transactions;
    private final PostgresRules rules;
    private final PostgresDestinations destinations;
    private final PostgresReplies replies;
    private final PostgresAuditTrail audit;
    private final RuleChangeListener listener;
    private final RuleConfig config;
    private final InstantSource clock;
    private final Ids ids;

    RuleResource(
            Callers callers,
            PostgresTransactions transactions,
            PostgresRules rules,
            PostgresDestinations destinations,
            PostgresReplies replies,
            PostgresAuditTrail audit,
            RuleChangeListener listener,
            RuleConfig config,
            InstantSource clock,
            Ids ids) {
        this.callers = callers;
        this.transactions = transactions;
        this.rules = rules;
        this.destinations = destinations;
        this.replies = replies;
        this.audit = audit;
        this.listener = listener;
        this.config = config;
        this.clock = clock;
        this.ids = ids;
    }

    @GET
    public Page<RuleView> list(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        String tenant = callers.with(Scope.READ).requireTenant();
        int max = Cursor.limit(limit);
        Cursor after = Cursor.parse(cursor);
        List<Rule> found = transactions.asTenant(tenant, transaction -> rules.page(transaction, after, max + 1));
        return Page.of(found, max, last -> new Cursor(last.createdAt(), last.id()), RuleView::of);
    }

    @GET
    @Path("/{id}")
    public RuleView get(String id) {
        String tenant = callers.with(Scope.READ).requireTenant();
        return transactions.asTenant(tenant, transaction -> RuleView.of(found(transaction, id)));
    }

    @POST
    public Response create(
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @HeaderParam("Pentameter-Request-Id") @Nullable String requestId,
            @Nullable RuleBody body) {
        Requester who = Requester.of(callers.with(Scope.ADMIN), requestId);
        RuleDefinition definition = read(body);
        return transactions.asTenant(
                who.tenant(),
                transaction -> replies.created(
                        transaction,
                        new PostgresReplies.Key(who.tenant(), "POST /api/v1/rules", key),
                        RuleBody.of(definition),
                        () -> createNew(transaction, who, definition)));
    }

    /** Replaces the whole rule. If it then looks at something else, its open alerts are resolved. */
    @PUT
    @Path("/{id}")
    public RuleView update(
            String id, @HeaderParam("Pentameter-Request-Id") @Nullable String requestId, @Nullable RuleBody body) {
        Requester who = Requester.of(callers.with(Scope.ADMIN), requestId);
        RuleDefinition definition = read(body);
        return transactions.asTenant(who.tenant(), transaction -> {
            rules.lock(transaction, id.replace('\0', ' '));
            Rule before = found(transaction, id);
            destinations.requireKnown(transaction, definition.destinations());
            Rule after = new Rule(
                    id,
                    who.tenant(),
                    definition,
                    before.preset(),
                    before.revision() + 1,
                    before.createdAt(),
                    clock.instant(),
                    before.evaluatedUntil());
            rules.update(transaction, after);
            tellOfChange(transaction, before, after);
            audit.add(transaction, who, new Act("rule.update", id, details(definition)));
            return RuleView.of(after);
        });
    }

    /** Resolves the rule's open alerts; what it told before stays. */
    @DELETE
    @Path("/{id}")
    public void delete(String id, @HeaderParam("Pentameter-Request-Id") @Nullable String requestId) {
        Requester who = Requester.of(callers.with(Scope.ADMIN), requestId);
        transactions.asTenantDo(who.tenant(), transaction -> {
            rules.lock(transaction, id.replace('\0', ' '));
            Rule before = found(transaction, id);
            listener.alertsHaveLostTheirRule(transaction, before, RuleChangeListener.Cause.RULE_DELETED);
            rules.delete(transaction, id);
            audit.add(transaction, who, new Act("rule.delete", id, details(before.definition())));
        });
    }

    private RuleView createNew(PostgresTransaction transaction, Requester who, RuleDefinition definition) {
        if (rules.count(transaction) >= config.max()) {
            throw new ProblemException(
                    ProblemKind.CONFLICT,
                    "a tenant may have at most %d rules (pentameter.alert.rules.max)".formatted(config.max()));
        }
        destinations.requireKnown(transaction, definition.destinations());
        Instant now = clock.instant();
        Rule created = new Rule(ids.next("rule"), who.tenant(), definition, null, 1, now, now, null);
        rules.insert(transaction, created);
        audit.add(transaction, who, new Act("rule.create", created.id(), details(definition)));
        return RuleView.of(created);
    }

    private void tellOfChange(PostgresTransaction transaction, Rule before, Rule after) {
        if (before.definition().enabled() && !after.definition().enabled()) {
            listener.alertsHaveLostTheirRule(transaction, before, RuleChangeListener.Cause.RULE_DISABLED);
        } else if (!before.definition().looksAtTheSameAs(after.definition())) {
            listener.alertsHaveLostTheirRule(transaction, before, RuleChangeListener.Cause.RULE_CHANGED);
        }
    }

    private Rule found(PostgresTransaction transaction, String id) {
        return rules.find(transaction, id.replace('\0', ' '))
                .orElseThrow(() -> new ProblemException(ProblemKind.NOT_FOUND, "there is no rule " + id));
    }

    private static RuleDefinition read(@Nullable RuleBody body) {
        if (body == null) {
            throw ProblemException.invalid("", "the body must be a JSON object");
        }
        return switch (RuleReader.read(body)) {
            case RuleReader.Outcome.Read(RuleDefinition definition) -> definition;
            case RuleReader.Outcome.Refused(List<Fault> faults) -> throw ProblemException.invalid(faults);
        };
    }

    private static Map<String, String> details(RuleDefinition definition) {
        Condition condition = definition.condition();
        return Map.of(
                "name",
                definition.name(),
                "condition",
                "%s %s %s"
                        .formatted(
                                condition.measure().word(),
                                condition.comparison().sign(),
                                condition.threshold()),
                "enabled",
                String.valueOf(definition.enabled()));
    }

    /**
     * @param preset         absent if a person wrote the rule
     * @param evaluatedUntil the numbers' own time up to which it was evaluated; absent before the first time
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RuleView(
            String id,
            @Nullable String preset,
            int revision,
            @JsonUnwrapped RuleBody rule,
            Instant createdAt,
            Instant updatedAt,
            @Nullable Instant evaluatedUntil) {

        static RuleView of(Rule rule) {
            return new RuleView(
                    rule.id(),
                    rule.preset(),
                    rule.revision(),
                    RuleBody.of(rule.definition()),
                    rule.createdAt(),
                    rule.updatedAt(),
                    rule.evaluatedUntil());
        }
    }
}
