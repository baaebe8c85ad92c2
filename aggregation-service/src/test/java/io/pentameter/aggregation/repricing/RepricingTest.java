package io.pentameter.aggregation.repricing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.ByteString;
import io.pentameter.aggregation.cost.LedgerSql;
import io.pentameter.aggregation.cost.SqlLedger;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.aggregation.generation.Generations;
import io.pentameter.aggregation.generation.PriceBasis;
import io.pentameter.aggregation.metrics.Window;
import io.pentameter.aggregation.rollup.AllTenantsSealer;
import io.pentameter.aggregation.rollup.RollupTable;
import io.pentameter.aggregation.testing.Store;
import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.Dimensions;
import io.pentameter.contracts.v1.OwnDiscount;
import io.pentameter.contracts.v1.OwnPrice;
import io.pentameter.contracts.v1.OwnPrices;
import io.pentameter.contracts.v1.ProcessingRegion;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.contracts.v1.Usage;
import io.pentameter.contracts.v1.UsageSource;
import io.pentameter.pricing.OwnPriceBook;
import io.pentameter.pricing.PriceBook;
import io.pentameter.pricing.PriceBooks;
import io.pentameter.pricing.PriceList;
import io.pentameter.pricing.PricedCall;
import io.pentameter.pricing.Pricing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Costs under other prices: the engine's arithmetic is that of module pricing, and applying is undone without a trace. */
class RepricingTest {

    private static final Store STORE = Store.of("repricing_test");
    private static final ObjectMapper JSON =
            JsonMapper.builder().findAndAddModules().build();
    private static final PriceBook BOOK = PriceBooks.shipped();
    private static final PriceList BOOKED = PriceList.of(BOOK);

    /** The last days of August: one of the models has another price from September on. */
    private static final Instant FROM = Instant.parse("2026-08-31T18:00:00Z");

    private static final Instant TO = FROM.plus(Duration.ofHours(12));
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private static final PriceList NEGOTIATED = new PriceList(
            BOOK,
            new OwnPriceBook(
                    3,
                    OwnPrices.newBuilder()
                            .addPrices(OwnPrice.newBuilder()
                                    .setId("own")
                                    .setModel("llama-local")
                                    .putAmounts("in_uncached", "0.123456789012")
                                    .putAmounts("out_text", "0.35")
                                    .putAmounts("requests", "0.00000000025"))
                            .addDiscounts(OwnDiscount.newBuilder()
                                    .setProvider("openai")
                                    .setFromDay(LocalDate.parse("2026-09-01").toEpochDay())
                                    .setPercent("12.5"))
                            .addDiscounts(OwnDiscount.newBuilder()
                                    .setModel("claude-sonnet-4-5*")
                                    .setPercent("33.3"))
                            .addRegions(ProcessingRegion.newBuilder()
                                    .setProvider("openai")
                                    .setRegion("eu"))
                            .build()));

    private static final String[][] MODELS = {
        {"openai", "gpt-4o-mini-2024-07-18", "gpt-4o-mini"},
        {"openai", "gpt-5", "gpt-5"},
        {"openai", "gpt-5.5", ""},
        {"anthropic", "claude-sonnet-4-5", ""},
        {"anthropic", "claude-sonnet-5", ""},
        {"deepseek", "deepseek-chat", ""},
        {"openai", "whisper-1", ""},
        {"openai", "gpt-4o-search-preview", ""},
        {"openai", "gpt-4o-mini-private-7", "gpt-4o-mini"},
        {"vllm", "llama-local", ""},
        {"openai", "no-such-model", ""},
        {"", "", ""}
    };
    private static final String[] TIERS = {"", "", "", "batch", "flex", "priority", "scale"};

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

    private static Repricing workOut(String tenant, PriceList prices, boolean onlyUnknown) {
        Repricing repricing = repricing(tenant, onlyUnknown);
        SqlRepricer repricer = new SqlRepricer(STORE.reads(), STORE.reads(), STORE.inserts());
        try {
            repricer.writeLines(repricing, prices);
        } catch (SqlRepricer.ImpossibleException e) {
            throw new AssertionError(e);
        }
        List<RepriceSql.Piece> pieces = repricer.pieces(repricing);
        assertThat(pieces).isNotEmpty();
        repricer.price(pieces, List.of(), _ -> {});
        return repricing;
    }

    private static long generations = 1000;

    private static Repricing repricing(String tenant, boolean onlyUnknown) {
        generations++;
        return new Repricing(
                tenant,
                "r" + generations,
                generations,
                Repricing.State.CALCULATING,
                new RepricingOrder(FROM, TO, List.of(), "latest", onlyUnknown),
                BOOK.version(),
                3,
                1,
                0,
                "",
                "ada",
                NOW);
    }

