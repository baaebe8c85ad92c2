package io.pentameter.aggregation.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.aggregation.generation.PriceBasis;
import io.pentameter.aggregation.invoice.Imports;
import io.pentameter.aggregation.testing.Spans;
import io.pentameter.aggregation.testing.Store;
import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.CostComponent;
import io.pentameter.contracts.v1.Dimensions;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.contracts.v1.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Invoices against the ledger on the real engine, in dollars worked out by hand. */
class ReconciliationTest {

    private static final Store STORE = Store.of("reconciliation_test");
    private static final Instant NOON = Spans.noon();
    private static final LocalDate DAY = LocalDate.ofInstant(NOON, ZoneOffset.UTC);
    private static final Spans SPANS = new Spans(51);
    private static final String MINI = "gpt-4o-mini-2024-07-18";

    @Test
    void theDifferenceIsExplainedToTheNanoDollar() {
        traffic("acme");
        charges("acme");
        usage("acme");

        ReconciliationView.ProviderView byModel = ask("acme", Comparison.By.MODEL);

        // 14 calls billed, 10 priced, 2 seen without a price: 0.015 + 0.006 dollars each
        assertThat(byModel.rows())
                .containsExactly(
                        row("o9-new", "3", "0", "3", parts("0", "3", "0"), "0", true, 0, 0),
                        row("gpt-4o", "0", "0.5", "-0.5", parts("0", "0", "-0.5"), "0", true, 1, 0),
                        row(MINI, "0.294", "0.21", "0.084", parts("0.042", "0.042", "0"), "0", true, 12, 2));
        assertThat(byModel.totals().varianceUsd()).isEqualTo("2.584");
        assertThat(byModel.unknownModels()).containsExactly("o9-new");
        assertThat(byModel.daysCompared()).isEqualTo(1);
        for (Comparison.By by : List.of(Comparison.By.DAY, Comparison.By.PROJECT)) {
            assertThat(ask("acme", by).totals()).isEqualTo(byModel.totals());
        }
        assertThat(ask("acme", Comparison.By.PROJECT).rows())
                .extracting(ReconciliationView.RowView::key)
                .containsExactly("proj_b", "proj_a");
        assertThat(ask("globex", Comparison.By.DAY, Optional.empty())).isEmpty();
    }

    @Test
    void withoutAUsageReportTheSameIsLessExplained() {
        traffic("less");
        charges("less");

        ReconciliationView.ProviderView byModel = ask("less", Comparison.By.MODEL);

        assertThat(byModel.rows())
                .extracting(row -> row.key() + " " + row.openUsd() + " " + row.usageKnown())
                .containsExactly("o9-new 0 false", "gpt-4o 0 false", MINI + " 0.084 false");
    }

    @Test
    void theLedgerOfDaysWithoutChargesIsNotComparedAndNotLost() {
        traffic("outside");
        Imports.of(STORE).put("outside", page("openai_costs", DAY.minusDays(3), charge("m", "1")));

        ReconciliationView.ProviderView view = ask("outside", Comparison.By.DAY);

        assertThat(view.ledgerOutsideUsd()).isEqualTo("0.71");
        assertThat(view.totals().varianceUsd()).isEqualTo("1");
        assertThat(view.rows())
                .extracting(ReconciliationView.RowView::key)
                .containsExactly(DAY.minusDays(3).toString());
    }

    @Test
    void anAdjustmentIsARowOfItsOwnAndCanBeTakenBack() {
        traffic("adjusted");
        charges("adjusted");
        SqlAdjustments adjustments = new SqlAdjustments(STORE.reads(), STORE.inserts());
        Adjustment accepted = new Adjustment(
                "adj_1",
                "openai",
                DAY,
                DAY.plusDays(1),
                new BigDecimal("2.584"),
                "missing",
                "new model",
                "",
                "p",
                NOON);

        adjustments.post("adjusted", accepted);
        adjustments.post("adjusted", accepted);
        ReconciliationView.TotalView after = ask("adjusted", Comparison.By.DAY).totals();
        adjustments.post("adjusted", accepted.reversed("adj_2", "p", NOON));
        ReconciliationView.TotalView back = ask("adjusted", Comparison.By.DAY).totals();

        assertThat(after.ledgerUsd()).isEqualTo("0.71");
        assertThat(after.varianceUsd()).isEqualTo("2.584");
        assertThat(after.remainingUsd()).isEqualTo("0");
        assertThat(after.exceeds()).isFalse();
        assertThat(back.adjustedUsd()).isEqualTo("0");
        assertThat(back.exceeds()).isTrue();
        assertThat(adjustments.all("adjusted")).hasSize(2);
        assertThat(adjustments.all("globex")).isEmpty();
    }

    @Test
    void aWithdrawnImportCountsNoMoreAndItsLinesStay() {
        Imports imports = Imports.of(STORE);
        String id = imports.put("withdrawn", page("openai_costs", DAY, charge("m", "1")));

        imports.withdraw("withdrawn", id);

        assertThat(ask("withdrawn", Comparison.By.DAY, Optional.of("openai"))).isEmpty();
        assertThat(STORE.number("SELECT count() FROM invoice_line WHERE tenant = 'withdrawn'"))
                .isEqualTo(1);
    }

