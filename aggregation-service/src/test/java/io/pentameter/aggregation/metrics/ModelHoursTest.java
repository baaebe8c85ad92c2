package io.pentameter.aggregation.metrics;

import static io.pentameter.aggregation.metrics.EngineMetrics.LATER;
import static io.pentameter.aggregation.metrics.EngineMetrics.NOON;
import static io.pentameter.aggregation.metrics.EngineMetrics.STORE;
import static io.pentameter.aggregation.metrics.EngineMetrics.json;
import static io.pentameter.aggregation.metrics.EngineMetrics.parse;
import static io.pentameter.aggregation.metrics.EngineMetrics.query;
import static io.pentameter.aggregation.metrics.EngineMetrics.raw;
import static io.pentameter.aggregation.metrics.EngineMetrics.seal;
import static io.pentameter.aggregation.metrics.EngineMetrics.sealed;
import static io.pentameter.aggregation.metrics.EngineMetrics.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.aggregation.rollup.RollupTable;
import io.pentameter.aggregation.testing.Spans;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What features and models had in sealed hours answers as the spans do, and is read for windows of days only. */
class ModelHoursTest {

    private static final Instant BEGIN = NOON.minusSeconds(100_000);
    private static final String SUMS =
            "\"cost_usd\",\"requests\",\"errors\",\"model_calls\",\"input_tokens\",\"waste_usd\"";
    private static final String DAYS = window(BEGIN, NOON.plusSeconds(100_001));

    @Test
    void sealedHoursGiveTheSameAnswerAsTheSpans() {
        STORE.put(new Spans(31).any("hours", BEGIN, 200_000, 3000));
        seal(LATER.plusSeconds(100_000));

        for (String by : new String[] {"\"feature\",\"route\"", "\"model\"", ""}) {
            String asked = query(SUMS, by, DAYS, "");
            assertThat(RollupChoice.of(parse(asked))).startsWith(RollupTable.ROLLUP_MODEL_1H);
            assertThat(json(sealed("hours", asked))).as(by).isEqualTo(json(raw("hours", asked)));
        }
    }

    @Test
    void shortWindowsAndHistogramsAreReadElsewhere() {
        String hours = window(NOON.minusSeconds(80_000), NOON);

        assertThat(RollupChoice.of(parse(query(SUMS, "\"feature\"", hours, ""))))
                .startsWith(RollupTable.ROLLUP_MODEL_5M);
        assertThat(RollupChoice.of(parse(query("\"latency_p95\"", "\"feature\"", DAYS, ""))))
                .startsWith(RollupTable.ROLLUP_MODEL_5M);
        assertThat(RollupChoice.of(parse(query(SUMS, "\"feature\",\"region\"", DAYS, ""))))
                .startsWith(RollupTable.ROLLUP_WIDE_1H);
    }
}
