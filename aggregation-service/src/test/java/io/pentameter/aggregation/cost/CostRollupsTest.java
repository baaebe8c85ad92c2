package io.pentameter.aggregation.cost;

import static io.pentameter.aggregation.cost.EngineCosts.NOON;
import static io.pentameter.aggregation.cost.EngineCosts.STORE;
import static io.pentameter.aggregation.cost.EngineCosts.ask;
import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.rollup.AllTenantsSealer;
import io.pentameter.aggregation.rollup.RollupTable;
import io.pentameter.aggregation.testing.Spans;
import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.CostComponent;
import io.pentameter.contracts.v1.SpanRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Costs of windows of days, from sealed days and hours, are those of the spans to the last digit. */
class CostRollupsTest {

    /** Neither begins nor ends with a bucket, and holds whole days. */
    private static final Instant FROM = NOON.minusSeconds(200_000);

    private static final Instant TO = NOON.plusSeconds(200_001);

    @Test
    void sealedHoursAndDaysAnswerAsTheSpansDo() {
        STORE.put(any("days", 3000));
        seal();

        for (String groups : List.of(
                "",
                "\"feature\"",
                "\"token_class\"",
                "\"token_class\",\"feature\",\"model\"",
                "\"token_class\",\"customer\"",
                "\"tag\"",
                "\"feature\",\"tag\"",
                "\"tag\",\"token_class\"",
                "\"customer\"",
                "\"user\"",
                "\"session\"",
                "\"customer\",\"feature\"",
                "\"customer\",\"model\"",
                "\"provider\",\"customer\",\"environment\"")) {
            for (int limit : new int[] {3, 1000}) {
                String rest = ",\"groupBy\":[%s],\"limit\":%d".formatted(groups, limit);

                assertThat(ask("days", FROM, TO, rest, true)).as(groups).isEqualTo(ask("days", FROM, TO, rest, false));
            }
        }
    }

    /** Spans that nobody counted make no bucket dirty: where the answer does not change, it comes from a rollup. */
    @Test
    void whatHasARollupIsReadFromIt() {
        STORE.put(any("read", 500));
        seal();
        List<String> all = List.of("customer", "user", "session", "tag", "token_class", "feature", "route");
        List<String> before = all.stream().map(CostRollupsTest::answer).toList();
        STORE.reads()
                .run(
                        "INSERT INTO span SELECT * REPLACE (toFixedString('x', 8) AS span_id, cost_nano + 1 AS cost_nano) FROM span"
                                + " WHERE tenant = 'read' AND start >= toStartOfHour(toDateTime("
                                + NOON.getEpochSecond() + ", 'UTC')) AND start < toStartOfHour(toDateTime("
                                + NOON.plusSeconds(3600).getEpochSecond() + ", 'UTC'))",
                        new Bindings());

        for (int i = 0; i < all.size(); i++) {
            assertThat(answer(all.get(i))).as(all.get(i)).isEqualTo(before.get(i));
        }
        assertThat(answer("attr.plan")).isNotEqualTo(before.getFirst());
    }

    /** 10 tokens at 2 and 3 at 8 nano-dollars; searches by the piece; 5 nano-dollars that no part explains. */
    @Test
    void piecesAndWhatNoPartExplainsHaveTheirOwnGroups() {
        SpanRecord.Builder call = EngineCosts.call(new Spans(9), "pieces", "f", 10, 0, 3);
        call.getCostBuilder()
                .addComponents(CostComponent.newBuilder()
                        .setBucket("web_searches")
                        .setUnits(2)
                        .setNanoUsdPerUnit("10000000")
                        .setNanoUsd(20_000_000))
                .setTotalNanoUsd(20_000 + 24_000 + 20_000_000 + 5);
        SpanRecord unpriced = EngineCosts.call(new Spans(10), "pieces", "f", 0, 7, 0)
                .setCost(Cost.newBuilder().setUnknownReason("model_unknown"))
                .build();
        STORE.put(List.of(call.build(), unpriced));

        String answer =
                ask("pieces", FROM, TO, ",\"groupBy\":[\"token_class\"]", false).toString();

        assertThat(answer)
                .contains("{\"group\":{\"token_class\":\"web_searches\"},\"costUsd\":\"0.02\"")
                .contains("{\"group\":{\"token_class\":\"in_uncached\"},\"costUsd\":\"0.00002\"")
                .contains("{\"group\":{\"token_class\":\"out_text\"},\"costUsd\":\"0.000024\"")
                .contains("{\"group\":{\"token_class\":\"unspecified\"},\"costUsd\":\"0.000000005\"")
                .contains("{\"group\":{\"token_class\":\"in_cache_read\"},\"costUsd\":null");
    }

    private static String answer(String group) {
        return ask("read", FROM, TO, ",\"groupBy\":[\"" + group + "\"]", true).toString();
    }

    private static List<SpanRecord> any(String tenant, int count) {
        SplittableRandom random = new SplittableRandom(count);
        List<SpanRecord> all = new ArrayList<>();
        for (SpanRecord span : new Spans(count).any(tenant, NOON.minusSeconds(210_000), 420_000, count)) {
            SpanRecord.Builder tagged = span.toBuilder();
            for (int i = random.nextInt(4); i > 0; i--) {
                tagged.addTags("tag-" + random.nextInt(5));
            }
            all.add(tagged.build());
        }
        return all;
    }

    private static void seal() {
        AllTenantsSealer sealer = new AllTenantsSealer(
                STORE.reads(), STORE.reads(), STORE.inserts(), Clock.fixed(NOON.plusSeconds(300_000), ZoneOffset.UTC));
        for (RollupTable rollup : RollupTable.values()) {
            sealer.seal(
                    rollup,
                    new AllTenantsSealer.Round(
                            Duration.ofDays(8), Duration.ofSeconds(60), Duration.ofSeconds(1), 10_000));
        }
    }
}
