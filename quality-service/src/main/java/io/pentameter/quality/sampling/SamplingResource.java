package io.pentameter.quality.sampling;

import io.pentameter.contracts.v1.AuditRecord;
import io.pentameter.kit.problem.Problem.Fault;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.token.Caller;
import io.pentameter.kit.token.Callers;
import io.pentameter.kit.token.Scope;
import io.pentameter.quality.outbox.Audit;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What of the tenant's traffic is graded. */
@Path("/api/v1/sampling")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class SamplingResource {

    private static final int NANO_SCALE = 9;

    private final PostgresPolicyStore store;
    private final SamplingJob sampling;
    private final SamplingConfig config;
    private final Callers callers;
    private final InstantSource clock;

    SamplingResource(
            PostgresPolicyStore store,
            SamplingJob sampling,
            SamplingConfig config,
            Callers callers,
            InstantSource clock) {
        this.store = store;
        this.sampling = sampling;
        this.config = config;
        this.callers = callers;
        this.clock = clock;
    }

    /**
     * What to change; what is absent stays as it is.
     *
     * @param rules probability by rule: error, thumbs-down, high-cost
     */
    record PolicyRequest(
            @Nullable Double judgeFloor,
            @Nullable Double checkFloor,
            @Nullable Map<String, @Nullable Double> rules) {}

    /**
     * A policy.
     *
     * @param version       0 while the tenant has decided nothing
     * @param effectiveFrom spans received from then on are decided by it
     * @param highCost      absent until enough priced calls were seen
     */
    record PolicyView(
            int version,
            Instant effectiveFrom,
            double judgeFloor,
            double checkFloor,
            Map<String, Double> rules,
            @Nullable ThresholdView highCost) {

        static PolicyView of(PolicyVersion policy, Optional<CostThreshold> threshold) {
            Map<String, Double> rules = new TreeMap<>();
            policy.rules().forEach((rule, probability) -> rules.put(rule.id(), probability));
            return new PolicyView(
                    policy.version(),
                    policy.effectiveFrom(),
                    policy.judgeFloor(),
                    policy.checkFloor(),
                    rules,
                    threshold.map(ThresholdView::of).orElse(null));
        }
    }

    /** From what cost on a call counts as costly, and how many calls say so. */
    record ThresholdView(String aboveUsd, long sample, Instant validFrom) {

        static ThresholdView of(CostThreshold threshold) {
            String usd = BigDecimal.valueOf(threshold.nanoUsd(), NANO_SCALE)
                    .stripTrailingZeros()
                    .toPlainString();
            return new ThresholdView(usd, threshold.sample(), threshold.validFrom());
        }
    }

    @GET
    public PolicyView current() {
        String tenant = callers.with(Scope.READ).requireTenant();
        return PolicyView.of(store.latest(tenant).orElse(sampling.standard()), store.threshold(tenant));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public PolicyView change(
            @Nullable PolicyRequest request, @HeaderParam("Pentameter-Request-Id") @Nullable String requestId) {
        Caller caller = callers.with(Scope.ADMIN);
        String tenant = caller.requireTenant();
        if (request == null) {
            throw ProblemException.invalid("", "the body must be a JSON object");
        }
        check(request);
        Instant now = clock.instant();
        PolicyVersion changed = store.change(
                tenant,
                sampling.standard(),
                latest -> apply(latest, request, now.plus(config.refresh().multipliedBy(2))),
                policy -> act(caller, policy, requestId, now));
        return PolicyView.of(changed, store.threshold(tenant));
    }

    private static PolicyVersion apply(PolicyVersion latest, PolicyRequest request, Instant from) {
        Map<Rule, Double> rules = new EnumMap<>(latest.rules());
        if (request.rules() != null) {
            request.rules().forEach((id, probability) -> {
                if (probability != null) {
                    rules.put(ruleOf(id).orElseThrow(), probability);
                }
            });
        }
        return new PolicyVersion(
                latest.version() + 1,
                from,
                request.judgeFloor() == null ? latest.judgeFloor() : request.judgeFloor(),
                request.checkFloor() == null ? latest.checkFloor() : request.checkFloor(),
                rules);
    }

    private static void check(PolicyRequest request) {
        List<Fault> faults = new ArrayList<>();
        probability("/judgeFloor", request.judgeFloor(), faults);
        probability("/checkFloor", request.checkFloor(), faults);
        if (request.rules() != null) {
            request.rules().forEach((id, probability) -> {
                if (ruleOf(id).isEmpty()) {
                    String allowed = String.join(
                            ", ", Arrays.stream(Rule.values()).map(Rule::id).toList());
                    faults.add(new Fault("/rules/" + id, "must be one of %s: %s".formatted(allowed, id)));
                }
                probability("/rules/" + id, probability, faults);
            });
        }
        if (!faults.isEmpty()) {
            throw ProblemException.invalid(faults);
        }
    }

    /** Nothing may have the probability 0: what is never looked at can never be estimated. */
    private static void probability(String pointer, @Nullable Double value, List<Fault> faults) {
        if (value != null && !(value >= 1e-6 && value <= 1)) {
            faults.add(new Fault(pointer, "must be in 0.000001..1.0: " + value));
        }
    }

    private static Optional<Rule> ruleOf(String id) {
        return Arrays.stream(Rule.values()).filter(rule -> rule.id().equals(id)).findFirst();
    }

    private static AuditRecord act(Caller caller, PolicyVersion policy, @Nullable String requestId, Instant now) {
        Map<String, String> details = new TreeMap<>();
        details.put("version", String.valueOf(policy.version()));
        details.put("judgeFloor", String.valueOf(policy.judgeFloor()));
        details.put("checkFloor", String.valueOf(policy.checkFloor()));
        policy.rules().forEach((rule, probability) -> details.put(rule.id(), String.valueOf(probability)));
        return Audit.of(caller, "sampling.update", "sampling", requestId, details, now);
    }
}
