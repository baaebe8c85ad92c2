package io.pentameter.alert.decision;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.pentameter.kit.problem.Problem.Fault;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.token.Callers;
import io.pentameter.kit.token.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers an application's gateway before each of its calls, from memory.
 *
 * <p>The scope is that of whoever sends the calls' spans: the answer tells of what the caller itself spends.
 */
@Path("/api/v1/decisions")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class DecisionResource {

    private static final int MAX_VALUE = 500;
    private static final int MAX_DIGITS = 30;
    private static final BigDecimal MAX_COST = new BigDecimal("1000000");

    private final Callers callers;
    private final Counters counters;
    private final Decider decider;
    private final DecisionMetrics metrics;
    private final InstantSource clock;

    DecisionResource(
            Callers callers, Counters counters, DecisionConfig config, DecisionMetrics metrics, InstantSource clock) {
        this.callers = callers;
        this.counters = counters;
        this.decider = new Decider(config.maxAge());
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Writes nothing, and waits for nobody. */
    @POST
    public DecisionView decide(@Nullable DecisionBody body) {
        String tenant = callers.with(Scope.INGEST).requireTenant();
        if (body == null) {
            throw ProblemException.invalid("", "the body must be a JSON object");
        }
        List<Fault> faults = new ArrayList<>();
        Map<String, String> dimensions = new HashMap<>();
        take(dimensions, faults, "feature", body.feature());
        take(dimensions, faults, "customer", body.customer());
        take(dimensions, faults, "user", body.user());
        take(dimensions, faults, "key", body.key());
        take(dimensions, faults, "model", body.model());
        take(dimensions, faults, "provider", body.provider());
        take(dimensions, faults, "environment", body.environment());
        long estimated = estimated(body.estimatedCostUsd(), faults);
        if (!faults.isEmpty()) {
            throw ProblemException.invalid(faults);
        }
        Decider.Decision decision = decider.decide(counters.standings(tenant, dimensions, clock.instant()), estimated);
        metrics.decided(decision.verdict());
        return DecisionView.of(decision);
    }

    private static void take(Map<String, String> dimensions, List<Fault> faults, String name, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            return;
        }
        if (value.length() > MAX_VALUE) {
            faults.add(new Fault(
                    "/" + name, "%s must have at most %d characters: %d".formatted(name, MAX_VALUE, value.length())));
        }
        dimensions.put(name, value);
    }

    private static long estimated(@Nullable String given, List<Fault> faults) {
        if (given == null) {
            return 0;
        }
        try {
            BigDecimal usd = new BigDecimal(given.length() > MAX_DIGITS ? "-1" : given);
            if (usd.signum() >= 0 && Math.abs((long) usd.scale()) <= MAX_DIGITS && usd.compareTo(MAX_COST) <= 0) {
                return Counter.nano(usd);
            }
        } catch (NumberFormatException _) {
            // said below
        }
        faults.add(new Fault(
                "/estimated_cost_usd",
                "estimated_cost_usd must be a decimal in 0..%s: %s"
                        .formatted(
                                MAX_COST.toPlainString(), given.substring(0, Math.min(MAX_DIGITS, given.length())))));
        return 0;
    }

    /**
     * What to do. Everything but the decision is absent if the call is under no budget, amounts if there is no number yet.
     *
     * @param decision      allow, warn, degrade or block
     * @param model         what to use instead; only with degrade
     * @param budget        the id of the budget that says so
     * @param value         of a budget for each
     * @param remainingUsd  0 or more
     * @param errorBoundUsd how far {@code spentUsd} may be from what is spent; absent: not known
     * @param asOf          up to when calls are counted
     * @param stale         whether that is longer ago than allowed, or there is no number
     * @param resetsAt      when the period ends
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DecisionView(
            String decision,
            @Nullable String model,
            @Nullable String budget,
            @JsonProperty("budget_name") @Nullable String budgetName,
            @Nullable String value,
            @JsonProperty("spent_usd") @Nullable String spentUsd,
            @JsonProperty("limit_usd") @Nullable String limitUsd,
            @JsonProperty("remaining_usd") @Nullable String remainingUsd,
            @JsonProperty("error_bound_usd") @Nullable String errorBoundUsd,
            @JsonProperty("as_of") @Nullable Instant asOf,
            @Nullable Boolean stale,
            @JsonProperty("resets_at") @Nullable Instant resetsAt) {

        static DecisionView of(Decider.Decision decision) {
            Standing standing = decision.standing();
            String word = decision.verdict().word();
            if (standing == null) {
                return new DecisionView(word, null, null, null, null, null, null, null, null, null, null, null);
            }
            var definition = standing.budget().definition();
            Long bound = standing.boundNano();
            return new DecisionView(
                    word,
                    decision.verdict() == Decider.Verdict.DEGRADE
                            ? definition.policy().degradeTo()
                            : null,
                    standing.budget().id(),
                    definition.name(),
                    standing.value().isEmpty() ? null : standing.value(),
                    standing.isKnown() ? usd(standing.spentNano()) : null,
                    usd(standing.limitNano()),
                    standing.isKnown() ? usd(Math.max(0, standing.limitNano() - standing.spentNano())) : null,
                    bound == null ? null : usd(bound),
                    standing.asOf().equals(Instant.EPOCH) ? null : standing.asOf(),
                    decision.isStale(),
                    standing.resetsAt());
        }

        private static String usd(long nano) {
            return BigDecimal.valueOf(nano, 9).stripTrailingZeros().toPlainString();
        }
    }
}
