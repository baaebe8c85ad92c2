package io.pentameter.aggregation.metrics;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.aggregation.rollup.AllTenantsSealer;
import io.pentameter.aggregation.rollup.RollupTable;
import io.pentameter.aggregation.testing.Spans;
import io.pentameter.aggregation.testing.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Asks the engine in the ways that the tests of the metrics query do, each with tenants of its own. */
final class EngineMetrics {

    /** The day of the spans; two hours of it are asked for. */
    static final Instant NOON = Spans.noon();

    /** When everything of that day is sealed. */
    static final Instant LATER = NOON.plusSeconds(86_400);

    static final String ALL = "\"spans\",\"requests\",\"errors\",\"error_rate\",\"model_calls\",\"input_tokens\","
            + "\"output_tokens\",\"cost_usd\",\"latency_p50\",\"latency_p95\",\"latency_p99\",\"model_latency_p95\","
            + "\"ttft_p95\",\"tokens_per_second\",\"cached_tokens\",\"reasoning_tokens\",\"total_tokens\","
            + "\"cost_per_request\",\"model_call_error_rate\",\"model_call_errors\",\"requests_per_minute\","
            + "\"failures\",\"failure_rate\",\"visible_failures\",\"visible_failure_rate\",\"hidden_failures\",\"attempts\","
            + "\"retried_requests\",\"retry_rate\",\"waste_usd\"";
    static final Store STORE = Store.of("metrics_test");

    private EngineMetrics() {}

    static void seal(Instant now) {
        AllTenantsSealer sealer =
                new AllTenantsSealer(STORE.reads(), STORE.reads(), STORE.inserts(), Clock.fixed(now, ZoneOffset.UTC));
        for (RollupTable rollup : RollupTable.values()) {
            sealer.seal(
                    rollup,
                    new AllTenantsSealer.Round(
                            Duration.ofDays(3), Duration.ofSeconds(60), Duration.ofSeconds(1), 10_000));
        }
    }

    static MetricsAnswer raw(String tenant, String json) {
        return ask(tenant, json, false);
    }

    static MetricsAnswer sealed(String tenant, String json) {
        return ask(tenant, json, true);
    }

    private static MetricsAnswer ask(String tenant, String json, boolean rollups) {
        MetricsQuery query = parse(json);
        QueryRunner runner = new QueryRunner() {
            @Override
            public <T> List<T> run(String sql, Bindings bindings, Reads.Row<T> row) {
                return STORE.reads().read(new TenantQuery(tenant, sql, bindings), row);
            }
        };
        SqlMetrics.Rows rows = new SqlMetrics(new QueryScope.OneTenant(tenant), runner, rollups).read(query);
        return new AnswerBuilder(query, rows, null, 0).of(List.of());
    }

    static MetricsQuery parse(String json) {
        try {
            MetricsQueryBody body = new ObjectMapper().readValue(json, MetricsQueryBody.class);
            return switch (new MetricsQueryReader(1000).read(body)) {
                case MetricsQueryReader.Reading.Good(MetricsQuery query) -> query;
                case MetricsQueryReader.Reading.Bad(var faults) -> throw new AssertionError(faults);
            };
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    static String json(MetricsAnswer answer) {
        try {
            return new ObjectMapper().findAndRegisterModules().writeValueAsString(answer);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    static String query(String measures, String groupBy, String rest, String filter) {
        String window = rest.contains("from") ? "" : window(NOON, NOON.plusSeconds(7200));
        return "{\"measures\":[%s],\"groupBy\":[%s],\"filters\":[%s]%s%s}"
                .formatted(measures, groupBy, filter, window, rest);
    }

    static String filter(String dimension, String value) {
        return "{\"dimension\":\"%s\",\"op\":\"eq\",\"value\":\"%s\"}".formatted(dimension, value);
    }

    static String window(Instant from, Instant to) {
        return ",\"from\":\"%s\",\"to\":\"%s\"".formatted(from, to);
    }
}