    @Test
    void halfAPercentIsToleratedAndNotMore() {
        STORE.put(List.of(call("near", MINI, "p", 1_000_000_000L, 0)));
        Imports.of(STORE).put("near", page("openai_costs", DAY, charge(MINI, "1.005025")));
        STORE.put(List.of(call("far", MINI, "p", 1_000_000_000L, 0)));
        Imports.of(STORE).put("far", page("openai_costs", DAY, charge(MINI, "1.005026")));

        assertThat(ask("near", Comparison.By.DAY).totals().exceeds()).isFalse();
        assertThat(ask("far", Comparison.By.DAY).totals().exceeds()).isTrue();
    }

    private static void traffic(String tenant) {
        List<SpanRecord> spans = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            spans.add(call(tenant, MINI, "proj_a", 15_000_000, 6_000_000));
        }
        for (int i = 0; i < 2; i++) {
            spans.add(span(tenant, MINI, "proj_a")
                    .setCost(Cost.newBuilder().setUnknownReason("no_price_then"))
                    .build());
        }
        spans.add(call(tenant, "gpt-4o", "proj_a", 500_000_000, 0));
        STORE.put(spans);
    }

    private static void charges(String tenant) {
        Imports.of(STORE)
                .put(
                        tenant,
                        page(
                                "openai_costs",
                                DAY,
                                charge(MINI + ", input", "0.21") + "," + charge(MINI + ", output", "0.084") + ","
                                        + charge("o9-new", "3").replace("proj_a", "proj_b")));
    }

    private static void usage(String tenant) {
        Imports.of(STORE)
                .put(
                        tenant,
                        page(
                                "openai_usage",
                                DAY,
                                "{\"model\":\"%s\",\"input_tokens\":1400000,\"output_tokens\":140000,\"num_model_requests\":14,\"project_id\":\"proj_a\"}"
                                        .formatted(MINI)));
    }

    private static String charge(String item, String usd) {
        return "{\"line_item\":\"%s\",\"project_id\":\"proj_a\",\"amount\":{\"value\":%s,\"currency\":\"usd\"}}"
                .formatted(item, usd);
    }

    private static String page(String format, LocalDate day, String results) {
        long start = day.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
        return "{\"format\":\"%s\",\"pages\":[{\"has_more\":false,\"data\":[{\"start_time\":%d,\"end_time\":%d,\"results\":[%s]}]}]}"
                .formatted(format, start, start + 86_400, results);
    }

    private static SpanRecord call(String tenant, String model, String project, long input, long output) {
        return span(tenant, model, project)
                .setCost(Cost.newBuilder()
                        .setKnown(true)
                        .setTotalNanoUsd(input + output)
                        .addComponents(part("in_uncached", 100_000, input))
                        .addComponents(part("out_text", 10_000, output)))
                .build();
    }

    private static CostComponent part(String bucket, long units, long nano) {
        return CostComponent.newBuilder()
                .setBucket(bucket)
                .setUnits(units)
                .setNanoUsd(nano)
                .build();
    }

    private static SpanRecord.Builder span(String tenant, String model, String project) {
        return SPANS.request(tenant, NOON)
                .setKind(SpanKind.SPAN_KIND_MODEL_CALL)
                .setDimensions(Dimensions.newBuilder().setModel(model).setProvider("openai"))
                .putAttributes("project", project)
                .setUsage(Usage.newBuilder().setInUncached(100_000).setOutText(10_000));
    }

    private static ReconciliationView.ProviderView ask(String tenant, Comparison.By by) {
        return ask(tenant, by, Optional.of("openai")).getFirst();
    }

    private static List<ReconciliationView.ProviderView> ask(
            String tenant, Comparison.By by, Optional<String> provider) {
        Reconciliation.Question question = new Reconciliation.Question(
                DAY.minusDays(5),
                DAY.plusDays(1),
                provider,
                by,
                Dimension.of("attr.project").orElseThrow(),
                PriceBasis.AS_PRICED_NOW);
        return new Reconciliation(STORE.reads(), STORE.inserts())
                .of(tenant, question).stream()
                        .map(result -> ReconciliationView.of(result, by))
                        .toList();
    }

    private static ReconciliationView.ExplainedView parts(String unpriced, String missing, String duplicated) {
        return new ReconciliationView.ExplainedView(unpriced, missing, duplicated, "0", "0");
    }

    private static ReconciliationView.RowView row(
            String key,
            String invoice,
            String ledger,
            String variance,
            ReconciliationView.ExplainedView explained,
            String open,
            boolean exceeds,
            long calls,
            long unpriced) {
        return new ReconciliationView.RowView(
                key, invoice, ledger, variance, explained, open, exceeds, calls, unpriced, true);
    }
}
