package io.pentameter.aggregation.focus;

import static io.pentameter.aggregation.focus.FocusFiles.JSON;
import static io.pentameter.aggregation.focus.FocusFiles.NOON;
import static io.pentameter.aggregation.focus.FocusFiles.OF_1_3;
import static io.pentameter.aggregation.focus.FocusFiles.STORE;
import static io.pentameter.aggregation.focus.FocusFiles.assertValue;
import static io.pentameter.aggregation.focus.FocusFiles.call;
import static io.pentameter.aggregation.focus.FocusFiles.csv;
import static io.pentameter.aggregation.focus.FocusFiles.ledger;
import static io.pentameter.aggregation.focus.FocusFiles.open;
import static io.pentameter.aggregation.focus.FocusFiles.rows;
import static io.pentameter.aggregation.focus.FocusFiles.specified;
import static io.pentameter.aggregation.focus.FocusFiles.value;
import static io.pentameter.aggregation.focus.FocusFiles.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Streams;
import io.pentameter.aggregation.money.Usd;
import io.pentameter.aggregation.testing.Spans;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.statistics.attribution.FocusFormat;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The file by FOCUS' own list of columns (columns-1.2.json, from the specification's git tag v1.2), made by the real engine. */
class FocusTest {

    @Test
    void everyColumnIsFocusColumnOrOursAndNoMandatoryOneIsMissing() throws IOException {
        JsonNode specified = specified();
        Set<String> known = new TreeSet<>();
        specified.get("columns").forEach(column -> known.add(column.get("id").asText()));

        List<String> names = csv("nobody", "1.2", 1).getFirst();

        assertThat(names).doesNotHaveDuplicates();
        specified.get("mandatory").forEach(column -> assertThat(names).contains(column.asText()));
        assertThat(names.stream().filter(name -> !name.startsWith("x_"))).isSubsetOf(known);
        assertThat(csv("nobody", "1.3", 1).getFirst()).containsAll(names).containsAll(OF_1_3);
    }

    @Test
    void everyValueHasTheTypeThatItsColumnWantsAndTheRowsAddUpToTheLedger() throws IOException {
        List<SpanRecord> all = new Spans(17).any("f1", NOON, 7000, 500);
        STORE.put(all);
        long ledger =
                all.stream().mapToLong(span -> span.getCost().getTotalNanoUsd()).sum();

        for (int hours : new int[] {1, 24}) {
            List<Map<String, String>> rows = rows(csv("f1", "1.2", hours));

            assertThat(rows).hasSizeGreaterThan(50);
            for (JsonNode column : specified().get("columns")) {
                for (Map<String, String> row : rows) {
                    assertValue(column, row);
                }
            }
            BigDecimal sum = rows.stream()
                    .map(row -> new BigDecimal(value(row, "BilledCost")))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(sum).isEqualByComparingTo(Usd.text(ledger));
            assertThat(SqlCoverage.read(STORE.reads(), "f1", ledger("f1"), window())
                            .usd())
                    .isEqualTo(Usd.text(ledger));
        }
    }

    /** 1,000 × 0.0000025 in one row, 100 × 0.00001 in the other; the hour holds the calls, the month the hour. */
    @Test
    void aCallIsARowForEachTokenClassOfItsPrice() throws IOException {
        STORE.put(List.of(call("f2", "gpt", "acme, \"Inc\"")));

        List<Map<String, String>> rows = rows(csv("f2", "1.2", 1));

        assertThat(rows).extracting(row -> value(row, "SkuMeter")).containsExactly("Input Tokens", "Output Tokens");
        Map<String, String> row = rows.getFirst();
        assertThat(row)
                .containsEntry("BilledCost", "0.0025")
                .containsEntry("ListUnitPrice", "0.0000025")
                .containsEntry("PricingQuantity", "1000")
                .containsEntry("PricingUnit", "Tokens")
                .containsEntry("ProviderName", "openai")
                .containsEntry("SubAccountId", "f2")
                .containsEntry("ChargePeriodStart", FocusFormat.time(NOON))
                .containsEntry("ChargePeriodEnd", FocusFormat.time(NOON.plusSeconds(3600)));
        assertThat(JSON.readTree(value(row, "Tags")).get("customer").asText()).isEqualTo("acme, \"Inc\"");
        assertThat(rows.get(1)).containsEntry("EffectiveCost", "0.001");
    }

    @Test
    void aNameThatASpreadsheetWouldRunIsDefused() throws IOException {
        STORE.put(List.of(call("f3", "=HYPERLINK(\"http://x\")", "c")));

        assertThat(value(rows(csv("f3", "1.2", 1)).getFirst(), "x_Model")).isEqualTo("'=HYPERLINK(\"http://x\")");
    }

    @Test
    void parquetHoldsTheSameRows() throws IOException {
        STORE.put(new Spans(18).any("f4", NOON, 7000, 100));
        byte[] file;
        try (InputStream in = open("f4", "1.3", 1, Streams.Format.PARQUET)) {
            file = in.readAllBytes();
        }

        STORE.reads()
                .run(
                        "CREATE TABLE %s.parquet_rows ENGINE = Memory AS SELECT * FROM format('Parquet', base64Decode('%s'))"
                                .formatted(STORE.database(), Base64.getEncoder().encodeToString(file)),
                        new Bindings());
        assertThat(STORE.number("SELECT count() FROM parquet_rows"))
                .isEqualTo(rows(csv("f4", "1.3", 1)).size());
        assertThat(STORE.number("SELECT toInt64(sum(BilledCost) * 1000000000) FROM parquet_rows"))
                .isEqualTo(STORE.number("SELECT sum(cost_nano) FROM span FINAL WHERE tenant = 'f4'"));
        assertThat(STORE.all("SELECT toTypeName(ChargePeriodStart) FROM parquet_rows LIMIT 1", row -> row.getString(1)))
                .allMatch(type -> type.contains("DateTime64"));
    }

    @Test
    void anotherTenantsRowsAreInNoFile() throws IOException {
        STORE.put(List.of(call("f5", "gpt", "secret")));

        assertThat(csv("f5-other", "1.2", 1)).hasSize(1);
    }

    @Test
    void aWindowThatCutsAChargePeriodIsRefused() {
        assertThatThrownBy(() -> FocusQuery.read(new FocusQuery.Parameters(
                        "2026-11-01T00:30:00Z",
                        "2026-11-02T00:00:00Z",
                        "xls",
                        "1.0",
                        "week",
                        "list",
                        "some",
                        "token_class")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.problem().errors())
                                .extracting(fault -> fault.pointer())
                                .containsExactly(
                                        "version", "format", "grain", "from", "priceBasis", "shared", "allocateBy"));
    }
}
