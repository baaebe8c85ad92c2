package io.pentameter.alert.decision;

import static io.pentameter.alert.decision.Budgets.budget;
import static io.pentameter.alert.decision.Budgets.policy;

import com.google.protobuf.ByteString;
import io.pentameter.alert.budget.Budget;
import io.pentameter.alert.budget.Period;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * How long a decision takes and how much memory counters need: a million customers under one budget, while calls are heard and
 * the ledger is read again. Run {@code main}; prints a table of docs/performance.md.
 */
final class DecisionBench {

    private static final int CUSTOMERS = 1_000_000;
    private static final int DECISIONS_PER_SECOND = 5_000;
    private static final int SPANS_PER_SECOND = 5_000;
    private static final int WARM_UP_SECONDS = 10;
    private static final int SECONDS = 30;

    private final Counters counters = new Counters(200_000);
    private final Decider decider = new Decider(Duration.ofSeconds(30));
    private final Clock clock = Clock.systemUTC();
    private volatile boolean isOver;
    /** From the thread's waking: without what the machine's other work takes. */
    private long[] own = {};

    public static void main(String[] args) throws InterruptedException {
        new DecisionBench().run();
    }

    private void run() throws InterruptedException {
        Budget budget = budget("each", Map.of(), "customer", "1", policy("0.5", "0.8", "1", true));
        counters.keep(List.of(budget), clock.instant());
        counters.listenFrom(clock.instant().minusSeconds(60));
        Counter counter = counters.all().getFirst();
        long before = used();
        read(counter, table());
        long after = used();
        System.out.printf(
                "memory: %,d customers, %.1f MB, %.1f bytes each%n",
                CUSTOMERS, (after - before) / 1e6, (after - before) / (double) CUSTOMERS);

        Thread hearing = Thread.ofPlatform().start(this::hear);
        Thread reading = Thread.ofPlatform().start(() -> readAgain(counter));
        decisions(WARM_UP_SECONDS);
        long[] times = decisions(SECONDS);
        isOver = true;
        hearing.join();
        reading.join();
        System.out.printf("%,d decisions a second beside %,d spans a second%n", DECISIONS_PER_SECOND, SPANS_PER_SECOND);
        print("from the intended time", times);
        print("from waking", own);
    }

    private static void print(String name, long[] times) {
        Arrays.sort(times);
        System.out.printf(
                "%s: p50 %.1f us, p99 %.1f us, p99.9 %.1f us, max %.2f ms%n",
                name, micros(times, 0.5), micros(times, 0.99), micros(times, 0.999), times[times.length - 1] / 1e6);
    }

    /** From the intended time of each, so that a pause counts for all that it holds up. */
    private long[] decisions(int seconds) {
        SplittableRandom random = new SplittableRandom(1);
        long[] times = new long[seconds * DECISIONS_PER_SECOND];
        own = new long[times.length];
        long pause = Duration.ofSeconds(1).toNanos() / DECISIONS_PER_SECOND;
        long begun = System.nanoTime();
        int blocked = 0;
        for (int i = 0; i < times.length; i++) {
            long intended = begun + i * pause;
            long early = intended - System.nanoTime();
            if (early > 0) {
                LockSupport.parkNanos(early);
            }
            long woken = System.nanoTime();
            Map<String, String> call = Map.of("customer", customer(random.nextInt(CUSTOMERS)), "feature", "search");
            Instant now = clock.instant();
            counters.heardUntil(now);
            var decision = decider.decide(counters.standings("acme", call, now), 1_000);
            blocked += decision.verdict() == Decider.Verdict.BLOCK ? 1 : 0;
            long done = System.nanoTime();
            times[i] = done - intended;
            own[i] = done - woken;
        }
        System.out.printf("blocked %,d of %,d%n", blocked, times.length);
        return times;
    }

    private void hear() {
        SplittableRandom random = new SplittableRandom(2);
        long number = 0;
        while (!isOver) {
            for (int i = 0; i < SPANS_PER_SECOND / 100; i++) {
                long now = clock.millis();
                number++;
                counters.heard(
                        "acme",
                        new TailSpan(
                                new TailSpan.Id(
                                        ByteString.copyFromUtf8("trace" + number),
                                        ByteString.copyFromUtf8("span" + number)),
                                now,
                                now - 800,
                                40_200,
                                true,
                                false,
                                Map.of("customer", customer(random.nextInt(CUSTOMERS)), "feature", "search")));
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    private void readAgain(Counter counter) {
        while (!isOver) {
            LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());
            read(counter, table());
        }
    }

    private void read(Counter counter, LedgerTable table) {
        Instant now = clock.instant();
        boolean isTaken = counters.read(
                counter,
                new Counter.State(
                        Period.DAY.around(now, ZoneOffset.UTC),
                        table,
                        now.minusSeconds(2),
                        0,
                        new ConcurrentHashMap<>()));
        if (!isTaken) {
            throw new IllegalStateException("the ledger's number was not taken");
        }
    }

    private static LedgerTable table() {
        LedgerTable table = new LedgerTable(CUSTOMERS);
        for (int i = 0; i < CUSTOMERS; i++) {
            table.add(customer(i), new LedgerTable.Entry(i * 1_001L, 10, 0));
        }
        return table;
    }

    private static String customer(int number) {
        return "customer-" + number;
    }

    private static double micros(long[] sorted, double share) {
        return sorted[(int) (share * (sorted.length - 1))] / 1e3;
    }

    private static long used() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(200);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
