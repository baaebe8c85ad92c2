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

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.testing.Spans;
import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.Dimensions;
import io.pentameter.contracts.v1.OwnPrice;
import io.pentameter.contracts.v1.OwnPrices;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.contracts.v1.Usage;
import io.pentameter.pricing.OwnPriceBook;
import io.pentameter.pricing.PriceList;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a repricing writes down: which spans, whose they are, the same whenever it is done again. */
class RepricedRowsTest {

    @Test
    void usageThatAnotherSpanHasTooIsNotPricedAgain() {
        STORE.put(spans("twice", 7, 1500));
        STORE.reads()
                .run(
                        "INSERT INTO span SELECT * REPLACE (1 AS usage_repeated, version + 1 AS version) FROM span FINAL"
                                + " WHERE tenant = 'twice' AND cityHash64(span_id) % 2 = 0",
                        new Bindings());

        Repricing repricing = workOut("twice", NEGOTIATED, false);

        String rows = "SELECT count() FROM repriced_span FINAL WHERE generation = " + repricing.generation();
        assertThat(STORE.number(rows)).isPositive();
        assertThat(STORE.number(rows + " AND cityHash64(span_id) % 2 = 0")).isZero();
    }

    @Test
    void pricesLearnedLateFillInWhatWasUnknownAndNothingElse() {
        List<SpanRecord> spans = spans("late", 3, 1500);
        STORE.put(spans);

        Repricing repricing = workOut("late", NEGOTIATED, true);

        RepricingReport report = repricings(NOW).report(repricing);
        long learned = spans.stream()
                .filter(span -> isPriceable(span)
                        && !span.getCost().getKnown()
                        && cost(NEGOTIATED, span).getKnown())
                .count();
        assertThat(report.total().learned()).isEqualTo(learned).isPositive();
        assertThat(report.total().spans()).isEqualTo(learned);
        assertThat(report.total().lost()).isZero();
        assertThat(report.byModel()).singleElement().satisfies(model -> {
            assertThat(model.value()).isEqualTo("llama-local");
            assertThat(model.difference()).isEqualTo(report.total().difference());
        });
    }

    @Test
    void theReportsPartsSumToItsTotal() {
        STORE.put(spans("parts", 4, 1500));

        RepricingReport report = repricings(NOW).report(workOut("parts", NEGOTIATED, false));

        for (List<RepricingReport.Change> parts : List.of(report.byFeature(), report.byCustomer(), report.byModel())) {
            assertThat(parts.stream().mapToLong(RepricingReport.Change::spans).sum())
                    .isEqualTo(report.total().spans());
            assertThat(parts.stream()
                            .map(part -> new java.math.BigDecimal(part.difference()))
                            .reduce(java.math.BigDecimal.ZERO, java.math.BigDecimal::add))
                    .isEqualByComparingTo(report.total().difference());
        }
    }

    @Test
    void workThatIsDoneTwiceOrBegunAgainGivesTheSameRows() throws Exception {
        STORE.put(spans("again", 5, 1500));
        Repricing repricing = repricing("again", false);
        SqlRepricer repricer = new SqlRepricer(STORE.reads(), STORE.reads(), STORE.inserts());
        List<RepriceSql.Piece> halves = List.of(
                new RepriceSql.Piece(repricing, FROM, FROM.plusSeconds(7000)),
                new RepriceSql.Piece(repricing, FROM.plusSeconds(7000), TO));
        repricer.writeLines(repricing, NEGOTIATED);
        repricer.price(halves.subList(0, 1), List.of(), _ -> {});
        assertThat(current("again")).isEqualTo(billed("again"));

        repricer.writeLines(repricing, NEGOTIATED);
        repricer.price(halves, List.of(), _ -> {});
        List<String> again = rows(repricing);
        Repricing other = workOut("again", NEGOTIATED, false);

        assertThat(again).isEqualTo(rows(other)).isNotEmpty();
    }

    @Test
    void workThatIsBegunAgainAtOtherPricesKeepsNothingOfTheFirst() throws Exception {
        STORE.put(spans("cheaper", 8, 1500));
        Repricing repricing = repricing("cheaper", false);
        SqlRepricer repricer = new SqlRepricer(STORE.reads(), STORE.reads(), STORE.inserts());
        List<RepriceSql.Piece> all = List.of(new RepriceSql.Piece(repricing, FROM, TO));
        repricer.writeLines(repricing, NEGOTIATED);
        repricer.price(all, List.of(), _ -> {});
        List<String> first = rows(repricing);

        repricer.writeLines(repricing, BOOKED); // the discounts were taken away meanwhile
        repricer.price(all, List.of(), _ -> {});

        assertThat(first).isNotEmpty();
        assertThat(rows(repricing)).isEqualTo(rows(workOut("cheaper", BOOKED, false)));
    }

