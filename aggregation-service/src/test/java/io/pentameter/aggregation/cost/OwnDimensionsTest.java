package io.pentameter.aggregation.cost;

import static io.pentameter.aggregation.cost.EngineCosts.NOON;
import static io.pentameter.aggregation.cost.EngineCosts.STORE;
import static io.pentameter.aggregation.cost.EngineCosts.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pentameter.aggregation.engine.AllTenantsQuery;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Insertion;
import io.pentameter.aggregation.engine.Inserts;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.Statements;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.aggregation.owndimension.OwnDimensions;
import io.pentameter.aggregation.owndimension.SqlOwnDimensions;
import io.pentameter.aggregation.rollup.AllTenantsSealer;
import io.pentameter.aggregation.rollup.RollupTable;
import io.pentameter.aggregation.testing.Spans;
import io.pentameter.contracts.v1.SpanRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Costs by a dimension that the tenant has declared come from sealed hours, and are those of the spans to the last digit at any moment. */
class OwnDimensionsTest {

    /** Neither begins nor ends with an hour. */
    private static final Instant FROM = NOON.minusSeconds(200_000);

    private static final Instant TO = NOON.plusSeconds(200_001);
    private static final String BY_TEAM = ",\"groupBy\":[\"attr.team\"],\"limit\":1000";

    /** Each seal is later than the last, so that no bucket rests. */
    private static final AtomicInteger SEALS = new AtomicInteger();

    @Test
    void whatIsDeclaredAnswersAsTheSpansDo() {
        STORE.put(any("declared", 3000));
        STORE.put(any("undeclared", 300));
        declare("declared", "team", "plan", "it's \\ \"odd\"");
        seal();

        for (String rest : List.of(
                "\"groupBy\":[\"attr.team\"]",
                "\"groupBy\":[\"attr.plan\"]",
                "\"groupBy\":[\"attr.it's \\\\ \\\"odd\\\"\"]",
                "\"groupBy\":[\"attr.none\"]",
                "\"groupBy\":[\"feature\",\"attr.team\"]",
                "\"groupBy\":[\"attr.team\",\"provider\",\"model\",\"environment\"]",
                "\"groupBy\":[\"attr.team\",\"attr.plan\"]",
                "\"groupBy\":[\"attr.team\",\"customer\"]",
                "\"groupBy\":[\"attr.team\",\"tag\"]",
                "\"groupBy\":[\"attr.team\",\"token_class\"]",
                "\"groupBy\":[\"attr.team\"],\"orderBy\":\"output_tokens\"",
                "\"groupBy\":[\"attr.team\"],\"include\":[\"waste\",\"cache\"]",
                "\"groupBy\":[\"attr.team\"]," + filter("attr.team", "in", "[\"team-1\",\"team-2\"]"),
                "\"groupBy\":[\"attr.team\"]," + filter("feature", "eq", "\"feature-1\""),
                "\"groupBy\":[\"attr.team\"]," + filter("attr.plan", "eq", "\"pro\""),
                "\"groupBy\":[\"feature\"]," + filter("attr.team", "eq", "\"team-3\""),
                "\"groupBy\":[\"feature\"]," + filter("attr.team", "ne", "\"team-3\""),
                "\"groupBy\":[\"model\"]," + filter("attr.team", "exists", "false"),
                "\"groupBy\":[\"model\"]," + filter("attr.team", "contains", "\"M-2\""),
                "\"groupBy\":[\"customer\"]," + filter("attr.team", "eq", "\"team-3\""),
                filter("attr.team", "eq", "\"team-3\""))) {
            for (int limit : new int[] {2, 1000}) {
                String all = ",%s,\"limit\":%d".formatted(rest, limit);

                assertThat(ask("declared", FROM, TO, all, true))
                        .as(all)
                        .isEqualTo(ask("declared", FROM, TO, all, false));
            }
        }
        assertThat(ask("declared", FROM, TO, BY_TEAM, true).get("groups")).hasSize(6);
        assertThat(STORE.all(
                        "SELECT DISTINCT own_key FROM rollup_own_1h FINAL WHERE tenant = 'declared' ORDER BY own_key",
                        row -> row.getString(1)))
                .containsExactly("it's \\ \"odd\"", "plan", "team");
    }

    /** Spans that nobody counted make no hour dirty: where the answer does not change, it comes from the rollup. */
    @Test
    void onlyWhatTheTenantItselfDeclaredIsReadFromTheRollup() {
        for (String tenant : List.of("mine", "theirs")) {
            STORE.put(any(tenant, 500));
        }
        declare("mine", "team");
        declare("theirs", "plan");
        seal();
        List<String> rests = List.of(
                BY_TEAM,
                ",\"groupBy\":[\"feature\"]," + filter("attr.team", "exists", "true"),
                ",\"groupBy\":[\"attr.plan\"]");
        List<String> mine = rests.stream().map(rest -> answer("mine", rest)).toList();
        List<String> theirs = rests.stream().map(rest -> answer("theirs", rest)).toList();
        addUncounted("mine");
        addUncounted("theirs");

        assertThat(answer("mine", rests.get(0))).isEqualTo(mine.get(0));
        assertThat(answer("mine", rests.get(1))).isEqualTo(mine.get(1));
        assertThat(answer("mine", rests.get(2))).isNotEqualTo(mine.get(2));
        assertThat(answer("theirs", rests.get(0))).isNotEqualTo(theirs.get(0));
        assertThat(answer("theirs", rests.get(1))).isNotEqualTo(theirs.get(1));
        assertThat(answer("theirs", rests.get(2))).isEqualTo(theirs.get(2));
        assertThat(ask("mine", FROM, TO, BY_TEAM + ",\"priceBasis\":\"as_billed\"", true)
                        .get("groups")
                        .size())
                .isEqualTo(6);
    }

