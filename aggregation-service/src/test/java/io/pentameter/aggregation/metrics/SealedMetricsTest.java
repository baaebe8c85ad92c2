package io.pentameter.aggregation.metrics;

import static io.pentameter.aggregation.metrics.EngineMetrics.ALL;
import static io.pentameter.aggregation.metrics.EngineMetrics.LATER;
import static io.pentameter.aggregation.metrics.EngineMetrics.NOON;
import static io.pentameter.aggregation.metrics.EngineMetrics.STORE;
import static io.pentameter.aggregation.metrics.EngineMetrics.filter;
import static io.pentameter.aggregation.metrics.EngineMetrics.json;
import static io.pentameter.aggregation.metrics.EngineMetrics.parse;
import static io.pentameter.aggregation.metrics.EngineMetrics.query;
import static io.pentameter.aggregation.metrics.EngineMetrics.raw;
import static io.pentameter.aggregation.metrics.EngineMetrics.seal;
import static io.pentameter.aggregation.metrics.EngineMetrics.sealed;
import static io.pentameter.aggregation.metrics.EngineMetrics.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.testing.Spans;
import io.pentameter.contracts.v1.SpanRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sealed buckets answer as the spans do, whatever has come late, twice or corrected. */
class SealedMetricsTest {

    @Test
    void sealedAndRawGiveTheSameAnswer() {
        STORE.put(new Spans(2).any("sealed", NOON, 7200, 4000));
        seal(LATER);
        assertThat(STORE.number("SELECT count() FROM rollup_model_5m FINAL WHERE tenant = 'sealed'"))
                .isPositive();

        for (String shape : List.of(
                query(ALL, "", "", ""),
                query(ALL, "\"feature\"", "", ""),
                query(ALL, "\"model\",\"feature\"", ",\"interval\":\"PT5M\"", ""),
                query(ALL, "\"release\",\"key\"", ",\"interval\":\"PT1H\"", ""),
                query(ALL, "\"provider\"", ",\"interval\":\"PT10M\"", filter("environment", "prod")),
                query(ALL, "", window(NOON.plusSeconds(191), NOON.plusSeconds(6067)), ""))) {
            assertThat(RollupChoice.of(parse(shape))).as(shape).isNotEmpty();

            assertThat(json(sealed("sealed", shape))).as(shape).isEqualTo(json(raw("sealed", shape)));
        }
    }

    @Test
    void aLateSpanAndACorrectedOneAreInTheAnswerAtOnceAndAfterTheNextSeal() {
        List<SpanRecord> spans = new Spans(3).any("late", NOON, 3600, 500);
        STORE.put(spans);
        seal(LATER);
        SpanRecord corrected = spans.getFirst().toBuilder()
                .setReceivedAtUs(spans.getFirst().getReceivedAtUs() + 1)
                .setDimensions(spans.getFirst().getDimensions().toBuilder().setFeature("corrected"))
                .build();
        String byFeature = query(ALL, "\"feature\"", "", "");

        STORE.put(List.of(
                corrected, new Spans(4).request("late", NOON.plusSeconds(77)).build()));
        String before = json(sealed("late", byFeature));
        seal(LATER.plusSeconds(1000));
        String after = json(sealed("late", byFeature));

        assertThat(before).isEqualTo(json(raw("late", byFeature))).isEqualTo(after);
        assertThat(sealed("late", byFeature).totals().get("spans")).isEqualTo(501L);
        assertThat(after).contains("corrected");
    }

    @Test
    void aGroupThatVanishesLeavesTheRollup() {
        SpanRecord first = new Spans(5)
                .request("vanish", NOON)
                .setDimensions(
                        io.pentameter.contracts.v1.Dimensions.newBuilder().setFeature("old"))
                .build();
        STORE.put(List.of(first));
        seal(LATER);
        SpanRecord moved = first.toBuilder()
                .setReceivedAtUs(first.getReceivedAtUs() + 1)
                .setDimensions(first.getDimensions().toBuilder().setFeature("new"))
                .build();

        STORE.put(List.of(moved));
        seal(LATER.plusSeconds(1000));

        assertThat(STORE.all(
                        "SELECT feature FROM rollup_model_5m FINAL WHERE tenant = 'vanish'", row -> row.getString(1)))
                .containsExactly("new");
    }

    @Test
    void aSpanThatIsDeliveredTwiceCountsOnce() {
        List<SpanRecord> spans = new Spans(6).any("twice", NOON, 600, 200);
        STORE.put(spans);
        STORE.put(spans);
        seal(LATER);

        assertThat(raw("twice", query("\"spans\"", "", "", "")).totals().get("spans"))
                .isEqualTo(200L);
        assertThat(sealed("twice", query("\"spans\"", "", "", "")).totals().get("spans"))
                .isEqualTo(200L);
    }

    @Test
    void bucketsThatWereSealedInAnOlderLayoutAreReadFromTheSpansAndSealedAgain() {
        STORE.put(new Spans(16).any("older", NOON, 3600, 300));
        seal(LATER);
        STORE.reads()
                .run(
                        "INSERT INTO seal SELECT replaceRegexpOne(rollup, '/.*', ''), tenant, bucket, records, sealed_at, version"
                                + " FROM seal WHERE tenant = 'older'",
                        new Bindings());
        STORE.reads().run("DELETE FROM seal WHERE tenant = 'older' AND rollup LIKE '%/%'", new Bindings());
        STORE.reads()
                .run(
                        "INSERT INTO rollup_model_5m SELECT * REPLACE (0 AS failures, version + 1 AS version)"
                                + " FROM rollup_model_5m FINAL WHERE tenant = 'older'",
                        new Bindings());
        String byFeature = query(ALL, "\"feature\"", "", "");

        String before = json(sealed("older", byFeature));
        seal(LATER.plusSeconds(1000));
        String after = json(sealed("older", byFeature));

        assertThat(STORE.number("SELECT sum(failures) FROM rollup_model_5m FINAL WHERE tenant = 'older'"))
                .isPositive();
        assertThat(before).isEqualTo(json(raw("older", byFeature))).isEqualTo(after);
    }
}
