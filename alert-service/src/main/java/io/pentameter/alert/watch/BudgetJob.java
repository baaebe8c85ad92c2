package io.pentameter.alert.watch;

import io.pentameter.alert.background.BackgroundLoop;
import io.pentameter.alert.budget.Budget;
import io.pentameter.alert.budget.BudgetDefinition;
import io.pentameter.alert.budget.BudgetRules;
import io.pentameter.alert.budget.Period;
import io.pentameter.alert.budget.PostgresBudgets;
import io.pentameter.alert.budget.SpendShape;
import io.pentameter.alert.spend.SpendAnswer;
import io.pentameter.alert.spend.SpendQuestion;
import io.pentameter.alert.spend.SpendSource;
import io.pentameter.alert.store.PostgresLease;
import io.pentameter.alert.store.SystemTransactions;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Holds the budgets of all tenants against spending: thresholds often, the day's projection every quarter of an hour.
 *
 * <p>As rules, budgets are looked at as of the moment up to which the numbers are complete. Every look reads the whole period
 * again, so that calls told of late, and prices corrected, count from then on.
 */
@ApplicationScoped
class BudgetJob {

    private static final Logger LOG = Logger.getLogger(BudgetJob.class);
    private static final Duration PROBE = Duration.ofMinutes(1);

    private final SystemTransactions transactions;
    private final PostgresBudgets budgets;
    private final PostgresBudgetBook book;
    private final PostgresLease lease;
    private final SpendSource source;
    private final WatchConfig config;
    private final WatchMetrics metrics;
    private final InstantSource clock;
    private @Nullable BackgroundLoop loop;

    BudgetJob(
            SystemTransactions transactions,
            PostgresBudgets budgets,
            PostgresBudgetBook book,
            PostgresLease lease,
            SpendSource source,
            WatchConfig config,
            WatchMetrics metrics,
            InstantSource clock) {
        this.transactions = transactions;
        this.budgets = budgets;
        this.book = book;
        this.lease = lease;
        this.source = source;
        this.config = config;
        this.metrics = metrics;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        loop = BackgroundLoop.start("alert-budgets", config.pause(), this::turn);
    }

    void stop(@Observes ShutdownEvent event) {
        BackgroundLoop current = loop;
        if (current != null) {
            current.close();
        }
    }

    private void turn() {
        OptionalLong term = transactions.run(
                transaction -> lease.take(transaction, PostgresBudgetBook.LEASE, clock.instant(), config.lease()));
        if (term.isEmpty()) {
            return;
        }
        List<Budget> enabled = transactions.run(budgets::enabled);
        if (enabled.isEmpty()) {
            return;
        }
        try {
            Instant at = visibleUntil();
            thresholds(
                    enabled.stream()
                            .filter(budget -> isDue(budget.evaluatedUntil(), config.interval(), at))
                            .toList(),
                    at,
                    term.getAsLong());
            for (Budget budget : enabled) {
                if (budget.definition().projection()
                        && isDue(budget.projectedUntil(), BudgetRules.PROJECTION_INTERVAL, at)) {
                    apart(budget, () -> project(budget, at, term.getAsLong()));
                    renew();
                }
            }
        } catch (IOException e) {
            metrics.evaluated("failed", enabled.size());
            LOG.warn("spending cannot be asked for", e);
        }
    }

    /** Whole seconds make looks comparable. */
    private Instant visibleUntil() throws IOException {
        Instant now = clock.instant();
        SpendAnswer answer =
                source.ask(new SpendQuestion(List.of("-"), Map.of(), null, now.minus(PROBE), now, 1, null));
        Instant at = answer.visibleUntil().isAfter(now) ? now : answer.visibleUntil();
        return at.truncatedTo(ChronoUnit.SECONDS);
    }

    /** In whose interval, counted from the epoch, nobody looked yet. */
    private static boolean isDue(@Nullable Instant before, Duration interval, Instant at) {
        return before == null
                || Math.floorDiv(before.toEpochMilli(), interval.toMillis())
                        < Math.floorDiv(at.toEpochMilli(), interval.toMillis());
    }