    private static SqlRepricings repricings(Instant now) {
        return new SqlRepricings(STORE.reads(), STORE.inserts(), JSON, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static long current(String tenant) {
        Bindings bindings = new Bindings();
        String visible = Generations.visible(TenantQuery.TENANT, FROM, TO, bindings);
        Generations generations =
                new Generations(STORE.reads().read(new TenantQuery(tenant, visible, bindings), row -> row.getLong(1)));
        Bindings more = new Bindings();
        String sql = "SELECT sum(cost_nano) FROM "
                + generations.spans(TenantQuery.TENANT, "start >= " + more.instant(FROM), more) + " WHERE "
                + TenantQuery.TENANT;
        return STORE.reads()
                .read(new TenantQuery(tenant, sql, more), row -> row.getLong(1))
                .getFirst();
    }

    /** The sum of an amount over the ledger that questions of cost are answered from. */
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

    private static long billed(String tenant) {
        return STORE.number("SELECT sum(cost_nano) FROM span FINAL WHERE tenant = '" + tenant + "'");
    }

    private static long inRollup(String tenant) {
        return STORE.number("SELECT sum(cost_nano) FROM rollup_model_5m FINAL WHERE tenant = '" + tenant + "'");
    }

    private static List<String> rows(Repricing repricing) {
        return STORE.all(
                "SELECT concat(hex(span_id), ' ', toString(cost_known), ' ', toString(cost_nano), ' ', toString(line))"
                        + " AS text FROM repriced_span FINAL WHERE generation = " + repricing.generation()
                        + " ORDER BY text",
                row -> row.getString(1));
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

    private static boolean isPriceable(SpanRecord span) {
        return span.getUsage().getSource() != UsageSource.USAGE_SOURCE_CLIENT_CACHE
                && !span.getCost().getUnknownReason().equals("usage_incomplete");
    }

    private static Cost cost(PriceList prices, SpanRecord span) {
        Dimensions dimensions = span.getDimensions();
        return Pricing.cost(
                prices,
                new PricedCall(
                        dimensions.getProvider(),
                        dimensions.getModel(),
                        dimensions.getRequestedModel(),
                        span.getStartNs(),
                        span.getUsage()));
    }

    private static List<SpanRecord> spans(String tenant, long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        List<SpanRecord> spans = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            spans.add(span(tenant, random));
        }
        return spans;
    }

    private static SpanRecord span(String tenant, SplittableRandom random) {
        String[] model = MODELS[random.nextInt(MODELS.length)];
        long start = FROM.getEpochSecond() * 1_000_000_000L + random.nextLong(12 * 3600 * 1_000_000_000L);
        Usage.Builder usage = Usage.newBuilder()
                .setInUncached(random.nextInt(10) == 0 ? random.nextInt(900_000) : random.nextInt(3000))
                .setInCacheRead(random.nextInt(3) == 0 ? random.nextInt(2000) : 0)
                .setInCacheWrite5M(random.nextInt(4) == 0 ? random.nextInt(2000) : 0)
                .setInCacheWrite1H(random.nextInt(5) == 0 ? random.nextInt(2000) : 0)
                .setInAudio(random.nextInt(20) == 0 ? 7 : 0)
                .setOutText(random.nextInt(900))
                .setOutReasoning(random.nextInt(3) == 0 ? random.nextInt(300) : 0)
                .setSearches(random.nextInt(6) == 0 ? 1 + random.nextInt(3) : 0)
                .setMediaMs(model[1].equals("whisper-1") ? random.nextInt(90_000) : 0)
                .setServiceTier(TIERS[random.nextInt(TIERS.length)]);
        if (model[1].equals("whisper-1")) {
            usage.clearInUncached().clearOutText().clearInCacheRead();
        }
        if (random.nextInt(500) == 0) {
            usage.setOutText(2_000_000_000_000_000L);
        }
        SpanRecord span = SpanRecord.newBuilder()
                .setSchemaVersion(3)
                .setTenant(tenant)
                .setKeyId("key_1")
                .setReceivedAtUs(start / 1000 + 1_000_000)
                .setTraceId(bytes(16, random))
                .setSpanId(bytes(8, random))
                .setStartNs(start)
                .setDurationNs(1_000_000_000L)
                .setKind(SpanKind.SPAN_KIND_MODEL_CALL)
                .setDimensions(Dimensions.newBuilder()
                        .setProvider(model[0])
                        .setModel(model[1])
                        .setRequestedModel(model[2])
                        .setFeature("feature-" + random.nextInt(4))
                        .setCustomer("customer-" + random.nextInt(9)))
                .setUsage(usage)
                .build();
        if (random.nextInt(20) == 0) {
            return span.toBuilder()
                    .setUsage(span.getUsage().toBuilder().setSource(UsageSource.USAGE_SOURCE_CLIENT_CACHE))
                    .setCost(Pricing.free(BOOKED))
                    .build();
        }
        if (random.nextInt(20) == 0) {
            return span.toBuilder()
                    .setCost(Pricing.unknown(BOOKED, Pricing.USAGE_INCOMPLETE))
                    .build();
        }
        return span.toBuilder().setCost(cost(BOOKED, span)).build();
    }

    private static ByteString bytes(int length, SplittableRandom random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        bytes[0] |= 1;
        return ByteString.copyFrom(bytes);
    }
}
