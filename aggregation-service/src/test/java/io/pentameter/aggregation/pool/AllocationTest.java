package io.pentameter.aggregation.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pentameter.aggregation.testing.Spans;
import io.pentameter.aggregation.testing.Store;
import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.Dimensions;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.contracts.v1.Usage;
import io.pentameter.kit.problem.Problem.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pools and allocation on the real engine, in dollars worked out by hand. */
class AllocationTest {

    private static final Store STORE = Store.of("pool_test");
    private static final Instant NOON = Spans.noon();
    private static final LocalDate DAY = LocalDate.ofInstant(NOON, ZoneOffset.UTC);
    private static final PoolChanges.Author AUTHOR = new PoolChanges.Author("tester", NOON);
    private static final Spans SPANS = new Spans(31);

    @Test
    void directAndSharedCostsAddUpToTheCent() {
        traffic("acme");
        SqlPools pools = new SqlPools(STORE.reads(), STORE.inserts());
        pools.put(
                "acme",
                List.of(pool("p1", "\"amountUsd\":\"10\",\"driver\":{\"kind\":\"metered\",\"measure\":\"requests\"}")));

        AllocationView answer =
                ask("acme", "{\"from\":\"%s\",\"to\":\"%s\",\"by\":[\"feature\"]}".formatted(DAY, DAY.plusDays(1)));

        assertThat(answer.rows())
                .extracting(
                        row -> row.group().get("feature"),
                        AllocationView.Row::directUsd,
                        AllocationView.Row::allocatedUsd,
                        AllocationView.Row::totalUsd,
                        AllocationView.Row::statementUsd)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("search", "0.004", "7.5", "7.504", "7.50"),
                        org.assertj.core.groups.Tuple.tuple("chat", "0.006", "2.5", "2.506", "2.51"));
        assertThat(answer.totals()).isEqualTo(new AllocationView.Totals("0.01", "10", "0", "0", "10.01", "10.01"));
        assertThat(answer.coverage().priced()).isEqualTo(2.0 / 3);
    }

    @Test
    void aPoolGoesToItsFeaturesFirstAndThroughThemToCustomers() {
        traffic("two");
        SqlPools pools = new SqlPools(STORE.reads(), STORE.inserts());
        pools.put(
                "two",
                List.of(
                        pool(
                                "p1",
                                "\"amountUsd\":\"10\",\"target\":\"feature\",\"then\":\"requests\",\"driver\":{\"kind\":\"fixed\",\"weights\":{\"search\":\"3\",\"chat\":\"1\"}}")));

        AllocationView byCustomer =
                ask("two", "{\"from\":\"%s\",\"to\":\"%s\",\"by\":[\"customer\"]}".formatted(DAY, DAY.plusDays(1)));
        AllocationView byBoth = ask(
                "two",
                "{\"from\":\"%s\",\"to\":\"%s\",\"by\":[\"customer\",\"feature\"]}".formatted(DAY, DAY.plusDays(1)));

        // search 7.5 = blue 5 + red 2.5 (2 requests to 1), chat 2.5 = blue
        assertThat(byCustomer.rows())
                .extracting(row -> row.group().get("customer") + " " + row.allocatedUsd())
                .containsExactlyInAnyOrder("blue 7.5", "red 2.5");
        assertThat(byBoth.rows())
                .extracting(row -> row.group().values() + " " + row.allocatedUsd())
                .containsExactlyInAnyOrder("[blue, search] 5", "[red, search] 2.5", "[blue, chat] 2.5");
    }

    @Test
    void aPeakIsTheBusiestHourOfTheDay() {
        List<SpanRecord> spans = new ArrayList<>();
        for (int i = 0; i < 4; i++) { // 4 in as many hours: a peak of 1
            spans.add(request("peak", NOON.plus(Duration.ofHours(i)), "steady", "c")
                    .build());
        }
        for (int i = 0; i < 3; i++) { // 3 within an hour
            spans.add(request("peak", NOON.plusSeconds(i), "bursty", "c").build());
        }
        STORE.put(spans);
        SqlPools pools = new SqlPools(STORE.reads(), STORE.inserts());
        pools.put(
                "peak",
                List.of(pool("p1", "\"amountUsd\":\"3\",\"driver\":{\"kind\":\"peak\",\"measure\":\"requests\"}")));

        AllocationView answer =
                ask("peak", "{\"from\":\"%s\",\"to\":\"%s\",\"by\":[\"feature\"]}".formatted(DAY, DAY.plusDays(1)));

        // the first step of capacity is shared (0.5 each), the two further ones are the burst's
        assertThat(answer.rows())
                .extracting(row -> row.group().get("feature") + " " + row.allocatedUsd())
                .containsExactly("bursty 2.5", "steady 0.5");
    }

    @Test
    void daysWithoutADriverStayUnallocatedAndDaysToComeAreNotCounted() {
        traffic("quiet");
        SqlPools pools = new SqlPools(STORE.reads(), STORE.inserts());
        pools.put(
                "quiet",
                List.of(
                        pool("p1", "\"amountUsd\":\"10\",\"driver\":{\"kind\":\"metered\",\"measure\":\"requests\"}"),
                        pool("idle", "\"amountUsd\":\"1\",\"kind\":\"idle_capacity\"")));

        AllocationView answer = ask(
                "quiet",
                "{\"from\":\"%s\",\"to\":\"%s\",\"by\":[\"feature\"]}".formatted(DAY.minusDays(1), DAY.plusDays(300)));

        assertThat(answer.to()).isEqualTo(DAY.plusDays(1).toString());
        assertThat(answer.pools())
                .extracting(line -> line.name() + " " + line.costUsd() + " " + line.allocatedUsd() + " "
                        + line.unallocatedUsd() + " " + line.idleUsd())
                .containsExactly("idle 2 0 0 2", "p1 20 10 10 0");
        assertThat(answer.totals()).isEqualTo(new AllocationView.Totals("0.01", "10", "10", "2", "22.01", "22.01"));
    }

    @Test
    void windowsThatFollowEachOtherAddUpAndARepetitionIsTheSame() {
        List<SpanRecord> spans = new ArrayList<>();
        for (int day = 0; day < 5; day++) {
            spans.addAll(new Spans(40 + day).any("days", NOON.minus(Duration.ofDays(day)), 3_000, 60));
        }
        STORE.put(spans);
        SqlPools pools = new SqlPools(STORE.reads(), STORE.inserts());
        pools.put(
                "days",
                List.of(
                        pool(
                                "p1",
                                "\"amountUsd\":\"100\",\"period\":\"month\",\"driver\":{\"kind\":\"metered\",\"measure\":\"tokens\"}"),
                        pool(
                                "p2",
                                "\"amountUsd\":\"7.77\",\"target\":\"provider\",\"driver\":{\"kind\":\"peak\",\"measure\":\"spans\"}")));
        String body = "{\"from\":\"%s\",\"to\":\"%s\",\"by\":[\"feature\",\"model\"]}";

        AllocationView whole = ask("days", body.formatted(DAY.minusDays(4), DAY.plusDays(1)));
        STORE.put(spans);
        AllocationView again = ask("days", body.formatted(DAY.minusDays(4), DAY.plusDays(1)));

        assertThat(again).isEqualTo(whole);
        Map<Object, BigDecimal> sums = new java.util.HashMap<>();
        for (int day = 0; day < 5; day++) {
            ask("days", body.formatted(DAY.minusDays(day), DAY.minusDays(day - 1)))
                    .rows()
                    .forEach(row -> sums.merge(row.group(), new BigDecimal(row.totalUsd()), BigDecimal::add));
        }
        assertThat(whole.rows())
                .hasSizeGreaterThan(8)
                .allSatisfy(row -> assertThat(sums.get(row.group())).isEqualByComparingTo(row.totalUsd()));
        BigDecimal cents = whole.rows().stream()
                .map(row -> new BigDecimal(row.statementUsd()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(cents.add(whole.pools().stream()
                        .map(line -> new BigDecimal(line.statementUsd()))
                        .reduce(BigDecimal.ZERO, BigDecimal::add)))
                .isEqualByComparingTo(whole.totals().statementUsd());
        AllocationView cut = ask(
                "days",
                "{\"from\":\"%s\",\"to\":\"%s\",\"by\":[\"feature\",\"model\"],\"limit\":2}"
                        .formatted(DAY.minusDays(4), DAY.plusDays(1)));
        assertThat(cut.totals()).isEqualTo(whole.totals());
        assertThat(new BigDecimal(cut.rows().get(0).totalUsd())
                        .add(new BigDecimal(cut.rows().get(1).totalUsd()))
                        .add(new BigDecimal(
                                java.util.Objects.requireNonNull(cut.other()).totalUsd())))
                .isEqualByComparingTo(whole.rows().stream()
                        .map(row -> new BigDecimal(row.totalUsd()))
                        .reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    /** However many days are measured at a time, down to one. */
    @Test
    void aWindowInPiecesIsTheSameWindow() {
        List<SpanRecord> spans = new ArrayList<>();
        for (int day = 0; day < 4; day++) {
            spans.addAll(new Spans(70 + day).any("pieces", NOON.minus(Duration.ofDays(day)), 3_000, 60));
        }
        STORE.put(spans);
        new SqlPools(STORE.reads(), STORE.inserts())
                .put(
                        "pieces",
                        List.of(
                                pool(
                                        "p1",
                                        "\"amountUsd\":\"10.01\",\"driver\":{\"kind\":\"metered\",\"measure\":\"tokens\"},\"capacity\":\"90000\""),
                                pool(
                                        "p2",
                                        "\"amountUsd\":\"7.77\",\"target\":\"provider\",\"driver\":{\"kind\":\"peak\",\"measure\":\"spans\"}")));
        AllocationQuery query = query(
                "pieces",
                "{\"from\":\"%s\",\"to\":\"%s\",\"by\":[\"customer\",\"model\"]}"
                        .formatted(DAY.minusDays(3), DAY.plusDays(1)));

        List<AllocationView> views = Stream.of(SqlMeasurements.PIECE, 40, 1)
                .map(piece -> AllocationView.of(
                        query,
                        new Allocator(query, new SqlMeasurements(STORE.reads(), "pieces", query.basis(), piece), DAY)
                                .allocate()))
                .toList();

        assertThat(views.getFirst().rows()).hasSizeGreaterThan(20);
        assertThat(views).containsOnly(views.getFirst());
    }

    @Test
    void theFileHasEveryElementAndWhatIsNobodysAndAddsUp() throws IOException {
        traffic("file");
        new SqlPools(STORE.reads(), STORE.inserts())
                .put(
                        "file",
                        List.of(
                                pool(
                                        "p1",
                                        "\"amountUsd\":\"10\",\"driver\":{\"kind\":\"metered\",\"measure\":\"requests\"}"),
                                pool("=idle", "\"amountUsd\":\"1\",\"kind\":\"idle_capacity\"")));
        AllocationQuery query = query(
                "file",
                "{\"from\":\"%s\",\"to\":\"%s\",\"by\":[\"feature\"],\"limit\":1,\"format\":\"csv\"}"
                        .formatted(DAY, DAY.plusDays(1)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        new CsvAllocation(
                        query,
                        new Allocator(query, new SqlMeasurements(STORE.reads(), "file", query.basis()), DAY).allocate())
                .write(out);

        assertThat(query.isFile()).isTrue();
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "line,feature,pool,direct_usd,allocated_usd,unallocated_usd,idle_usd,total_usd,statement_usd",
                        "element,search,,0.004,7.5,0,0,7.504,7.50",
                        "element,chat,,0.006,2.5,0,0,2.506,2.51",
                        "pool,,'=idle,0,0,0,1,1,1.00",
                        "pool,,p1,0,0,0,0,0,0.00");
    }

    @Test
    void theLastVersionCountsAndATenantSeesItsOwnOnly() {
        SqlPools pools = new SqlPools(STORE.reads(), STORE.inserts());
        Pool first = pool("v", "\"amountUsd\":\"1\",\"kind\":\"idle_capacity\"");
        pools.put("ours", List.of(first));
        Pool second = PoolChanges.next(
                first,
                pool("v", "\"amountUsd\":\"2\",\"kind\":\"idle_capacity\"").terms(),
                AUTHOR);
        pools.put("ours", List.of(second));

        assertThat(pools.list("ours")).containsExactly(second);
        assertThat(pools.find("theirs", second.id())).isEmpty();
        pools.delete("ours", PoolChanges.next(second, second.terms(), AUTHOR));
        assertThat(pools.list("ours")).isEmpty();
        assertThat(STORE.number("SELECT count() FROM cost_pool WHERE tenant = 'ours'"))
                .isEqualTo(3);
    }

    /** search: blue twice, red once (0.004 USD known); chat: blue once (0.006), one call that has no price. */
    private static void traffic(String tenant) {
        STORE.put(List.of(
                request(tenant, NOON, "search", "blue").build(),
                request(tenant, NOON, "search", "blue").build(),
                priced(request(tenant, NOON, "search", "red"), 4_000_000),
                priced(request(tenant, NOON, "chat", "blue"), 6_000_000),
                request(tenant, NOON, "chat", "blue")
                        .setIsRequest(false)
                        .setKind(SpanKind.SPAN_KIND_MODEL_CALL)
                        .setUsage(Usage.newBuilder().setInUncached(5))
                        .setCost(Cost.newBuilder().setUnknownReason("model_unknown"))
                        .build()));
    }

    private static SpanRecord priced(SpanRecord.Builder span, long nano) {
        return span.setUsage(Usage.newBuilder().setInUncached(10))
                .setCost(Cost.newBuilder().setKnown(true).setTotalNanoUsd(nano))
                .build();
    }

    private static SpanRecord.Builder request(String tenant, Instant start, String feature, String customer) {
        return SPANS.request(tenant, start)
                .setDimensions(Dimensions.newBuilder().setFeature(feature).setCustomer(customer));
    }

    private static Pool pool(String name, String rest) {
        String json = "{\"name\":\"%s\",\"kind\":\"other\",\"period\":\"day\",\"from\":\"2020-01-01\",%s}"
                .formatted(name, rest);
        List<Fault> faults = new ArrayList<>();
        try {
            Pool.Terms terms = new PoolReader("", faults)
                    .read(new ObjectMapper().readValue(json, PoolBody.class))
                    .orElseThrow(() -> new AssertionError(faults));
            return PoolChanges.first("pool_" + name, terms, AUTHOR);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static AllocationView ask(String tenant, String json) {
        AllocationQuery query = query(tenant, json);
        return AllocationView.of(
                query, new Allocator(query, new SqlMeasurements(STORE.reads(), tenant, query.basis()), DAY).allocate());
    }

    private static AllocationQuery query(String tenant, String json) {
        List<Fault> faults = new ArrayList<>();
        try {
            AllocationQuery query = AllocationQuery.of(
                    new ObjectMapper().readValue(json, AllocationBody.class),
                    new SqlPools(STORE.reads(), STORE.inserts()).list(tenant),
                    faults);
            assertThat(faults).isEmpty();
            return query;
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