    private void thresholds(List<Budget> due, Instant at, long term) throws IOException {
        Map<SpendShape, List<Budget>> byShape = new LinkedHashMap<>();
        for (Budget budget : due) {
            for (Period.Span span : BudgetLooks.periods(budget.definition(), at, config.grace())) {
                byShape.computeIfAbsent(SpendShape.of(budget, span), _ -> new ArrayList<>())
                        .add(budget);
            }
        }
        Map<Budget, Map<Period.Span, List<SpendAnswer.Row>>> found = new LinkedHashMap<>();
        for (Map.Entry<SpendShape, List<Budget>> entry : byShape.entrySet()) {
            ask(entry.getKey(), entry.getValue(), at, found);
        }
        found.forEach((budget, rows) -> {
            if (rows.size()
                    == BudgetLooks.periods(budget.definition(), at, config.grace())
                            .size()) {
                apart(
                        budget,
                        () -> transactions.run(transaction -> book.thresholds(transaction, budget, rows, at, term)));
            }
        });
    }

    private void ask(
            SpendShape shape,
            List<Budget> members,
            Instant at,
            Map<Budget, Map<Period.Span, List<SpendAnswer.Row>>> found)
            throws IOException {
        Instant to = shape.span().end().isBefore(at) ? shape.span().end() : at;
        List<String> tenants =
                members.stream().map(Budget::tenant).distinct().sorted().toList();
        int limit = shape.each() == null ? 1 : config.maxGroups() + 1;
        Map<String, List<SpendAnswer.Row>> byTenant = new HashMap<>();
        for (int first = 0; first < tenants.size(); first += config.maxTenants()) {
            List<String> some = tenants.subList(first, Math.min(tenants.size(), first + config.maxTenants()));
            if (!shape.span().start().isBefore(to)) {
                continue; // the period has just begun
            }
            SpendAnswer answer = source.ask(new SpendQuestion(
                    some, shape.scope(), shape.each(), shape.span().start(), to, limit, null));
            if (answer.visibleUntil().isBefore(at)) {
                metrics.evaluated("behind", members.size());
                return;
            }
            answer.rows()
                    .forEach(row -> byTenant.computeIfAbsent(row.tenant(), _ -> new ArrayList<>())
                            .add(row));
            renew();
        }
        for (Budget budget : members) {
            List<SpendAnswer.Row> rows = byTenant.getOrDefault(budget.tenant(), List.of());
            metrics.cut(shape.each() == null ? 0 : tooMany(budget.definition(), rows));
            found.computeIfAbsent(budget, _ -> new LinkedHashMap<>()).put(shape.span(), rows);
        }
    }

    /** Whether even the last of the rows has reached the lowest threshold: then more may have, and are not told of. */
    private int tooMany(BudgetDefinition definition, List<SpendAnswer.Row> rows) {
        if (rows.size() <= config.maxGroups() || definition.thresholds().isEmpty()) {
            return 0;
        }
        BigDecimal lowest = definition.amount().multiply(definition.thresholds().getFirst());
        BigDecimal last = rows.getLast().usd();
        return last != null && last.compareTo(lowest) >= 0 ? 1 : 0;
    }

    private void project(Budget budget, Instant at, long term) {
        try {
            List<PostgresBudgetBook.Reading> readings = new BudgetProjections(source, this::renew).of(budget, at);
            transactions.run(transaction -> book.projection(transaction, budget, readings, at, term));
        } catch (IOException e) {
            metrics.evaluated("failed", 1);
            LOG.warnf(e, "the day was not projected budgetId=%s", budget.id());
        }
    }

    /** What is wrong with one budget stays with that one. */
    private void apart(Budget budget, Runnable work) {
        try {
            work.run();
            metrics.evaluated("evaluated", 1);
        } catch (RuntimeException e) { // whatever the database objects to
            metrics.evaluated("failed", 1);
            LOG.errorf(e, "budget was not evaluated budgetId=%s", budget.id());
        }
    }

    private void renew() {
        transactions.run(
                transaction -> lease.take(transaction, PostgresBudgetBook.LEASE, clock.instant(), config.lease()));
    }
}
