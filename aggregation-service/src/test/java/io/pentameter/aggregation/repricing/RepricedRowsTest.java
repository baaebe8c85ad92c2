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
import io.pentameter.contracts.v1.SpanRecord;
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
