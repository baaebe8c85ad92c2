package io.pentameter.aggregation.metrics;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.Streams;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.aggregation.filter.FilterBody;
import io.pentameter.aggregation.sink.SinkProgress;
import io.pentameter.kit.problem.Problem.Fault;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.token.Callers;
import io.pentameter.kit.token.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What each customer (user, key ...) of a tenant has spent, however many there are; for our own services only. The answer is a file of
 * lines that the engine writes, so that nobody holds it in memory.
 */
@Path("/internal/v1/spend/by-value")
@RunOnVirtualThread
class SpendResource {

    /** Of the answer: everything acknowledged before is in it. */
    static final String VISIBLE_UNTIL = "Pentameter-Visible-Until";

    private final Reads reads;
    private final Streams streams;
    private final SinkProgress progress;
    private final Callers callers;
    private final MetricsConfig config;

    SpendResource(Reads reads, Streams streams, SinkProgress progress, Callers callers, MetricsConfig config) {
        this.reads = reads;
        this.streams = streams;
        this.progress = progress;
        this.callers = callers;
        this.config = config;
    }

    /**
     * Whose spending is asked for.
     *
     * @param each    a dimension
     * @param filters as of a metrics query
     * @param limit   most lines; those that spent most
     */
    record SpendBody(
            @Nullable String tenant,
            @Nullable String each,
            @Nullable List<@Nullable FilterBody> filters,
            @Nullable String from,
            @Nullable String to,
            @Nullable Long limit) {}

    /** Lines of {@code "value in base64",nano-dollars,calls,calls without price} after one of names. */
    @POST
    public Response spend(@Nullable SpendBody body) {
        callers.with(Scope.SERVICE);
        String tenant = body == null ? null : body.tenant();
        String each = body == null ? null : body.each();
        if (body == null || tenant == null || tenant.isEmpty() || each == null) {
            throw ProblemException.invalid("", "the body must name a tenant and a dimension (each)");
        }
        MetricsQuery query = query(each, body);
        QueryRunner runner = new QueryRunner() {
            @Override
            public <T> List<T> run(String sql, Bindings bindings, Reads.Row<T> row) {
                return reads.read(new TenantQuery(tenant, sql, bindings), row);
            }
        };
        Optional<Instant> visibleUntil =
                progress.visibleUntil(); // before reading: what it promises must be in the answer
        Bindings bindings = new Bindings();
        String sql = SpendSql.byValue(
                new SqlMetrics(new QueryScope.OneTenant(tenant), runner, config.rollups()), query, bindings);
        InputStream file = streams.open(new TenantQuery(tenant, sql, bindings), Streams.Format.CSV);
        StreamingOutput lines = out -> {
            try (file) {
                file.transferTo(out);
            }
        };
        return Response.ok(lines, "text/csv;charset=UTF-8")
                .header(VISIBLE_UNTIL, visibleUntil.map(Instant::toString).orElse(""))
                .build();
    }

    private static MetricsQuery query(String each, SpendBody body) {
        MetricsQueryBody asked = new MetricsQueryBody(
                List.of("cost_usd", "model_calls"),
                List.of(each),
                body.filters(),
                body.from(),
                body.to(),
                null,
                null,
                body.limit(),
                null,
                null);
        return switch (new MetricsQueryReader(MetricsLimits.MAX_VALUES_OF_SPEND).read(asked)) {
            case MetricsQueryReader.Reading.Good(MetricsQuery query) -> query;
            case MetricsQueryReader.Reading.Bad(var faults) ->
                throw ProblemException.invalid(faults.stream()
                        .map(fault ->
                                fault.pointer().startsWith("/groupBy") ? new Fault("/each", fault.detail()) : fault)
                        .toList());
        };
    }
}
