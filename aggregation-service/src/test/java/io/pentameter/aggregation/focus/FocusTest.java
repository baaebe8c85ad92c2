package io.pentameter.aggregation.focus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pentameter.aggregation.cost.SqlLedger;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.ClickHouseStreams;
import io.pentameter.aggregation.engine.StreamConfig;
import io.pentameter.aggregation.engine.Streams;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.aggregation.generation.PriceBasis;
import io.pentameter.aggregation.metrics.Window;
import io.pentameter.aggregation.money.Usd;
import io.pentameter.aggregation.pool.SharedCosts;
import io.pentameter.aggregation.testing.Spans;
import io.pentameter.aggregation.testing.Store;
import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.CostComponent;
import io.pentameter.contracts.v1.Dimensions;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.contracts.v1.Usage;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.stack.testing.SharedEngines;
import io.pentameter.statistics.attribution.FocusFormat;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The file by FOCUS' own list of columns (columns-1.2.json, from the specification's git tag v1.2), made by the real engine. */
class FocusTest {

    private static final Instant NOON = Spans.noon();
    private static final Store STORE = Store.of("focus_test");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TIME = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z";
    private static final Map<String, Set<String>> ALLOWED = Map.of(
            "ChargeCategory", Set.of("Usage", "Purchase", "Tax", "Credit", "Adjustment"),
            "ChargeClass", Set.of("", "Correction"),
            "ChargeFrequency", Set.of("One-Time", "Recurring", "Usage-Based"),
            "PricingCategory", Set.of("Standard", "Dynamic", "Committed", "Other"),
            "ServiceCategory", Set.of("AI and Machine Learning", "Databases"),
            "ServiceSubcategory", Set.of("Generative AI", "Other (Databases)"),
            "BillingCurrency", Set.of("USD"));
    private static final List<Dimension> BY = List.of(
            Dimension.of("feature").orElseThrow(), Dimension.of("customer").orElseThrow());
    private static final Set<String> OF_1_3 = Set.of(
            "AllocatedMethodDetails",
            "AllocatedMethodId",
            "AllocatedResourceId",
            "AllocatedResourceName",
            "AllocatedTags",
            "HostProviderName",
            "ServiceProviderName");

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

