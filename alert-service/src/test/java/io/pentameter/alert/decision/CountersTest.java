package io.pentameter.alert.decision;

import static io.pentameter.alert.decision.Budgets.NOW;
import static io.pentameter.alert.decision.Budgets.budget;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.pentameter.alert.budget.Budget;
import io.pentameter.alert.budget.Period;
import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.Dimensions;
import io.pentameter.contracts.v1.SpanRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CountersTest {

    private static final Instant VISIBLE = NOW.minusSeconds(10);

    private final Counters counters = new Counters(3);

    @Test
    void theTailStandsOnTopOfTheLedgerAndEachCallCountsOnce() {
        Counter counter = listening(budget("b", Map.of("feature", "search"), null, "1"));
        read(counter, VISIBLE, Map.of("", 100L), 0);

        hear("a", NOW.minusSeconds(5), 7, "search", "");
        hear("a", NOW.minusSeconds(4), 7, "search", "");
        hear("b", NOW.minusSeconds(3), 20, "other", "");
        hear("c", NOW.minusSeconds(2), 30, "search", "");

        assertThat(standing(Map.of("feature", "search")).spentNano()).isEqualTo(137);
        assertThat(counters.standings("acme", Map.of("feature", "other"), NOW)).isEmpty();
        assertThat(counters.standings("other tenant", Map.of("feature", "search"), NOW))
                .isEmpty();
    }

    @Test
    void aCallThatIsToldOfAgainWithAnotherCostTakesTheFirstOnesPlace() {
        Counter counter = listening(budget("b", Map.of(), null, "1"));
        read(counter, VISIBLE, Map.of("", 100L), 0);

        hear("a", NOW.minusSeconds(5), 7, "search", "");
        hear("a", NOW.minusSeconds(4), 9, "search", "");

        assertThat(standing(Map.of()).spentNano()).isEqualTo(109);
    }

    @Test
    void aMarkThatACallIsNotAtItsStartAnyMoreTakesItAway() {
        Counter counter = listening(budget("b", Map.of(), null, "1"));
        read(counter, VISIBLE, Map.of("", 100L), 0);
        SpanRecord span = span("a", 7, "search", "");
        counters.heard("acme", TailSpan.of(span, NOW.toEpochMilli()).orElseThrow());

        SpanRecord mark = span.toBuilder().clearCost().setIsDeleted(true).build();
        counters.heard("acme", TailSpan.of(mark, NOW.toEpochMilli()).orElseThrow());

        assertThat(standing(Map.of()).spentNano()).isEqualTo(100);
    }

    @Test
    void whatTheLedgerKnowsIsNotCountedASecondTimeAfterItsNextReading() {
        Counter counter = listening(budget("b", Map.of(), null, "1"));
        read(counter, VISIBLE, Map.of("", 100L), 0);
        hear("a", NOW.minusSeconds(5), 7, "search", "");
        hear("b", NOW.minusSeconds(1), 1, "search", "");

        read(counter, NOW.minusSeconds(2), Map.of("", 107L), 0);

        assertThat(standing(Map.of()).spentNano()).isEqualTo(108);
        assertThat(counters.tailSize()).isEqualTo(1);
    }

    @Test
    void aNumberFromBeforeTheLogWasHeardOfIsNotTaken() {
        Counter counter = listening(budget("b", Map.of(), null, "1"));

        boolean isTaken = read(counter, NOW.minusSeconds(200), Map.of("", 100L), 0);

        assertThat(isTaken).isFalse();
        assertThat(standing(Map.of()).isKnown()).isFalse();
    }

    @Test
    void eachCustomerHasItsOwnNumberAndCallsOfNobodyAreNobodys() {
        Counter counter = listening(budget("b", Map.of(), "customer", "1"));
        read(counter, VISIBLE, Map.of("initech", 100L, "globex", 50L), 0);
        hear("a", NOW.minusSeconds(5), 7, "search", "initech");
        hear("b", NOW.minusSeconds(5), 7, "search", "");

        assertThat(standing(Map.of("customer", "initech")).spentNano()).isEqualTo(107);
        assertThat(standing(Map.of("customer", "globex")).spentNano()).isEqualTo(50);
        assertThat(standing(Map.of("customer", "hooli")).spentNano()).isZero();
        assertThat(counters.standings("acme", Map.of(), NOW)).isEmpty();
    }

    @Test
    void whoIsNotInAListThatWasCutMayHaveSpentAsMuchAsItsLast() {
        Counter counter = listening(budget("b", Map.of(), "customer", "1"));
        read(counter, VISIBLE, Map.of("initech", 100L), 40);

        assertThat(standing(Map.of("customer", "hooli")).cutNano()).isEqualTo(40);
        assertThat(standing(Map.of("customer", "initech")).cutNano()).isZero();
    }

    @Test
    void yesterdaysCallsDoNotCountTodayAndYesterdaysNumberIsNoneTomorrow() {
        Counter counter = listening(budget("b", Map.of(), null, "1"));
        read(counter, VISIBLE, Map.of("", 100L), 0);
        SpanRecord old = span("a", 7, "search", "").toBuilder()
                .setStartNs(
                        TimeUnit.SECONDS.toNanos(NOW.minus(Duration.ofDays(1)).getEpochSecond()))
                .build();
        counters.heard("acme", TailSpan.of(old, NOW.toEpochMilli()).orElseThrow());

        assertThat(standing(Map.of()).spentNano()).isEqualTo(100);
        assertThat(counters.standings("acme", Map.of(), NOW.plus(Duration.ofDays(1)))
                        .getFirst()
                        .isKnown())
                .isFalse();
    }

    @Test
    void aTailThatIsFullForgetsTheOldestAndAsksForANewerLedger() {
        Counter counter = listening(budget("b", Map.of(), null, "1"));
        read(counter, VISIBLE, Map.of("", 100L), 0);
        for (int i = 0; i < 4; i++) {
            hear("call " + i, NOW.minusSeconds(8 - i), 10, "search", "");
        }

        assertThat(counters.tailSize()).isEqualTo(3);
        assertThat(standing(Map.of()).spentNano()).isEqualTo(140);
        assertThat(read(counter, VISIBLE, Map.of("", 100L), 0)).isFalse();
        assertThat(read(counter, NOW.minusSeconds(6), Map.of("", 120L), 0)).isTrue();
        assertThat(standing(Map.of()).spentNano()).isEqualTo(140);
    }

    @Test
    void whatStillRunsAndWhatCostsNothingIsNotCounted() {
        assertThat(TailSpan.of(SpanRecord.newBuilder().setIsRunning(true).build(), 0))
                .isEmpty();
        assertThat(TailSpan.of(SpanRecord.getDefaultInstance(), 0)).isEmpty();
    }

    @Test
    void aBudgetThatChangedBeginsAnew() {
        Budget budget = budget("b", Map.of(), null, "1");
        Counter counter = listening(budget);
        read(counter, VISIBLE, Map.of("", 100L), 0);

        counters.keep(List.of(new Budget("b", "acme", budget.definition(), 2, NOW, NOW, null, null)), NOW);

        assertThat(standing(Map.of()).isKnown()).isFalse();
        counters.keep(List.of(), NOW);
        assertThat(counters.isOf("acme")).isFalse();
    }

    private Counter listening(Budget budget) {
        counters.keep(List.of(budget), NOW.minusSeconds(120));
        counters.listenFrom(NOW.minusSeconds(100));
        counters.heardUntil(NOW);
        return counters.all().getFirst();
    }

    private boolean read(Counter counter, Instant visible, Map<String, Long> nano, long cut) {
        LedgerTable table = new LedgerTable(nano.size());
        nano.forEach((value, amount) -> table.add(value, new LedgerTable.Entry(amount, 1, 0)));
        return counters.read(
                counter,
                new Counter.State(
                        Period.DAY.around(NOW, ZoneOffset.UTC), table, visible, cut, new ConcurrentHashMap<>()));
    }

    private Standing standing(Map<String, String> dimensions) {
        return counters.standings("acme", dimensions, NOW).getFirst();
    }

    private void hear(String id, Instant logged, long nano, String feature, @Nullable String customer) {
        counters.heard(
                "acme",
                TailSpan.of(span(id, nano, feature, customer == null ? "" : customer), logged.toEpochMilli())
                        .orElseThrow());
    }

    private static SpanRecord span(String id, long nano, String feature, String customer) {
        return SpanRecord.newBuilder()
                .setTenant("acme")
                .setTraceId(ByteString.copyFromUtf8("trace of " + id))
                .setSpanId(ByteString.copyFromUtf8(id))
                .setStartNs(TimeUnit.SECONDS.toNanos(NOW.getEpochSecond() - 12))
                .setDimensions(Dimensions.newBuilder().setFeature(feature).setCustomer(customer))
                .setCost(Cost.newBuilder().setKnown(true).setTotalNanoUsd(nano))
                .build();
    }
}
