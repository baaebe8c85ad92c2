package io.pentameter.alert.decision;

import static io.pentameter.alert.decision.Budgets.NOW;
import static io.pentameter.alert.decision.Budgets.budget;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.pentameter.alert.budget.Period;
import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.SpanRecord;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What was spent lies within the bound that goes with each number, over a thousand made-up minutes of traffic: calls begin evenly at
 * random, the log has them some time later, the ledger knows the older ones surely and the newer ones by chance, and what the log took
 * last was not heard of yet.
 */
class ErrorBoundHoldsTest {

    private static final int MINUTES = 1_000;

    @Test
    void ofAThousandMinutesNoneIsFurtherOffThanStated() {
        double largest = 0;
        for (int seed = 0; seed < MINUTES; seed++) {
            Minute minute = new Minute(new SplittableRandom(seed));
            Standing standing = minute.standing();
            Long bound = standing.boundNano();

            assertThat(bound).as("minute %d", seed).isNotNull();
            long error = Math.abs(standing.spentNano() - minute.spentNano);
            assertThat(error).as("minute %d", seed).isLessThanOrEqualTo(bound == null ? 0 : bound);
            largest = Math.max(largest, (double) error / standing.spentNano());
        }
        assertThat(largest)
                .as("a test in which nothing is wrong would show nothing")
                .isGreaterThan(0.02);
    }

    /** One minute of calls until now. */
    private static final class Minute {

        private final Counters counters = new Counters(100_000);
        private final Counter counter;
        private final int ageMillis;
        private long spentNano;

        Minute(SplittableRandom random) {
            counters.keep(List.of(budget("b", Map.of(), null, "1")), NOW.minusSeconds(120));
            counters.listenFrom(NOW.minusSeconds(100));
            counter = counters.all().getFirst();
            int calls = 60 * random.nextInt(5, 40);
            int longest = random.nextInt(200, 4_000);
            ageMillis = random.nextInt(50, 1_000);
            Instant visible = NOW.minusMillis(random.nextInt(5_000, 12_000));
            counters.heardUntil(NOW.minusMillis(ageMillis));
            long inLedger = 0;
            int known = 0;
            for (int i = 0; i < calls; i++) {
                long begun = NOW.toEpochMilli() - random.nextInt(60_000);
                long logged = begun + random.nextInt(longest);
                long nano = random.nextInt(1_000, 9_000);
                spentNano += nano;
                if (logged <= visible.toEpochMilli() || (logged <= NOW.toEpochMilli() && random.nextInt(3) == 0)) {
                    inLedger += nano;
                    known++;
                }
                if (logged <= NOW.toEpochMilli() - ageMillis) {
                    counters.heard(
                            "acme", TailSpan.of(call(i, begun, nano), logged).orElseThrow());
                }
            }
            LedgerTable table = new LedgerTable(1);
            table.add("", new LedgerTable.Entry(inLedger, known, 0));
            counters.read(
                    counter,
                    new Counter.State(
                            Period.DAY.around(NOW, ZoneOffset.UTC), table, visible, 0, new ConcurrentHashMap<>()));
        }

        Standing standing() {
            return counters.standings("acme", Map.of(), NOW).getFirst();
        }

        private static SpanRecord call(int number, long begun, long nano) {
            return SpanRecord.newBuilder()
                    .setTenant("acme")
                    .setTraceId(ByteString.copyFromUtf8("trace " + number))
                    .setSpanId(ByteString.copyFromUtf8("span " + number))
                    .setStartNs(TimeUnit.MILLISECONDS.toNanos(begun))
                    .setCost(Cost.newBuilder().setKnown(true).setTotalNanoUsd(nano))
                    .build();
        }
    }
}
