package io.pentameter.aggregation.metrics;

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
import io.pentameter.aggregation.rollup.RollupTable;
import io.pentameter.aggregation.testing.Spans;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** What customers had on sealed days answers as the spans do. */
class CustomerDaysTest {

    private static final Instant MIDNIGHT = NOON.truncatedTo(ChronoUnit.DAYS);
    private static final String SUMS =
            "\"cost_usd\",\"requests\",\"errors\",\"model_calls\",\"input_tokens\",\"output_tokens\","
                    + "\"cached_tokens\",\"tokens_per_second\",\"failures\",\"retried_requests\",\"waste_usd\"";

    /** From the middle of a day to the middle of the one after the next: one whole day, and spans at both ends. */
    private static final String DAYS = window(MIDNIGHT.minusSeconds(40_000), MIDNIGHT.plusSeconds(86_400 + 30_000));

    @Test
    void sealedDaysGiveTheSameAnswerAsTheSpans() {
        STORE.put(new Spans(21).any("days", MIDNIGHT.minusSeconds(50_000), 170_000, 4000));
        seal(LATER.plusSeconds(86_400));

        String byCustomer = query(SUMS, "\"customer\"", DAYS, "");
        String ofOne = query(SUMS, "", DAYS, filter("customer", "customer-7"));

        assertThat(json(sealed("days", byCustomer))).isEqualTo(json(raw("days", byCustomer)));
        assertThat(json(sealed("days", ofOne))).isEqualTo(json(raw("days", ofOne)));
        assertThat(RollupChoice.of(parse(byCustomer))).containsExactly(RollupTable.ROLLUP_CUSTOMER_1D);
    }

    /** A span that nobody counted makes no bucket dirty: whoever does not see it has read the rollup. */
    @Test
    void theWholeDaysAreReadFromTheRollup() {
        STORE.put(new Spans(22).any("read", MIDNIGHT, 86_000, 500));
        seal(LATER.plusSeconds(86_400));
        STORE.reads()
                .run(
                        "INSERT INTO span (tenant, trace_id, span_id, start, kind, customer, received_at, retention_days, version)"
                                + " SELECT 'read', toFixedString('a', 16), toFixedString('b', 8), toDateTime64("
                                + MIDNIGHT.plusSeconds(3600).getEpochSecond()
                                + ", 9, 'UTC'), 'model_call', 'customer-7', now(), 400, 1",
                        new Bindings());
        String byCustomer = query("\"spans\"", "\"customer\"", DAYS, "");

        assertThat(sealed("read", byCustomer).totals().get("spans")).isEqualTo(500L);
        assertThat(raw("read", byCustomer).totals().get("spans")).isEqualTo(501L);
    }

    @Test
    void aHistogramIsNotInIt() {
        assertThat(RollupChoice.of(parse(query("\"latency_p95\"", "\"customer\"", DAYS, ""))))
                .isEmpty();
    }
}
