package io.pentameter.alert.evaluation;

import io.pentameter.alert.background.BackgroundLoop;
import io.pentameter.alert.lifecycle.PostgresAlertBook;
import io.pentameter.alert.rule.PostgresRules;
import io.pentameter.alert.rule.Rule;
import io.pentameter.alert.store.PostgresLease;
import io.pentameter.alert.store.PostgresTransaction;
import io.pentameter.alert.store.SystemTransactions;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Holds the rules of all tenants against the numbers, one query for each {@link RuleShape}.
 *
 * <p>Rules are looked at as of the moment up to which the numbers are complete, not as of now: while the path is behind,
 * nothing looks calm that is not, and nothing is missed, it only comes later.
 */
@ApplicationScoped
class EvaluationJob {

    private static final Logger LOG = Logger.getLogger(EvaluationJob.class);
    private static final String LEASE = "evaluation";
    private static final Duration PROBE = Duration.ofMinutes(1);

    private final SystemTransactions transactions;
    private final PostgresRules rules;
    private final PostgresAlertBook book;
    private final PostgresLease lease;
    private final MetricSource source;
    private final EvaluationConfig config;
    private final EvaluationMetrics metrics;
    private final InstantSource clock;
    private @Nullable BackgroundLoop loop;

    EvaluationJob(
            SystemTransactions transactions,
            PostgresRules rules,
            PostgresAlertBook book,
            PostgresLease lease,
            MetricSource source,
            EvaluationConfig config,
            EvaluationMetrics metrics,
            InstantSource clock) {
        this.transactions = transactions;
        this.rules = rules;
        this.book = book;
        this.lease = lease;
        this.source = source;
        this.config = config;
        this.metrics = metrics;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        loop = BackgroundLoop.start("alert-evaluation", config.pause(), this::turn);
    }

    void stop(@Observes ShutdownEvent event) {
        BackgroundLoop current = loop;
        if (current != null) {
            current.close();
        }
    }

    private void turn() {
        OptionalLong term =
                transactions.run(transaction -> lease.take(transaction, LEASE, clock.instant(), config.lease()));
        if (term.isEmpty()) {
            return;
        }
        Instant at;
        try {
            at = visibleUntil();
        } catch (IOException e) {
            metrics.evaluated("failed", 0);
            LOG.warn("the numbers cannot be asked for", e);
            return;
        }
        List<Rule> due = transactions.run(transaction -> rules.due(transaction, at));
        RuleShape.group(due).forEach((shape, members) -> {
            for (List<Rule> chunk : chunks(members)) {
                evaluate(shape, chunk, at, term.getAsLong());
            }
        });
        metrics.firing(transactions.run(EvaluationJob::firing));
    }

    /** Asks a cheap question for the moment up to which the numbers are complete; whole seconds make looks comparable. */
    private Instant visibleUntil() throws IOException {
        Instant now = clock.instant();
        MetricAnswer answer = source.query(new MetricQuery(
                List.of("requests"), List.of(), List.of(), now.minus(PROBE), now, List.of("-"), "requests", 1));
        metrics.sawEvidence(answer.visibleUntil(), now);
        Instant at = answer.visibleUntil().isAfter(now) ? now : answer.visibleUntil();
        return at.truncatedTo(ChronoUnit.SECONDS);
    }

    private void evaluate(RuleShape shape, List<Rule> members, Instant at, long term) {
        try {
            MetricAnswer answer = source.query(query(shape, members, at));
            if (answer.visibleUntil().isBefore(at)) {
                metrics.evaluated("behind", members.size());
                return;
            }
            writeTogetherOrApart(members, answer.series(), at, term);
        } catch (IOException e) {
            metrics.evaluated("failed", members.size());
            LOG.warnf(e, "rules were not evaluated rules=%d shape=%s", members.size(), shape);
        }
    }

    /** One transaction for all; if that fails, one for each rule, so that what is wrong with one stays with that one. */
    private void writeTogetherOrApart(List<Rule> members, List<MetricAnswer.Series> series, Instant at, long term) {
        try {
            metrics.reached(transactions.run(transaction -> write(transaction, members, series, at, term)));
        } catch (RuntimeException e) { // whatever the database objects to
            if (members.size() > 1) {
                members.forEach(rule -> writeTogetherOrApart(List.of(rule), series, at, term));
            } else {
                metrics.evaluated("failed", 1);
                LOG.errorf(
                        e,
                        "rule was not evaluated ruleId=%s",
                        members.getFirst().id());
            }
        }
    }

    private MetricQuery query(RuleShape shape, List<Rule> members, Instant at) {
        List<String> tenants =
                members.stream().map(Rule::tenant).distinct().sorted().toList();
        return new MetricQuery(
                shape.measures(),
                shape.groupBy(),
                shape.filters(),
                at.minus(shape.window()),
                at,
                tenants,
                shape.sampleMeasure(),
                Looks.limit(members));
    }

    private List<String> write(
            PostgresTransaction transaction,
            List<Rule> members,
            List<MetricAnswer.Series> series,
            Instant at,
            long term) {
        if (!lease.holds(transaction, LEASE, term)) {
            metrics.evaluated("changed", members.size());
            return List.of();
        }
        List<Rule> unchanged = rules.lockUnchanged(transaction, members, at);
        Map<String, List<MetricAnswer.Series>> byTenant =
                series.stream().collect(Collectors.groupingBy(MetricAnswer.Series::tenant));
        List<PostgresAlertBook.Look> looks = new ArrayList<>();
        for (Rule rule : unchanged) {
            List<MetricAnswer.Series> own = byTenant.getOrDefault(rule.tenant(), List.of());
            metrics.cut(Looks.cut(rule, own));
            looks.add(Looks.of(rule, own));
        }
        List<String> reached = book.advance(transaction, looks, at);
        rules.evaluated(transaction, unchanged.stream().map(Rule::id).toList(), at);
        metrics.evaluated("evaluated", unchanged.size());
        metrics.evaluated("changed", members.size() - unchanged.size());
        return reached;
    }

    /** Parts with at most so many tenants each; all rules of a tenant are in one. */
    private List<List<Rule>> chunks(List<Rule> members) {
        Map<String, List<Rule>> byTenant = members.stream().collect(Collectors.groupingBy(Rule::tenant));
        List<List<Rule>> chunks = new ArrayList<>();
        List<Rule> chunk = new ArrayList<>();
        int tenants = 0;
        for (List<Rule> own : byTenant.values()) {
            if (tenants == config.maxTenants()) {
                chunks.add(chunk);
                chunk = new ArrayList<>();
                tenants = 0;
            }
            chunk.addAll(own);
            tenants++;
        }
        chunks.add(chunk);
        return chunks;
    }

    private static Map<String, Long> firing(PostgresTransaction transaction) {
        Map<String, Long> firing = new HashMap<>();
        transaction
                .listSql(
                        Object[].class,
                        "select severity, count(*) from alert where state = 'firing' group by severity",
                        Map.of())
                .forEach(row -> firing.put((String) row[0], ((Number) row[1]).longValue()));
        return firing;
    }
}
