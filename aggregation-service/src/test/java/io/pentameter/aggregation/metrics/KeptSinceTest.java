package io.pentameter.aggregation.metrics;

import static io.pentameter.aggregation.metrics.EngineMetrics.LATER;
import static io.pentameter.aggregation.metrics.EngineMetrics.NOON;
import static io.pentameter.aggregation.metrics.EngineMetrics.STORE;
import static io.pentameter.aggregation.metrics.EngineMetrics.json;
import static io.pentameter.aggregation.metrics.EngineMetrics.query;
import static io.pentameter.aggregation.metrics.EngineMetrics.raw;
import static io.pentameter.aggregation.metrics.EngineMetrics.sealed;
import static io.pentameter.aggregation.metrics.EngineMetrics.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.retention.AllTenantsRetention;
import io.pentameter.aggregation.retention.SqlKeptSince;
import io.pentameter.aggregation.rollup.AllTenantsSealer;
import io.pentameter.aggregation.rollup.RollupTable;
import io.pentameter.aggregation.testing.Spans;
import io.pentameter.kit.problem.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a tenant does not keep any longer goes, and no sum goes with it. */
class KeptSinceTest {

    /** A day that is too old for who keeps 30 days. */
    private static final Instant OLD = NOON.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(40));

    private static final Instant SINCE = LATER.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(30));
    private static final Duration PAUSE = Duration.ofMinutes(30);
    private static final String SUMS = "\"spans\",\"requests\",\"cost_usd\",\"input_tokens\",\"failures\"";
    private static final String DAY = window(OLD, OLD.plusSeconds(86_400));
    private static final String DAYS = window(OLD.minusSeconds(2 * 86_400), OLD.plusSeconds(3 * 86_400));
    private static final List<String> ASKED = List.of(
            query(SUMS, "\"model\"", DAY, ""),
            query(SUMS, "\"feature\"", DAYS, ""),
            query("\"cost_usd\",\"requests\",\"model_calls\"", "\"customer\"", DAYS, ""),
            query(SUMS, "\"intent\",\"region\"", DAYS, ""),
            query("\"latency_p95\"", "", DAY, ""));

    @Test
    void whatNamesSomebodyGoesAndTheSumsStayWhateverComesLater() {
        STORE.put(new Spans(31).any("short", OLD, 86_000, 400));
        STORE.put(new Spans(32).any("short", NOON, 7000, 100));
        STORE.put(new Spans(33).any("long", OLD, 86_000, 50));
        seal(LATER);
        List<String> before = answers();
        long ofLong = all("long");
        long recent = STORE.number("SELECT count() FROM span WHERE tenant = 'short' AND start >= " + text(SINCE));

        AllTenantsRetention retention = retention(LATER);
        assertThat(retention.look(Map.of("short", 30, "long", 90), true)).isZero();
        assertThat(all("short")).isPositive(); // a seal that has begun may still read
        expire(LATER.plus(PAUSE));

        assertThat(STORE.number("SELECT count() FROM span WHERE tenant = 'short'"))
                .isEqualTo(recent)
                .isEqualTo(100);
        assertThat(all("long")).isEqualTo(ofLong).isPositive();
        assertThat(raw("short", ASKED.getFirst()).totals().get("spans")).isEqualTo(0L);
        assertThat(answers()).isEqualTo(before);

        lateSpansAreNotCounted(before);
        otherLayoutsAndPricesDoNotSealAgain(before);
        whatOneRollupNeverHadIsReadFromAnother(before);
    }

    private static void lateSpansAreNotCounted(List<String> before) {
        STORE.put(new Spans(34).any("short", OLD, 86_000, 20));
        seal(LATER.plusSeconds(7200));

        assertThat(answers()).isEqualTo(before);
        expire(LATER.plusSeconds(7200));
    }

    private static void otherLayoutsAndPricesDoNotSealAgain(List<String> before) {
        run(
                "INSERT INTO repricing_event (tenant, generation, kind, begin, finish, at, actor) SELECT 'short', 77, 'applied', "
                        + text(OLD) + ", " + text(OLD.plusSeconds(86_400)) + ", " + text(LATER) + ", 'ada'");
        run("INSERT INTO seal SELECT * REPLACE (concat(splitByChar('/', rollup)[1], '/1') AS rollup) FROM seal"
                + " WHERE tenant = 'short' AND bucket < " + text(SINCE));
        run("DELETE FROM seal WHERE tenant = 'short' AND NOT endsWith(rollup, '/1') AND bucket < " + text(SINCE));
        seal(LATER.plusSeconds(10_000));

        assertThat(answers()).isEqualTo(before);
    }

    private static void whatOneRollupNeverHadIsReadFromAnother(List<String> before) {
        String old = " WHERE tenant = 'short' AND bucket < " + text(SINCE);
        run("DELETE FROM seal" + old + " AND startsWith(rollup, 'rollup_model_1d/')");
        run("DELETE FROM rollup_model_1d" + old);
        seal(LATER.plusSeconds(20_000));

        assertThat(answers()).isEqualTo(before);
    }

    @Test
    void nothingIsGivenUpThatIsNotSealed() {
        STORE.put(new Spans(35).any("unsealed", OLD, 3000, 20));

        assertThat(retention(LATER).look(Map.of("unsealed", 30), true)).isEqualTo(1);
        assertThat(since("unsealed")).isZero();
        seal(LATER);
        assertThat(retention(LATER).look(Map.of("unsealed", 30), true)).isZero();
        assertThat(since("unsealed")).isEqualTo(SINCE.getEpochSecond());
        assertThat(SqlKeptSince.after(STORE.reads(), "unsealed", SINCE)).isNull();
        assertThatThrownBy(() -> SqlKeptSince.require(STORE.reads(), "unsealed", "/from", SINCE.minusSeconds(1)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problem().errors())
                                .singleElement()
                                .satisfies(fault -> {
                                    assertThat(fault.pointer()).isEqualTo("/from");
                                    assertThat(fault.detail()).contains("must not begin before " + SINCE);
                                }));
        SqlKeptSince.require(STORE.reads(), "somebody else", "/from", SINCE.minusSeconds(1));
        assertThat(retention(LATER).look(Map.of("unsealed", 90), true)).isZero();
        assertThat(since("unsealed")).isEqualTo(SINCE.getEpochSecond());
    }

    @Test
    void whoeverKeepsAllThatTheTablesKeepIsLeftToThem() {
        assertThat(retention(LATER).look(Map.of("all", 400, "more", 3650), true))
                .isZero();
        assertThat(since("all") + since("more")).isZero();
    }

    /** Without any setting of a tenant: names go after 400 days, sums of a day after ten years, others never. */
    @Test
    void theTablesThemselvesEndNamesAndKeepSums() {
        for (RollupTable rollup : RollupTable.values()) {
            run("INSERT INTO " + rollup.table()
                    + " (tenant, bucket, version) SELECT 'ancient', toStartOfDay(now()) - 86400 * 500, 1");
            run("OPTIMIZE TABLE " + rollup.table() + " FINAL");

            assertThat(STORE.number("SELECT count() FROM " + rollup.table() + " WHERE tenant = 'ancient'"))
                    .as(rollup.table())
                    .isEqualTo(rollup.keepsNames() ? 0 : 1);
        }
        assertThat(Arrays.stream(RollupTable.values()).filter(RollupTable::keepsNames))
                .contains(
                        RollupTable.ROLLUP_CUSTOMER_1D,
                        RollupTable.ROLLUP_CUSTOMER_1H,
                        RollupTable.ROLLUP_SESSION_1H,
                        RollupTable.ROLLUP_TAG_1H)
                .doesNotContain(
                        RollupTable.ROLLUP_MODEL_1D,
                        RollupTable.ROLLUP_MODEL_1H,
                        RollupTable.ROLLUP_MODEL_5M,
                        RollupTable.ROLLUP_WIDE_1H);
    }

    private static List<String> answers() {
        return ASKED.stream().map(asked -> json(sealed("short", asked))).toList();
    }

    /** As whoever leads from now on: what is to be deleted is deleted, once more or for the first time. */
    private static void expire(Instant now) {
        assertThat(retention(now).look(Map.of("short", 30, "long", 90), true)).isZero();
        await().atMost(Duration.ofSeconds(20)).until(() -> old("short") == 0);
    }

    private static AllTenantsRetention retention(Instant now) {
        return new AllTenantsRetention(
                STORE.reads(), STORE.reads(), STORE.inserts(), Clock.fixed(now, ZoneOffset.UTC), PAUSE);
    }

    /** Rows with names or payloads that are older than the tenant keeps them. */
    private static long old(String tenant) {
        return count(tenant, " < " + text(SINCE));
    }

    private static long all(String tenant) {
        return count(tenant, " > 0");
    }

    private static long count(String tenant, String when) {
        Stream<String> spans = Stream.of("span", "span_payload")
                .map(table -> "SELECT count() AS n FROM " + table + " WHERE tenant = '" + tenant + "' AND start"
                        + when.replace("> 0", "> toDateTime(0)"));
        Stream<String> sums = Arrays.stream(RollupTable.values())
                .filter(RollupTable::endsWithRetention)
                .map(rollup -> "SELECT count() FROM " + rollup.table() + " WHERE tenant = '" + tenant + "' AND bucket"
                        + when.replace("> 0", "> toDateTime(0)"));
        return STORE.number("SELECT sum(n) FROM ("
                + String.join(" UNION ALL ", Stream.concat(spans, sums).toList()) + ")");
    }

    private static long since(String tenant) {
        return STORE.number("SELECT toUnixTimestamp(max(since)) FROM kept_since WHERE tenant = '" + tenant + "'");
    }

    private static void seal(Instant now) {
        AllTenantsSealer sealer =
                new AllTenantsSealer(STORE.reads(), STORE.reads(), STORE.inserts(), Clock.fixed(now, ZoneOffset.UTC));
        for (RollupTable rollup : RollupTable.values()) {
            sealer.seal(
                    rollup,
                    new AllTenantsSealer.Round(
                            Duration.ofDays(400), Duration.ofSeconds(60), Duration.ofSeconds(1), 10_000));
        }
    }

    private static void run(String sql) {
        STORE.reads().run(sql, new Bindings());
    }

    private static String text(Instant time) {
        return "toDateTime(" + time.getEpochSecond() + ", 'UTC')";
    }
}
