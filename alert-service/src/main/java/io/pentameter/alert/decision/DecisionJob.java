package io.pentameter.alert.decision;

import io.pentameter.alert.background.BackgroundLoop;
import io.pentameter.alert.budget.Budget;
import io.pentameter.alert.budget.PostgresBudgets;
import io.pentameter.alert.budget.SpendShape;
import io.pentameter.alert.spend.SpendAnswer;
import io.pentameter.alert.spend.SpendQuestion;
import io.pentameter.alert.spend.SpendSource;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Keeps the counters of this instance: which budgets there are, and what the ledger says of each. */
@ApplicationScoped
class DecisionJob {

    private static final Logger LOG = Logger.getLogger(DecisionJob.class);
    /** A reading may take a twentieth of the time. */
    private static final int RESTS = 20;

    private final SystemTransactions transactions;
    private final PostgresBudgets budgets;
    private final Counters counters;
    private final SpanTailConsumer consumer;
    private final SpendSource source;
    private final DecisionConfig config;
    private final InstantSource clock;
    private final Map<SpendShape, Instant> nextReading = new ConcurrentHashMap<>();
    private @Nullable BackgroundLoop loop;

    DecisionJob(
            SystemTransactions transactions,
            PostgresBudgets budgets,
            Counters counters,
            SpanTailConsumer consumer,
            SpendSource source,
            DecisionConfig config,
            InstantSource clock) {
        this.transactions = transactions;
        this.budgets = budgets;
        this.counters = counters;
        this.consumer = consumer;
        this.source = source;
        this.config = config;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        loop = BackgroundLoop.start("alert-decisions", config.pause(), this::turn);
    }

    void stop(@Observes ShutdownEvent event) {
        BackgroundLoop current = loop;
        if (current != null) {
            current.close();
        }
    }

    private void turn() {
        List<Budget> enabled = transactions.run(budgets::enabled);
        counters.keep(enabled, clock.instant());
        consumer.begin();
        Instant now = clock.instant();
        Map<SpendShape, List<Counter>> due = new LinkedHashMap<>();
        for (Counter counter : counters.all()) {
            SpendShape shape = SpendShape.of(
                    counter.budget(),
                    counter.budget()
                            .definition()
                            .period()
                            .around(now, counter.budget().definition().zone()));
            boolean isNew = counter.stateAt(now) == null;
            if (isNew || !nextReading.getOrDefault(shape, Instant.EPOCH).isAfter(now)) {
                due.computeIfAbsent(shape, _ -> new ArrayList<>()).add(counter);
            }
        }
        nextReading.keySet().removeIf(shape -> !shape.span().end().isAfter(now));
        due.forEach(this::read);
    }

    private void read(SpendShape shape, List<Counter> members) {
        Instant begun = clock.instant();
        List<String> tenants = members.stream()
                .map(counter -> counter.budget().tenant())
                .distinct()
                .sorted()
                .toList();
        int limit = shape.each() == null ? 1 : config.maxGroups();
        try {
            for (int first = 0; first < tenants.size(); first += config.maxTenants()) {
                List<String> some = tenants.subList(first, Math.min(tenants.size(), first + config.maxTenants()));
                SpendAnswer answer = source.ask(new SpendQuestion(
                        some,
                        shape.scope(),
                        shape.each(),
                        shape.span().start(),
                        shape.span().end(),
                        limit,
                        null));
                take(
                        shape,
                        members.stream()
                                .filter(it -> some.contains(it.budget().tenant()))
                                .toList(),
                        answer);
            }
        } catch (IOException e) {
            LOG.warnf(e, "the ledger was not read counters=%d", members.size());
        }
        Duration rest = Duration.between(begun, clock.instant()).multipliedBy(RESTS);
        nextReading.put(shape, begun.plus(rest.compareTo(config.ledgerPause()) > 0 ? rest : config.ledgerPause()));
    }

    private void take(SpendShape shape, List<Counter> members, SpendAnswer answer) {
        Map<String, List<SpendAnswer.Row>> byTenant = new HashMap<>();
        answer.rows()
                .forEach(row -> byTenant.computeIfAbsent(row.tenant(), _ -> new ArrayList<>())
                        .add(row));
        for (Counter counter : members) {
            String tenant = counter.budget().tenant();
            List<SpendAnswer.Row> rows = byTenant.getOrDefault(tenant, List.of());
            LedgerTable table = new LedgerTable(rows.size());
            for (SpendAnswer.Row row : rows) {
                if (shape.each() == null || !row.value().isEmpty()) {
                    table.add(row.value(), new LedgerTable.Entry(nano(row.usd()), row.calls(), row.unpriced()));
                }
            }
            long cut = answer.cut().contains(tenant) ? nano(rows.getLast().usd()) : 0;
            counters.read(
                    counter,
                    new Counter.State(shape.span(), table, answer.visibleUntil(), cut, new ConcurrentHashMap<>()));
        }
    }

    /** What is not known is among the unpriced calls, and so in the error bound. */
    private static long nano(@Nullable BigDecimal usd) {
        return usd == null ? 0 : Counter.nano(usd);
    }
}
