package io.pentameter.aggregation.metrics;

import io.pentameter.aggregation.engine.AllTenantsQuery;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.filter.FilterBody;
import io.pentameter.aggregation.sink.SinkProgress;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.token.Callers;
import io.pentameter.kit.token.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The metrics query of every tenant at once, each for itself; for our own services only. */
@Path("/internal/v1/metrics/query-all")
@RunOnVirtualThread
class AllTenantsMetricsResource {

    private static final int MAX_TENANTS = 10_000;

    private final Reads reads;
    private final SinkProgress progress;
    private final Callers callers;
    private final MetricsConfig config;

    AllTenantsMetricsResource(Reads reads, SinkProgress progress, Callers callers, MetricsConfig config) {
        this.reads = reads;
        this.progress = progress;
        this.callers = callers;
        this.config = config;
    }

    /**
     * A metrics query, and whom it is about.
     *
     * @param tenants only these; absent or empty for all
     * @param limit   most series of each tenant
     */
    record QueryAllBody(
            @Nullable List<@Nullable String> tenants,
            @Nullable List<@Nullable String> measures,
            @Nullable List<@Nullable String> groupBy,
            @Nullable List<@Nullable FilterBody> filters,
            @Nullable String from,
            @Nullable String to,
            @Nullable String interval,
            @Nullable String orderBy,
            @Nullable Long limit) {

        MetricsQueryBody query() {
            return new MetricsQueryBody(measures, groupBy, filters, from, to, interval, orderBy, limit, null, null);
        }
    }

    /**
     * Series of all tenants, the tenant first in each group; a tenant without anything in the window has none.
     *
     * @param truncated tenants that have more series than were asked for
     */
    record QueryAllView(
            List<MetricsAnswer.Series> series,
            List<String> truncated,
            @Nullable Instant visibleUntil) {}

    @POST
    public QueryAllView query(@Nullable QueryAllBody body) {
        callers.with(Scope.SERVICE);
        if (body == null) {
            throw ProblemException.invalid("", "the body must be a metrics query");
        }
        MetricsQuery query = MetricsResource.read(body.query(), MetricsLimits.MAX_SERIES_OF_ALL);
        QueryRunner runner = new QueryRunner() {
            @Override
            public <T> List<T> run(String sql, Bindings bindings, Reads.Row<T> row) {
                return reads.read(new AllTenantsQuery(sql, bindings), row);
            }
        };
        Instant visibleUntil = progress.visibleUntil().orElse(null);
        SqlMetrics.Rows rows =
                new SqlMetrics(new QueryScope.AllTenants(tenants(body)), runner, config.rollups()).read(query);
        AnswerBuilder answers = new AnswerBuilder(query, rows, visibleUntil, 1);
        List<MetricsAnswer.Series> series = new ArrayList<>();
        List<String> truncated = new ArrayList<>();
        for (List<String> tenant : answers.tenants()) {
            MetricsAnswer answer = answers.of(tenant);
            answer.series().forEach(one -> series.add(of(tenant.getFirst(), one)));
            if (answer.truncated()) {
                truncated.add(tenant.getFirst());
            }
        }
        return new QueryAllView(series, truncated, visibleUntil);
    }

    private static MetricsAnswer.Series of(String tenant, MetricsAnswer.Series series) {
        Map<String, @Nullable String> group = new LinkedHashMap<>();
        group.put("tenant", tenant);
        group.putAll(series.group());
        return new MetricsAnswer.Series(group, series.totals(), series.coverage(), series.points());
    }

    private static List<String> tenants(QueryAllBody body) {
        List<@Nullable String> tenants = body.tenants();
        if (tenants == null) {
            return List.of();
        }
        if (tenants.size() > MAX_TENANTS) {
            throw ProblemException.invalid(
                    "/tenants", "at most %d are allowed: %d".formatted(MAX_TENANTS, tenants.size()));
        }
        return tenants.stream().filter(Objects::nonNull).map(String::valueOf).toList();
    }
}