    /** A call of 0.0035 and a pool of 10: two thirds and one third of the 8.5 that is used, less a nano-dollar that is nobody's, and 1.5 idle. */
    @Test
    void aShareOfAPoolIsAPurchaseOfItsElement() throws IOException {
        STORE.put(List.of(call("f6", "gpt", "acme")));
        List<SharedCosts.Share> shares = List.of(
                share(SharedCosts.Part.SHARED, List.of("chat", "acme"), "5.666666666"),
                share(SharedCosts.Part.SHARED, List.of("search", ""), "2.833333333"),
                share(SharedCosts.Part.UNALLOCATED, List.of(), "0.000000001"),
                share(SharedCosts.Part.IDLE, List.of(), "1.5"));

        List<Map<String, String>> rows = rows(csv("f6", "1.3", 1, shares));

        assertThat(rows).hasSize(6);
        assertThat(rows.stream()
                        .map(row -> new BigDecimal(value(row, "BilledCost")))
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("10.0035");
        for (JsonNode column : specified().get("columns")) {
            for (Map<String, String> row : rows) {
                assertValue(column, row);
            }
        }
        assertThat(rows).extracting(row -> value(row, "x_CostBasis")).containsOnly("ledger", "allocated");
        Map<String, String> chat = rows.stream()
                .filter(row -> value(row, "BilledCost").equals("5.666666666"))
                .findFirst()
                .orElseThrow();
        assertThat(chat)
                .containsEntry("ChargeCategory", "Purchase")
                .containsEntry("ChargeClass", "")
                .containsEntry("ChargeFrequency", "Recurring")
                .containsEntry("ChargeDescription", "Vector store")
                .containsEntry("ServiceName", "Vector store")
                .containsEntry("ServiceCategory", "Databases")
                .containsEntry("ConsumedQuantity", "")
                .containsEntry("PricingQuantity", "5.666666666")
                .containsEntry("PricingUnit", "USD")
                .containsEntry("ListUnitPrice", "1")
                .containsEntry("Tags", "{}")
                .containsEntry("SkuId", "pool_1")
                .containsEntry("x_PoolPart", "shared")
                .containsEntry("x_PriceBasis", "as_priced_now")
                .containsEntry("AllocatedMethodId", "metered:tokens")
                .containsEntry("AllocatedResourceId", "feature=chat,customer=acme")
                .containsEntry("ChargePeriodStart", FocusFormat.time(NOON.truncatedTo(ChronoUnit.DAYS)))
                .containsEntry(
                        "ChargePeriodEnd",
                        FocusFormat.time(NOON.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1))));
        assertThat(JSON.readTree(value(chat, "AllocatedTags")).get("customer").asText())
                .isEqualTo("acme");
        assertThat(rows).extracting(row -> value(row, "AllocatedResourceId")).contains("feature=search", "");
        assertThat(rows.stream().filter(row -> value(row, "x_CostBasis").equals("allocated")))
                .allMatch(row -> value(row, "AllocatedMethodId").equals("metered:tokens"));
        List<Map<String, String>> former = rows(csv("f6", "1.2", 24, shares));
        assertThat(former).hasSize(6);
        assertThat(former).extracting(row -> value(row, "Tags")).anyMatch(tags -> tags.contains("\"search\""));
    }

    private static SharedCosts.Share share(SharedCosts.Part part, List<String> element, String usd) {
        return new SharedCosts.Share(
                LocalDate.ofInstant(NOON, ZoneOffset.UTC),
                new SharedCosts.PoolName("pool_1", 17, "Vector store", "vector_store", "metered", "tokens"),
                part,
                element,
                new BigDecimal(usd));
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

    private static void assertValue(JsonNode column, Map<String, String> row) {
        String id = column.get("id").asText();
        String value = row.get(id);
        if (value == null) {
            return;
        }
        if (column.get("nullable").asText().equals("False")) {
            assertThat(value).as(id).isNotBlank();
        }
        if (!value.isEmpty()) {
            switch (column.get("data").asText()) {
                case "Decimal" ->
                    assertThat(FocusFormat.isNumber(value)).as(id + " " + value).isTrue();
                case "Date/Time" -> assertThat(value).as(id).matches(TIME);
                case "JSON" -> assertThat(value).as(id).startsWith("{").endsWith("}");
                default -> assertThat(value).as(id).isNotBlank();
            }
        }
        if (ALLOWED.containsKey(id)) {
            assertThat(Objects.requireNonNull(ALLOWED.get(id))).as(id).contains(value);
        }
    }

    private static String value(Map<String, String> row, String name) {
        return Objects.requireNonNull(row.get(name), name);
    }

    private static JsonNode specified() throws IOException {
        try (InputStream in = Objects.requireNonNull(FocusTest.class.getResourceAsStream("columns-1.2.json"))) {
            return JSON.readTree(in);
        }
    }

    private static Window window() {
        Instant day = NOON.truncatedTo(ChronoUnit.DAYS);
        return new Window(day, day.plus(Duration.ofDays(1)));
    }

    private static SqlLedger ledger(String tenant) {
        return SqlLedger.of(STORE.reads(), tenant, window(), PriceBasis.AS_PRICED_NOW);
    }

    private static InputStream open(String tenant, String version, int hours, Streams.Format format) {
        return open(tenant, version, hours, format, List.of());
    }

    private static InputStream open(
            String tenant, String version, int hours, Streams.Format format, List<SharedCosts.Share> shares) {
        FocusQuery query = new FocusQuery(
                window(), FocusVersion.of(version).orElseThrow(), format, hours, PriceBasis.AS_PRICED_NOW, true, BY);
        Bindings bindings = new Bindings();
        ClickHouseStreams streams =
                new ClickHouseStreams(Store.config(SharedEngines.clickHouse(), STORE.database()), new Limits());
        return streams.open(
                new TenantQuery(
                        tenant,
                        FocusSql.rows(ledger(tenant), query, new SharedRows(shares, BY), tenant, bindings),
                        bindings),
                format);
    }

    private record Limits() implements StreamConfig {

        @Override
        public int maxFiles() {
            return 2;
        }

        @Override
        public Duration maxTime() {
            return Duration.ofSeconds(60);
        }

        @Override
        public long maxRows() {
            return 100_000;
        }
    }

    private static List<List<String>> csv(String tenant, String version, int hours) throws IOException {
        return csv(tenant, version, hours, List.of());
    }

    private static List<List<String>> csv(String tenant, String version, int hours, List<SharedCosts.Share> shares)
            throws IOException {
        try (InputStream in = open(tenant, version, hours, Streams.Format.CSV, shares)) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static List<Map<String, String>> rows(List<List<String>> lines) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (List<String> line : lines.subList(1, lines.size())) {
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < line.size(); i++) {
                row.put(lines.getFirst().get(i), line.get(i));
            }
            rows.add(row);
        }
        return rows;
    }

    /** RFC 4180. */
    private static List<List<String>> parse(String text) {
        List<List<String>> lines = new ArrayList<>();
        List<String> line = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean isQuoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isQuoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"') {
                isQuoted = !isQuoted;
            } else if (!isQuoted && (c == ',' || c == '\n')) {
                line.add(field.toString());
                field.setLength(0);
                if (c == '\n') {
                    lines.add(line);
                    line = new ArrayList<>();
                }
            } else {
                field.append(c);
            }
        }
        return lines;
    }

    private static SpanRecord call(String tenant, String model, String customer) {
        return new Spans(model.hashCode())
                .request(tenant, NOON.plusSeconds(10))
                .setKind(SpanKind.SPAN_KIND_MODEL_CALL)
                .setDimensions(Dimensions.newBuilder()
                        .setFeature("chat")
                        .setCustomer(customer)
                        .setModel(model)
                        .setProvider("openai"))
                .setUsage(Usage.newBuilder().setInUncached(1000).setOutText(100))
                .setCost(Cost.newBuilder()
                        .setKnown(true)
                        .setTotalNanoUsd(3_500_000)
                        .setPriceId("openai/gpt")
                        .setPriceVersion("book-1")
                        .addComponents(CostComponent.newBuilder()
                                .setBucket("in_uncached")
                                .setUnits(1000)
                                .setNanoUsdPerUnit("2500")
                                .setNanoUsd(2_500_000))
                        .addComponents(CostComponent.newBuilder()
                                .setBucket("out_text")
                                .setUnits(100)
                                .setNanoUsdPerUnit("10000")
                                .setNanoUsd(1_000_000)))
                .build();
    }
}