    @Test
    void whatIsTakenBackIsReadFromTheSpansAndMayComeAgain() {
        STORE.put(any("back", 400));
        String spans = ask("back", FROM, TO, BY_TEAM, false).toString();

        declare("back", "team", "plan");
        assertThat(answer("back", BY_TEAM)).isEqualTo(spans);
        seal();
        assertThat(rows("back", "team")).isPositive();
        declare("back", "plan");
        assertThat(answer("back", BY_TEAM)).isEqualTo(spans);
        seal();
        assertThat(rows("back", "team")).isZero();
        assertThat(rows("back", "plan")).isPositive();
        assertThat(answer("back", BY_TEAM)).isEqualTo(spans);
        declare("back", "plan", "team");
        assertThat(answer("back", BY_TEAM)).isEqualTo(spans);
        seal();
        assertThat(rows("back", "team")).isPositive();
        assertThat(answer("back", BY_TEAM)).isEqualTo(spans);
        declare("back");
        seal();
        assertThat(rows("back", "team") + rows("back", "plan")).isZero();
        assertThat(answer("back", BY_TEAM)).isEqualTo(spans);
    }

    @Test
    void aLateSpanAndAnotherPriceMakeItsHourOld() {
        STORE.put(any("late", 400));
        declare("late", "team");
        seal();
        String before = answer("late", BY_TEAM);

        STORE.put(List.of(EngineCosts.call(new Spans(77), "late", "f", 10, 0, 3)
                .putAttributes("team", "team-late")
                .build()));
        assertSame("late");
        assertThat(answer("late", BY_TEAM)).isNotEqualTo(before).contains("team-late");
        seal();
        assertSame("late");
        String billed = answer("late", BY_TEAM);
        reprice("late");
        assertSame("late");
        assertThat(answer("late", BY_TEAM)).isNotEqualTo(billed);
        seal();
        assertSame("late");
        assertThat(answer("late", BY_TEAM + ",\"priceBasis\":\"as_billed\"").replace("as_billed", "as_priced_now"))
                .isEqualTo(billed);
    }

    /** Rows are there, and the note of the seal is not. */
    @Test
    void aCrashWithinASealLeavesItsHoursToTheSpans() {
        STORE.put(any("crash", 400));
        declare("crash", "team", "plan");
        seal();
        declare("crash", "plan");
        Inserts dying = (table, columns, rows, token) -> table.equals("seal")
                ? new Insertion.Away("crashed")
                : STORE.inserts().insert(table, columns, rows, token);

        assertThatThrownBy(() -> seal(STORE.reads(), dying)).isInstanceOf(IllegalStateException.class);
        assertSame("crash");
        declare("crash", "team");
        assertSame("crash");
        assertThatThrownBy(() -> seal(STORE.reads(), dying)).isInstanceOf(IllegalStateException.class);
        assertSame("crash");
        seal();
        assertSame("crash");
    }

    /** The rows are of what was declared when the hours were looked at, and so is the note. */
    @Test
    void aDeclarationWhileHoursAreSealedLeavesThemOld() {
        STORE.put(any("between", 400));
        declare("between", "plan");
        Statements interrupted = (sql, bindings) -> {
            declare("between", "team");
            STORE.reads().run(sql, bindings);
        };

        seal(interrupted, STORE.inserts());
        assertSame("between");
        assertThat(rows("between", "plan")).isPositive();
        assertThat(rows("between", "team")).isZero();
        seal();
        assertSame("between");
        assertThat(rows("between", "team")).isPositive();
    }

    /** Before each of the reads that an answer takes, the dimension is taken back and its hours are sealed without it. */
    @Test
    void aDeclarationWhileAQuestionIsAnsweredChangesNoNumber() {
        STORE.put(any("while", 400));
        CostQuery query = EngineCosts.body("{\"from\":\"%s\",\"to\":\"%s\"%s}".formatted(FROM, TO, BY_TEAM))
                .read();
        SqlCosts.Found spans = new SqlCosts(STORE.reads(), "while", false).read(query);

        declare("while", "team");
        seal();
        InterruptedReads undisturbed = new InterruptedReads(Integer.MAX_VALUE);
        assertThat(new SqlCosts(undisturbed, "while", true).read(query)).isEqualTo(spans);

        for (int before = 1; before <= undisturbed.asked.get(); before++) {
            declare("while", "team");
            seal();

            assertThat(new SqlCosts(new InterruptedReads(before), "while", true).read(query))
                    .as("before read %d", before)
                    .isEqualTo(spans);
        }
        assertThat(undisturbed.asked).hasValue(5);
    }

