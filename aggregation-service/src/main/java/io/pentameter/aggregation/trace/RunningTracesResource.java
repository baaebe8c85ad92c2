package io.pentameter.aggregation.trace;

import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.filter.Filter;
import io.pentameter.aggregation.page.Cursors;
import io.pentameter.aggregation.page.Request;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.token.Callers;
import io.pentameter.kit.token.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Traces with spans that have begun and not ended. */
@Path("/api/v1/traces/running")
@RunOnVirtualThread
class RunningTracesResource {

    private static final Set<String> OWN = Set.of("from", "to", "limit", "cursor");

    private final SqlOpenSpans spans;
    private final Callers callers;
    private final Cursors cursors;
    private final InstantSource clock;

    RunningTracesResource(Reads reads, Callers callers, Cursors cursors, InstantSource clock) {
        spans = new SqlOpenSpans(reads);
        this.callers = callers;
        this.cursors = cursors;
        this.clock = clock;
    }

    /** @param next cursor of the next page; absent on the last */
    record RunningView(
            List<SqlOpenSpans.RunningTrace> traces,
            @Nullable String next) {}

    /** What an announcement tells may be a parameter; several values of one mean any of them. */
    @GET
    public RunningView list(@Context UriInfo uri) {
        String tenant = callers.with(Scope.READ).requireTenant();
        Map<String, List<String>> parameters = uri.getQueryParameters();
        Request request = new Request();
        List<Filter> filters = new ArrayList<>();
        parameters.forEach((name, values) -> {
            if (!OWN.contains(name)) {
                SqlOpenSpans.equal(name, values)
                        .ifPresentOrElse(
                                filters::add,
                                () -> request.fault(
                                        name,
                                        "is not known; known are %s and %s"
                                                .formatted(OWN.stream().sorted().toList(), SqlOpenSpans.DIMENSIONS)));
            }
        });
        Instant to = request.instant(
                "to", SqlOpenSpans.first(parameters.get("to")), clock.instant().plus(1, ChronoUnit.HOURS));
        Instant from = request.instant(
                "from",
                SqlOpenSpans.first(parameters.get("from")),
                clock.instant().minus(SqlOpenSpans.LIFE));
        request.window(from, to);
        int limit = request.limit(SqlOpenSpans.first(parameters.get("limit")));
        Cursors.Place place = new Cursors.Place(tenant, "running");
        var position = request.position(cursors, place, SqlOpenSpans.first(parameters.get("cursor")));
        if (!request.faults().isEmpty()) {
            throw ProblemException.invalid(request.faults());
        }
        List<SqlOpenSpans.RunningTrace> found =
                spans.list(tenant, new SqlOpenSpans.Question(filters, from, to, limit, position));
        if (found.size() <= limit) {
            return new RunningView(found, null);
        }
        List<SqlOpenSpans.RunningTrace> shown = found.subList(0, limit);
        SqlOpenSpans.RunningTrace last = shown.getLast();
        long nanos = ChronoUnit.NANOS.between(Instant.EPOCH, last.runningSince());
        return new RunningView(shown, cursors.of(place, List.of(String.valueOf(nanos), last.traceId())));
    }
}