    /** Whoever lost the leadership does not know it yet: its last insert comes when the other has done everything. */
    @Test
    void whatAnAttemptThatAnotherTookOverStillWritesIsInNobodysWay() throws Exception {
        STORE.put(spans("taken-over", 9, 1500));
        Repricing first = repricing("taken-over", false);
        SqlRepricer repricer = new SqlRepricer(STORE.reads(), STORE.reads(), STORE.inserts());
        repricer.writeLines(first, NEGOTIATED);
        Repricing second = first.begun(first.generation() + 1_000_000, first.priceVersion(), 3);
        repricer.writeLines(second, BOOKED);
        repricer.price(List.of(new RepriceSql.Piece(second, FROM, TO)), List.of(), _ -> {});

        repricer.price(List.of(new RepriceSql.Piece(first, FROM, TO)), List.of(), _ -> {});

        repricings(NOW).store(second);
        AllTenantsRepricings all = new AllTenantsRepricings(STORE.reads(), repricings(NOW));
        assertThat(rows(first)).isNotEmpty();
        assertThat(rows(second)).isEqualTo(rows(workOut("taken-over", BOOKED, false)));
        assertThat(all.leftovers(Instant.EPOCH.plusSeconds(1)))
                .contains(first.generation())
                .doesNotContain(second.generation());
        assertThat(all.leftovers(Instant.EPOCH)).isEmpty();
        repricer.drop(first.generation());
        repricings(NOW).store(second.at(Repricing.State.CALCULATED, 1, ""));
        assertThat(rows(first)).isEmpty();
    }

    /** Written one after the other, with a zero byte between, both kinds of calls would be the same text. */
    @Test
    void kindsOfCallsAreToldApartWhateverBytesAreInTheirNames() {
        PriceList prices = new PriceList(
                PricedCalls.BOOK,
                new OwnPriceBook(
                        3,
                        OwnPrices.newBuilder()
                                .addPrices(price("long", "b\0c", "1"))
                                .addPrices(price("short", "b", "2"))
                                .build()));
        List<SpanRecord> calls = List.of(zero(71, "b\0c", "d"), zero(72, "b", "c\0d"));
        STORE.put(calls);

        Repricing repricing = workOut("zeros", prices, false);

        assertThat(calls.stream().map(call -> cost(prices, call).getTotalNanoUsd()))
                .containsExactly(1_000_000_000L, 2_000_000_000L);
        assertThat(STORE.all(
                        "SELECT cost_nano FROM repriced_span FINAL WHERE generation = " + repricing.generation()
                                + " ORDER BY model DESC",
                        row -> row.getLong(1)))
                .containsExactly(1_000_000_000L, 2_000_000_000L);
    }

    private static OwnPrice price(String id, String model, String perMillion) {
        return OwnPrice.newBuilder()
                .setId(id)
                .setModel(model)
                .putAmounts("in_uncached", perMillion)
                .build();
    }

    private static SpanRecord zero(int seed, String model, String requested) {
        return new Spans(seed)
                .request("zeros", FROM.plusSeconds(seed))
                .setKind(SpanKind.SPAN_KIND_MODEL_CALL)
                .setDimensions(Dimensions.newBuilder()
                        .setProvider("own")
                        .setModel(model)
                        .setRequestedModel(requested))
                .setUsage(Usage.newBuilder().setInUncached(1_000_000))
                .setCost(Cost.newBuilder().setUnknownReason("model_unknown"))
                .build();
    }

    @Test
    void aSpanThatIsCorrectedAfterwardsCostsWhatItComesWith() {
        List<SpanRecord> spans = spans("corrected", 6, 300);
        STORE.put(spans);
        Repricing repricing = workOut("corrected", NEGOTIATED, false);
        repricings(NOW).addEvent(repricing, "applied", "ada");
        SpanRecord corrected = spans.stream()
                .filter(span -> span.getDimensions().getModel().equals("claude-sonnet-4-5")
                        && span.getCost().getKnown())
                .findFirst()
                .orElseThrow();
        long before = current("corrected");

        STORE.put(List.of(corrected.toBuilder()
                .setReceivedAtUs(corrected.getReceivedAtUs() + 1)
                .setCost(corrected.getCost().toBuilder().setTotalNanoUsd(777))
                .build()));

        assertThat(current("corrected"))
                .isEqualTo(before - cost(NEGOTIATED, corrected).getTotalNanoUsd() + 777);
    }

    private static long billed(String tenant) {
        return STORE.number("SELECT sum(cost_nano) FROM span FINAL WHERE tenant = '" + tenant + "'");
    }

    private static List<String> rows(Repricing repricing) {
        return STORE.all(
                "SELECT concat(hex(span_id), ' ', toString(cost_known), ' ', toString(cost_nano), ' ', toString(line))"
                        + " AS text FROM repriced_span FINAL WHERE generation = " + repricing.generation()
                        + " ORDER BY text",
                row -> row.getString(1));
    }
}