    private static final class InterruptedReads implements Reads {

        private final int before;
        private final AtomicInteger asked = new AtomicInteger();

        private InterruptedReads(int before) {
            this.before = before;
        }

        @Override
        public <T> List<T> read(TenantQuery query, Row<T> row) {
            if (asked.incrementAndGet() == before) {
                declare("while");
                seal();
            }
            return STORE.reads().read(query, row);
        }

        @Override
        public <T> List<T> read(AllTenantsQuery query, Row<T> row) {
            throw new AssertionError("a question is of one tenant");
        }
    }

    private static void assertSame(String tenant) {
        for (String rest : List.of(BY_TEAM, ",\"groupBy\":[\"feature\"]," + filter("attr.team", "eq", "\"team-1\""))) {
            assertThat(ask(tenant, FROM, TO, rest, true)).isEqualTo(ask(tenant, FROM, TO, rest, false));
        }
    }

    private static String answer(String tenant, String rest) {
        return ask(tenant, FROM, TO, rest, true).toString();
    }

    private static String filter(String dimension, String op, String value) {
        return "\"filters\":[{\"dimension\":\"%s\",\"op\":\"%s\",\"value\":%s}]".formatted(dimension, op, value);
    }

    private static long rows(String tenant, String attribute) {
        return STORE.number("SELECT count() FROM rollup_own_1h FINAL WHERE tenant = '%s' AND own_key = '%s'"
                .formatted(tenant, attribute));
    }

    private static void declare(String tenant, String... attributes) {
        OwnDimensions present = SqlOwnDimensions.of(STORE.reads(), tenant);
        SqlOwnDimensions.declare(
                STORE.inserts(),
                tenant,
                new OwnDimensions(List.of(attributes), present.changes() + 1, present.version() + 1, "ada", NOON));
    }

    /** Spans of five teams and of none; some have an attribute with an odd name. */
    private static List<SpanRecord> any(String tenant, int count) {
        SplittableRandom random = new SplittableRandom(count);
        List<SpanRecord> all = new ArrayList<>();
        for (SpanRecord span : new Spans(count).any(tenant, NOON.minusSeconds(210_000), 420_000, count)) {
            SpanRecord.Builder own = span.toBuilder();
            int team = random.nextInt(6);
            if (team > 0) {
                own.putAttributes("team", "team-" + team);
            }
            if (random.nextInt(4) == 0) {
                own.putAttributes("it's \\ \"odd\"", "o'dd \\n " + team).addTags("tag-" + team);
            }
            all.add(own.build());
        }
        return all;
    }

    /** Not counted, dearer by a nano-dollar, in the hour from noon, which is a whole one of the window. */
    private static void addUncounted(String tenant) {
        STORE.reads()
                .run(
                        "INSERT INTO span SELECT * REPLACE (toFixedString('x', 8) AS span_id, cost_nano + 1 AS cost_nano) FROM span"
                                + " WHERE tenant = '" + tenant + "' AND start >= toDateTime(" + NOON.getEpochSecond()
                                + ", 'UTC') AND start < toDateTime("
                                + NOON.plusSeconds(3600).getEpochSecond() + ", 'UTC')",
                        new Bindings());
    }

    /** All that has a price costs twice as much, from now on. */
    private static void reprice(String tenant) {
        String generation = "4711";
        STORE.reads().run("""
                        INSERT INTO repriced_span (tenant, generation, trace_id, span_id, start, span_version, cost_known, cost_nano)
                        SELECT tenant, %s, trace_id, span_id, start, toUInt64(toUnixTimestamp64Micro(received_at)), cost_known,
                          cost_nano * 2 FROM span FINAL WHERE tenant = '%s'""".formatted(generation, tenant), new Bindings());
        STORE.reads()
                .run(
                        """
                        INSERT INTO repricing_event (tenant, generation, kind, begin, finish, at, actor)
                        VALUES ('%s', %s, 'applied', toDateTime(%d, 'UTC'), toDateTime(%d, 'UTC'), now(), 'ada')""".formatted(
                                        tenant,
                                        generation,
                                        FROM.minusSeconds(100_000).getEpochSecond(),
                                        TO.plusSeconds(100_000).getEpochSecond()),
                        new Bindings());
    }

    private static void seal() {
        seal(STORE.reads(), STORE.inserts());
    }

    private static void seal(Statements statements, Inserts inserts) {
        Instant now = NOON.plusSeconds(400_000 + 100L * SEALS.incrementAndGet());
        new AllTenantsSealer(STORE.reads(), statements, inserts, Clock.fixed(now, ZoneOffset.UTC))
                .seal(
                        RollupTable.ROLLUP_OWN_1H,
                        new AllTenantsSealer.Round(
                                Duration.ofDays(20), Duration.ofSeconds(60), Duration.ofSeconds(1), 10_000));
    }
}
