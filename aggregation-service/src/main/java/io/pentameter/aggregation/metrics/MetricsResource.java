package io.pentameter.aggregation.metrics;

import io.pentameter.aggregation.change.SqlChanges;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.aggregation.retention.SqlKeptSince;
import io.pentameter.aggregation.sink.SinkProgress;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.token.Callers;
import io.pentameter.kit.token.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The metrics query of one tenant. */
@Path("/api/v1/metrics/query")
@RunOnVirtualThread
class MetricsResource {

    private final Reads reads;
    private final SinkProgress progress;
    private final Callers callers;
    private final MetricsConfig config;
    private final SqlChanges changes;

    MetricsResource(Reads reads, SinkProgress progress, Callers callers, MetricsConfig config) {
        this.reads = reads;
        this.progress = progress;
        this.callers = callers;
        this.config = config;
        changes = new SqlChanges(reads);
    }

    @POST
    public MetricsAnswer query(@Nullable MetricsQueryBody body) {
        String tenant = callers.with(Scope.READ).requireTenant();
        MetricsQuery query = read(body, MetricsLimits.MAX_SERIES);
        QueryRunner runner = new QueryRunner() {
            @Override
            public <T> List<T> run(String sql, Bindings bindings, Reads.Row<T> row) {
                return reads.read(new TenantQuery(tenant, sql, bindings), row);
            }
        };
        var visibleUntil =
                progress.visibleUntil().orElse(null); // before reading: what it promises must be in the answer
        SqlMetrics.Rows rows = new SqlMetrics(new QueryScope.OneTenant(tenant), runner, config.rollups()).read(query);
        MetricsAnswer answer = new AnswerBuilder(query, rows, visibleUntil, 0)
                .of(List.of())
                .keptSince(SqlKeptSince.after(reads, tenant, query.window().from()));
        return query.annotated()
                ? answer.with(changes.during(
                        tenant, query.window().from(), query.window().to()))
                : answer;
    }

    static MetricsQuery read(@Nullable MetricsQueryBody body, int maxSeries) {
        if (body == null) {
            throw ProblemException.invalid("", "the body must be a metrics query");
        }
        return switch (new MetricsQueryReader(maxSeries).read(body)) {
            case MetricsQueryReader.Reading.Good(MetricsQuery query) -> query;
            case MetricsQueryReader.Reading.Bad(var faults) -> throw ProblemException.invalid(faults);
        };
    }
}
