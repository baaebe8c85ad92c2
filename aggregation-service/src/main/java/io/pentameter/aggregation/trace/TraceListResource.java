package io.pentameter.aggregation.trace;

import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.aggregation.filter.Filter;
import io.pentameter.aggregation.filter.FilterBody;
import io.pentameter.aggregation.filter.FilterReader;
import io.pentameter.aggregation.page.Cursors;
import io.pentameter.aggregation.page.Page;
import io.pentameter.aggregation.page.Request;
import io.pentameter.kit.problem.Problem.Fault;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.token.Callers;
import io.pentameter.kit.token.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lists of traces. */
@Path("/api/v1/traces")
@RunOnVirtualThread
class TraceListResource {

    private static final Duration DEFAULT_WINDOW = Duration.ofDays(1);
    private static final Set<String> OWN = Set.of("from", "to", "limit", "cursor");

    private final SqlTraceSearch search;
    private final Callers callers;
    private final Cursors cursors;
    private final InstantSource clock;

    TraceListResource(Reads reads, Callers callers, Cursors cursors, InstantSource clock) {
        search = new SqlTraceSearch(reads);
        this.callers = callers;
        this.cursors = cursors;
        this.clock = clock;
    }

    /** @param next cursor of the next page; absent on the last */
    record TracesView(
            List<SqlTraceSearch.Entry> traces, @Nullable String next) {}

    record SearchBody(
            @Nullable List<@Nullable FilterBody> filters,
            @Nullable String from,
            @Nullable String to,
            @Nullable String limit,
            @Nullable String cursor) {}

    /** Any dimension may be a parameter; several values of one mean any of them. */
    @GET
    public TracesView list(@Context UriInfo uri) {
        String tenant = callers.with(Scope.READ).requireTenant();
        List<Fault> faults = new ArrayList<>();
        List<Filter> filters = new ArrayList<>();
        Map<String, List<String>> parameters = uri.getQueryParameters();
        parameters.forEach((name, values) -> {
            if (!OWN.contains(name)) {
                SqlTraceSearch.equal(name, values)
                        .ifPresentOrElse(
                                filters::add,
                                () -> faults.add(new Fault(
                                        name,
                                        "is not known; known are %s and %s"
                                                .formatted(OWN.stream().sorted().toList(), Dimension.words()))));
            }
        });
        SearchBody body = new SearchBody(
                null,
                first(parameters, "from"),
                first(parameters, "to"),
                first(parameters, "limit"),
                first(parameters, "cursor"));
        return page(tenant, body, filters, faults);
    }

    @POST
    @Path("search")
    public TracesView search(@Nullable SearchBody body) {
        String tenant = callers.with(Scope.READ).requireTenant();
        if (body == null) {
            throw ProblemException.invalid("", "the body must be a search");
        }
        List<Fault> faults = new ArrayList<>();
        List<Filter> filters = new FilterReader(faults).read(body.filters());
        return page(tenant, body, filters, faults);
    }

    private TracesView page(String tenant, SearchBody body, List<Filter> filters, List<Fault> faults) {
        Request request = new Request();
        Instant to = request.instant("to", body.to(), clock.instant().plus(Duration.ofHours(1)));
        Instant from = request.instant("from", body.from(), to.minus(DEFAULT_WINDOW));
        request.window(from, to);
        int limit = request.limit(body.limit());
        Cursors.Place place = new Cursors.Place(tenant, "traces");
        var position = request.position(cursors, place, body.cursor());
        faults.addAll(request.faults());
        if (!faults.isEmpty()) {
            throw ProblemException.invalid(faults);
        }
        List<SqlTraceSearch.Entry> found =
                search.list(tenant, new SqlTraceSearch.Question(filters, from, to, limit, position));
        Page<SqlTraceSearch.Entry> page = Page.of(
                found,
                limit,
                cursors,
                place,
                one -> List.of(String.valueOf(ChronoUnit.NANOS.between(Instant.EPOCH, one.start())), one.traceId()));
        return new TracesView(page.shown(), page.next());
    }

    private static @Nullable String first(Map<String, List<String>> parameters, String name) {
        List<String> values = parameters.get(name);
        return values == null || values.isEmpty() ? null : values.getFirst();
    }
}
