package io.pentameter.aggregation.change;

import io.pentameter.aggregation.engine.Micros;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.page.Cursors;
import io.pentameter.aggregation.page.Request;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.token.Callers;
import io.pentameter.kit.token.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Lists of changes. */
@Path("/api/v1/changes")
@RunOnVirtualThread
class ChangeResource {

    private static final Duration DEFAULT_WINDOW = Duration.ofDays(30);

    private final SqlChanges changes;
    private final Callers callers;
    private final Cursors cursors;
    private final InstantSource clock;

    ChangeResource(Reads reads, Callers callers, Cursors cursors, InstantSource clock) {
        changes = new SqlChanges(reads);
        this.callers = callers;
        this.cursors = cursors;
        this.clock = clock;
    }

    /** @param next cursor of the next page; absent on the last */
    record ChangesView(List<ChangeView> changes, @Nullable String next) {}

    @GET
    public ChangesView list(
            @RestQuery @Nullable String kind,
            @RestQuery @Nullable String from,
            @RestQuery @Nullable String to,
            @RestQuery @Nullable String limit,
            @RestQuery @Nullable String cursor) {
        String tenant = callers.with(Scope.READ).requireTenant();
        Request request = new Request();
        Instant end = request.instant("to", to, clock.instant().plus(Duration.ofHours(1)));
        Instant begin = request.instant("from", from, end.minus(DEFAULT_WINDOW));
        request.window(begin, end);
        Cursors.Place place = new Cursors.Place(tenant, "changes");
        SqlChanges.Question question = new SqlChanges.Question(
                request.text("kind", kind), begin, end, request.limit(limit), request.position(cursors, place, cursor));
        if (!request.faults().isEmpty()) {
            throw ProblemException.invalid(request.faults());
        }
        List<ChangeView> found = changes.list(tenant, question);
        if (found.size() <= question.limit()) {
            return new ChangesView(found, null);
        }
        List<ChangeView> shown = found.subList(0, question.limit());
        ChangeView last = shown.getLast();
        return new ChangesView(
                shown, cursors.of(place, List.of(String.valueOf(Micros.of(last.occurredAt())), last.changeId())));
    }
}
