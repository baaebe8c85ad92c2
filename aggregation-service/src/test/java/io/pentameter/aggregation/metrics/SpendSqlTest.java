package io.pentameter.aggregation.metrics;

import static io.pentameter.aggregation.metrics.EngineMetrics.LATER;
import static io.pentameter.aggregation.metrics.EngineMetrics.NOON;
import static io.pentameter.aggregation.metrics.EngineMetrics.STORE;
import static io.pentameter.aggregation.metrics.EngineMetrics.parse;
import static io.pentameter.aggregation.metrics.EngineMetrics.query;
import static io.pentameter.aggregation.metrics.EngineMetrics.raw;
import static io.pentameter.aggregation.metrics.EngineMetrics.seal;
import static io.pentameter.aggregation.metrics.EngineMetrics.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.aggregation.money.Usd;
import io.pentameter.aggregation.testing.Spans;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The list of what each customer spent says what the metrics query says, from sealed days and from spans. */
class SpendSqlTest {

    private static final Instant MIDNIGHT = NOON.truncatedTo(ChronoUnit.DAYS);
    private static final String DAYS = window(MIDNIGHT.minusSeconds(40_000), MIDNIGHT.plusSeconds(86_400 + 30_000));
    private static final String QUERY = query("\"cost_usd\",\"model_calls\"", "\"customer\"", DAYS, "");

    private record Line(String value, String usd, long calls, long unpriced) {}

    @Test
    void theListIsTheMetricsQuery() {
        STORE.put(new Spans(31).any("spend", MIDNIGHT.minusSeconds(50_000), 170_000, 3000));
        seal(LATER.plusSeconds(86_400));

        List<Line> sealed = lines(true, 100);
        List<Line> fromSpans = lines(false, 100);

        assertThat(sealed).isEqualTo(fromSpans).hasSizeGreaterThan(20);
        assertThat(sealed)
                .containsExactlyInAnyOrderElementsOf(raw("spend", QUERY).series().stream()
                        .map(SpendSqlTest::line)
                        .toList());
        assertThat(sealed)
                .extracting(line -> new BigDecimal(line.usd()))
                .isSortedAccordingTo((one, other) -> other.compareTo(one));
        assertThat(lines(true, 3)).isEqualTo(sealed.subList(0, 3));
    }

    private static Line line(MetricsAnswer.Series series) {
        String value = series.group().get("customer");
        Object usd = series.totals().get("cost_usd");
        long calls = Long.parseLong(String.valueOf(series.totals().get("model_calls")));
        Double priced = series.coverage().priced();
        return new Line(
                value == null ? "" : value,
                usd == null ? "0" : Usd.text(new BigDecimal(String.valueOf(usd))),
                calls,
                priced == null ? 0 : (long) Math.ceil(calls * (1 - priced) - 1e-9));
    }

    private static List<Line> lines(boolean rollups, int limit) {
        QueryRunner runner = new QueryRunner() {
            @Override
            public <T> List<T> run(String sql, Bindings bindings, Reads.Row<T> row) {
                return STORE.reads().read(new TenantQuery("spend", sql, bindings), row);
            }
        };
        Bindings bindings = new Bindings();
        String sql = SpendSql.byValue(
                new SqlMetrics(new QueryScope.OneTenant("spend"), runner, rollups),
                parse(QUERY.replaceFirst("\\}$", ",\"limit\":" + limit + "}")),
                bindings);
        return STORE.reads()
                .read(
                        new TenantQuery("spend", sql, bindings),
                        row -> new Line(
                                new String(Base64.getDecoder().decode(row.getString("value")), StandardCharsets.UTF_8),
                                Usd.text(row.getLong("nano")),
                                row.getLong("calls"),
                                row.getLong("unpriced")));
    }
}
