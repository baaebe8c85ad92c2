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
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Keeps the counters of this instance: which budgets there are, and what the ledger says of each. */
@ApplicationScoped
class DecisionJob {

    private static final Logger LOG = Logger.getLogger(DecisionJob.class);
    /** A reading may take an eleventh of the time. */
    private static final int RESTS = 10;

    /** After so many values of a list, some milliseconds of work, it rests a while: decisions are made beside it. */
    private static final int VALUES_AT_ONCE = 2_000;

    private static final long REST_NANOS = Duration.ofMillis(10).toNanos();

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
        try {
            if (shape.each() == null) {
                readAll(shape, members, tenants);
            } else {
                for (String tenant : tenants) {
                    readEach(shape, of(members, tenant), tenant);
                }
            }
        } catch (IOException e) {
            LOG.warnf(e, "the ledger was not read counters=%d", members.size());
        }
        Duration rest = Duration.between(begun, clock.instant()).multipliedBy(RESTS);
        nextReading.put(shape, begun.plus(rest.compareTo(config.ledgerPause()) > 0 ? rest : config.ledgerPause()));
    }

    private void readAll(SpendShape shape, List<Counter> members, List<String> tenants) throws IOException {
        for (int first = 0; first < tenants.size(); first += config.maxTenants()) {
            List<String> some = tenants.subList(first, Math.min(tenants.size(), first + config.maxTenants()));
            SpendAnswer answer = source.ask(question(shape, some, 1));
            Map<String, SpendAnswer.Row> byTenant = new HashMap<>();
            answer.rows().forEach(row -> byTenant.put(row.tenant(), row));
            for (Counter counter : members) {
                String tenant = counter.budget().tenant();
                if (some.contains(tenant)) {
                    LedgerTable table = new LedgerTable(1);
                    SpendAnswer.Row row = byTenant.get(tenant);
                    if (row != null) {
                        table.add(row.value(), new LedgerTable.Entry(nano(row.usd()), row.calls(), row.unpriced()));
                    }
                    take(shape, counter, table, answer.visibleUntil(), 0);
                }
            }
        }
    }

    /** All values, however many; beyond the limit, what the next one spent bounds the others. */
    private void readEach(SpendShape shape, List<Counter> members, String tenant) throws IOException {
        Counter.State before = members.getFirst().state();
        int expected = before == null ? 0 : before.ledger().size();
        LedgerTable table = new LedgerTable(expected + expected / 16);
        long[] told = {0, 0};
        Instant visibleUntil = source.list(
                question(shape, List.of(tenant), config.maxGroups() + 1), (value, nano, calls, unpriced) -> {
                    if (told[0] % VALUES_AT_ONCE == VALUES_AT_ONCE - 1) {
                        LockSupport.parkNanos(REST_NANOS);
                    }
                    if (++told[0] > config.maxGroups()) {
                        told[1] = nano;
                    } else if (value.length > 0) {
                        table.add(value, new LedgerTable.Entry(nano, calls, unpriced));
                    }
                });
        for (Counter counter : members) {
            take(shape, counter, table, visibleUntil, told[1]);
        }
    }

    private void take(SpendShape shape, Counter counter, LedgerTable table, Instant visibleUntil, long cut) {
        counters.read(counter, new Counter.State(shape.span(), table, visibleUntil, cut, new ConcurrentHashMap<>()));
    }

    private static SpendQuestion question(SpendShape shape, List<String> tenants, int limit) {
        return new SpendQuestion(
                tenants,
                shape.scope(),
                shape.each(),
                shape.span().start(),
                shape.span().end(),
                limit,
                null);
    }

    private static List<Counter> of(List<Counter> members, String tenant) {
        return members.stream()
                .filter(counter -> counter.budget().tenant().equals(tenant))
                .toList();
    }

    /** What is not known is among the unpriced calls, and so in the error bound. */
    private static long nano(@Nullable BigDecimal usd) {
        return usd == null ? 0 : Counter.nano(usd);
    }
}
