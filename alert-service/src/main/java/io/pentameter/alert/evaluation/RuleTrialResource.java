package io.pentameter.alert.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pentameter.alert.lifecycle.PostgresAlertBook.Look;
import io.pentameter.alert.rule.PostgresRules;
import io.pentameter.alert.rule.Rule;
import io.pentameter.alert.rule.Verdict;
import io.pentameter.alert.store.PostgresTransactions;
import io.pentameter.kit.problem.Problem;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import io.pentameter.kit.token.Callers;
import io.pentameter.kit.token.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Holds a rule against the numbers of now, and changes nothing. */
@Path("/api/v1/rules/{id}/test")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class RuleTrialResource {

    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Callers callers;
    private final PostgresTransactions transactions;
    private final PostgresRules rules;
    private final MetricSource source;
    private final InstantSource clock;

    RuleTrialResource(
            Callers callers,
            PostgresTransactions transactions,
            PostgresRules rules,
            MetricSource source,
            InstantSource clock) {
        this.callers = callers;
        this.transactions = transactions;
        this.rules = rules;
        this.source = source;
        this.clock = clock;
    }

    /** 503 if the numbers cannot be had. */
    @POST
    public TrialView test(String id) {
        String tenant = callers.with(Scope.READ).requireTenant();
        Rule rule = transactions.asTenant(
                tenant,
                transaction -> rules.find(transaction, id.replace('\0', ' '))
                        .orElseThrow(() -> new ProblemException(ProblemKind.NOT_FOUND, "there is no rule " + id)));
        RuleShape shape = RuleShape.of(rule.definition());
        Instant now = clock.instant();
        MetricQuery query = new MetricQuery(
                shape.measures(),
                shape.groupBy(),
                shape.filters(),
                now.minus(shape.window()),
                now,
                List.of(tenant),
                shape.sampleMeasure(),
                Looks.limit(List.of(rule)));
        try {
            MetricAnswer answer = source.query(query);
            List<MetricAnswer.Series> own = answer.series().stream()
                    .filter(series -> series.tenant().equals(tenant))
                    .toList();
            return TrialView.of(Looks.of(rule, own), answer.visibleUntil());
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of(ProblemKind.UNAVAILABLE, "the numbers cannot be had at the moment"), RETRY);
        }
    }

    /** @param visibleUntil up to when the numbers are complete */
    record TrialView(Instant visibleUntil, List<GroupView> groups) {

        static TrialView of(Look look, Instant visibleUntil) {
            return new TrialView(
                    visibleUntil,
                    look.groups().entrySet().stream()
                            .map(entry -> GroupView.of(
                                    entry.getKey(),
                                    look.rule().definition().condition().judge(entry.getValue(), false)))
                            .toList());
        }
    }

    /**
     * @param verdict breached, calm, unknown_value or sample_too_small
     * @param value   absent without evidence
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record GroupView(
            Map<String, String> group,
            String verdict,
            @Nullable BigDecimal value,
            long sample) {

        static GroupView of(Map<String, String> group, Verdict verdict) {
            Map<String, String> sorted = new TreeMap<>(group);
            return switch (verdict) {
                case Verdict.Breached(BigDecimal value, long sample) ->
                    new GroupView(sorted, "breached", value, sample);
                case Verdict.Calm(BigDecimal value, long sample) -> new GroupView(sorted, "calm", value, sample);
                case Verdict.NoEvidence(var reason, long sample) ->
                    new GroupView(sorted, reason.name().toLowerCase(Locale.ROOT), null, sample);
            };
        }
    }
}
