package io.pentameter.aggregation.metrics;

import static io.pentameter.aggregation.metrics.EngineMetrics.ALL;
import static io.pentameter.aggregation.metrics.EngineMetrics.LATER;
import static io.pentameter.aggregation.metrics.EngineMetrics.NOON;
import static io.pentameter.aggregation.metrics.EngineMetrics.STORE;
import static io.pentameter.aggregation.metrics.EngineMetrics.json;
import static io.pentameter.aggregation.metrics.EngineMetrics.parse;
import static io.pentameter.aggregation.metrics.EngineMetrics.query;
import static io.pentameter.aggregation.metrics.EngineMetrics.raw;
import static io.pentameter.aggregation.metrics.EngineMetrics.seal;
import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.aggregation.testing.Spans;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each tenant has its own answer, alone and among all. */
class MetricsOfTenantsTest {

    @Test
    void anotherTenantsSpansAreNeverSeenNotEvenByAQueryThatForgetsThem() {
        STORE.put(new Spans(12).any("mine", NOON, 600, 50));
        STORE.put(new Spans(13).any("yours", NOON, 600, 70));
        Bindings bindings = new Bindings();
        String careless = "SELECT count() FROM span WHERE (" + TenantQuery.TENANT + " OR tenant != '')";

        assertThat(STORE.reads().read(new TenantQuery("mine", careless, bindings), row -> row.getLong(1)))
                .containsExactly(50L);
        assertThat(raw("mine", query("\"spans\"", "", "", "")).totals().get("spans"))
                .isEqualTo(50L);
    }

    @Test
    void theQueryOfAllTenantsGivesEachTenantItsOwnAnswer() {
        STORE.put(new Spans(14).any("a14", NOON, 600, 50));
        STORE.put(new Spans(15).any("b14", NOON, 600, 70));
        seal(LATER);
        MetricsQuery query = parse(query(ALL, "\"feature\"", "", ""));
        QueryRunner runner = new QueryRunner() {
            @Override
            public <T> List<T> run(String sql, Bindings bindings, Reads.Row<T> row) {
                return STORE.reads().read(new io.pentameter.aggregation.engine.AllTenantsQuery(sql, bindings), row);
            }
        };

        SqlMetrics.Rows rows =
                new SqlMetrics(new QueryScope.AllTenants(List.of("a14", "b14")), runner, true).read(query);
        AnswerBuilder answers = new AnswerBuilder(query, rows, null, 1);

        for (String tenant : List.of("a14", "b14")) {
            assertThat(json(answers.of(List.of(tenant))))
                    .isEqualTo(json(raw(tenant, query(ALL, "\"feature\"", "", ""))));
        }
    }
}
