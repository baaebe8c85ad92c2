package io.pentameter.aggregation.repricing;

import static io.pentameter.aggregation.repricing.EngineRepricings.NOW;
import static io.pentameter.aggregation.repricing.EngineRepricings.STORE;
import static io.pentameter.aggregation.repricing.EngineRepricings.current;
import static io.pentameter.aggregation.repricing.EngineRepricings.repricing;
import static io.pentameter.aggregation.repricing.EngineRepricings.repricings;
import static io.pentameter.aggregation.repricing.EngineRepricings.workOut;
import static io.pentameter.aggregation.repricing.PricedCalls.BOOKED;
import static io.pentameter.aggregation.repricing.PricedCalls.FROM;
import static io.pentameter.aggregation.repricing.PricedCalls.NEGOTIATED;
import static io.pentameter.aggregation.repricing.PricedCalls.TO;
import static io.pentameter.aggregation.repricing.PricedCalls.cost;
import static io.pentameter.aggregation.repricing.PricedCalls.isPriceable;
import static io.pentameter.aggregation.repricing.PricedCalls.spans;
import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.aggregation.cost.LedgerSql;
import io.pentameter.aggregation.cost.SqlLedger;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.aggregation.generation.PriceBasis;
import io.pentameter.aggregation.metrics.Window;
import io.pentameter.aggregation.rollup.AllTenantsSealer;
import io.pentameter.aggregation.rollup.RollupTable;
import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.SpanRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Costs under other prices: the engine's arithmetic is that of module pricing, and applying is undone without a trace. */
class RepricingTest {

    @Test
    void theEnginePricesEverySpanAsTheIntakeDoes() {
        List<SpanRecord> spans = spans("same", 1, 6000);
        STORE.put(spans);

        Repricing repricing = workOut("same", NEGOTIATED, false);

        Map<String, String> rows = new HashMap<>();
        STORE.all(
                        "SELECT lower(hex(span_id)), cost_known, toString(cost_unknown_reason), cost_nano, toString(price_id),"
                                + " toString(price_version), arrayStringConcat(arrayMap((word, units, price, nano) ->"
                                + " concat(' ', word, ':', toString(units), ':', price, ':', toString(nano)), cost_buckets,"
                                + " cost_units, cost_unit_prices, cost_parts_nano)) FROM repriced_span FINAL WHERE tenant = 'same'"
                                + " AND generation = " + repricing.generation(),
                        row -> List.of(
                                row.getString(1),
                                row.getInt(2) + " " + row.getString(3) + " " + row.getLong(4) + " " + row.getString(5)
                                        + " " + row.getString(6) + row.getString(7)))
                .forEach(row -> rows.put(row.getFirst(), row.getLast()));
        int changed = 0;
        for (SpanRecord span : spans) {
            Cost expected = cost(NEGOTIATED, span);
            String row = rows.get(HexFormat.of().formatHex(span.getSpanId().toByteArray()));
            boolean isOther = expected.getKnown() != span.getCost().getKnown()
                    || !expected.getComponentsList().equals(span.getCost().getComponentsList());
            if (isPriceable(span) && isOther) {
                changed++;
                assertThat(row).as("%s", span).isEqualTo(text(expected));
            } else {
                assertThat(row).as("%s", span).isNull();
            }
        }
        assertThat(rows).hasSize(changed);
        assertThat(changed).isGreaterThan(1000);
    }

    @Test
    void nobodySeesItBeforeItIsAppliedAndThereAndBackIsIdentity() {
        List<SpanRecord> spans = spans("back", 2, 1500);
        STORE.put(spans);
        seal(NOW);
        long billed = spans.stream()
                .mapToLong(span -> span.getCost().getTotalNanoUsd())
                .sum();
        long repriced = spans.stream()
                .mapToLong(span -> isPriceable(span)
                        ? cost(NEGOTIATED, span).getTotalNanoUsd()
                        : span.getCost().getTotalNanoUsd())
                .sum();
        SqlRepricings repricings = repricings(NOW.plusSeconds(60));

        Repricing repricing = workOut("back", NEGOTIATED, false);
        long workedOut = current("back");
        repricings.addEvent(repricing, "applied", "ada");
        long applied = current("back");
        seal(NOW.plusSeconds(100));
        long sealed = inRollup("back");
        long ledger = ledger("back", LedgerSql.PAID);
        long parts = ledger("back", "arraySum(part -> part.3, " + LedgerSql.parts() + ")");
        long unexplained = ledger(
                "back", "arraySum(part -> if(part.1 = 'unspecified', abs(part.3), 0), " + LedgerSql.parts() + ")");
        long asBilled = ledger("back", LedgerSql.PAID, PriceBasis.AS_BILLED);
        Repricing back = workOut("back", BOOKED, false);
        repricings.addEvent(back, "applied", "ada");
        long thereAndBack = current("back");
        repricings(NOW.plusSeconds(120)).addEvent(back, "reverted", "ada");
        long revertedOnce = current("back");
        repricings(NOW.plusSeconds(180)).addEvent(repricing, "reverted", "ada");
        seal(NOW.plusSeconds(1000));

        assertThat(workedOut).isEqualTo(billed).isNotEqualTo(repriced);
        assertThat(applied).isEqualTo(repriced);
        assertThat(sealed).isEqualTo(repriced);
        assertThat(ledger).isEqualTo(parts).isEqualTo(repriced);
        assertThat(unexplained).isZero();
        assertThat(asBilled).isEqualTo(billed);
        assertThat(thereAndBack).isEqualTo(billed);
        assertThat(revertedOnce).isEqualTo(repriced);
        assertThat(current("back")).isEqualTo(billed);
        assertThat(inRollup("back")).isEqualTo(billed);
        assertThat(ledger("back", LedgerSql.PAID)).isEqualTo(billed);
    }

    private static long ledger(String tenant, String amount) {
        return ledger(tenant, amount, PriceBasis.AS_PRICED_NOW);
    }

    private static long ledger(String tenant, String amount, PriceBasis basis) {
        Window window = new Window(FROM, TO);
        Bindings bindings = new Bindings();
        String sql = "SELECT sum(" + amount + ") "
                + SqlLedger.of(STORE.reads(), tenant, window, basis).spans(window, List.of(), bindings);
        return STORE.reads()
                .read(new TenantQuery(tenant, sql, bindings), row -> row.getLong(1))
                .getFirst();
    }

    private static long inRollup(String tenant) {
        return STORE.number("SELECT sum(cost_nano) FROM rollup_model_5m FINAL WHERE tenant = '" + tenant + "'");
    }

    private static void seal(Instant now) {
        AllTenantsSealer sealer =
                new AllTenantsSealer(STORE.reads(), STORE.reads(), STORE.inserts(), Clock.fixed(now, ZoneOffset.UTC));
        sealer.seal(
                RollupTable.ROLLUP_MODEL_5M,
                new AllTenantsSealer.Round(
                        Duration.ofDays(400), Duration.ofSeconds(60), Duration.ofSeconds(1), 10_000));
    }

    /** All that a row of a generation says of a cost. */
    private static String text(Cost cost) {
        String parts = cost.getComponentsList().stream()
                .map(part -> " " + part.getBucket() + ":" + part.getUnits() + ":" + part.getNanoUsdPerUnit() + ":"
                        + part.getNanoUsd())
                .collect(Collectors.joining());
        return (cost.getKnown() ? 1 : 0) + " " + cost.getUnknownReason() + " "
                + (cost.getKnown() ? cost.getTotalNanoUsd() : 0) + " " + cost.getPriceId() + " "
                + cost.getPriceVersion() + parts;
    }
}
