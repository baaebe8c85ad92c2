package io.pentameter.aggregation.focus;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.pentameter.aggregation.pool.SharedCosts;
import io.pentameter.aggregation.testing.Spans;
import io.pentameter.aggregation.testing.Store;
import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.CostComponent;
import io.pentameter.contracts.v1.Dimensions;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.contracts.v1.Usage;
import io.pentameter.stack.testing.SharedEngines;
import io.pentameter.statistics.attribution.FocusFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Files of the real engine, and what FOCUS says of their columns. */
final class FocusFiles {

    static final Instant NOON = Spans.noon();
    static final Store STORE = Store.of("focus_test");
    static final ObjectMapper JSON = new ObjectMapper();
    private static final String TIME = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z";
    private static final Map<String, Set<String>> ALLOWED = Map.of(
            "ChargeCategory", Set.of("Usage", "Purchase", "Tax", "Credit", "Adjustment"),
            "ChargeClass", Set.of("", "Correction"),
            "ChargeFrequency", Set.of("One-Time", "Recurring", "Usage-Based"),
            "PricingCategory", Set.of("Standard", "Dynamic", "Committed", "Other"),
            "ServiceCategory", Set.of("AI and Machine Learning", "Databases"),
            "ServiceSubcategory", Set.of("Generative AI", "Other (Databases)"),
            "BillingCurrency", Set.of("USD"));
    static final List<Dimension> BY = List.of(
            Dimension.of("feature").orElseThrow(), Dimension.of("customer").orElseThrow());
    static final Set<String> OF_1_3 = Set.of(
            "AllocatedMethodDetails",
            "AllocatedMethodId",
            "AllocatedResourceId",
            "AllocatedResourceName",
            "AllocatedTags",
            "HostProviderName",
            "ServiceProviderName");

    private FocusFiles() {}

    static void assertValue(JsonNode column, Map<String, String> row) {
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

    static String value(Map<String, String> row, String name) {
        return Objects.requireNonNull(row.get(name), name);
    }

    static JsonNode specified() throws IOException {
        try (InputStream in = Objects.requireNonNull(FocusTest.class.getResourceAsStream("columns-1.2.json"))) {
            return JSON.readTree(in);
        }
    }

    static Window window() {
        Instant day = NOON.truncatedTo(ChronoUnit.DAYS);
        return new Window(day, day.plus(Duration.ofDays(1)));
    }

    static SqlLedger ledger(String tenant) {
        return SqlLedger.of(STORE.reads(), tenant, window(), PriceBasis.AS_PRICED_NOW);
    }

    static InputStream open(String tenant, String version, int hours, Streams.Format format) {
        return open(tenant, version, hours, format, List.of());
    }

    static InputStream open(
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

    static List<List<String>> csv(String tenant, String version, int hours) throws IOException {
        return csv(tenant, version, hours, List.of());
    }

    static List<List<String>> csv(String tenant, String version, int hours, List<SharedCosts.Share> shares)
            throws IOException {
        try (InputStream in = open(tenant, version, hours, Streams.Format.CSV, shares)) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    static List<Map<String, String>> rows(List<List<String>> lines) {
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
    static List<List<String>> parse(String text) {
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

    static SpanRecord call(String tenant, String model, String customer) {
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
