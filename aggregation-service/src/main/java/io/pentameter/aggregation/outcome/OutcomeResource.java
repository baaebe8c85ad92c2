package io.pentameter.aggregation.outcome;

import io.pentameter.aggregation.engine.Micros;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.page.Cursors;
import io.pentameter.aggregation.page.Page;
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

/** Lists of outcomes. */
@Path("/api/v1/outcomes")
@RunOnVirtualThread
class OutcomeResource {

    private static final Duration DEFAULT_WINDOW = Duration.ofDays(30);

    private final SqlOutcomes outcomes;
    private final Callers callers;
    private final Cursors cursors;
    private final InstantSource clock;

    OutcomeResource(Reads reads, Callers callers, Cursors cursors, InstantSource clock) {
        outcomes = new SqlOutcomes(reads);
        this.callers = callers;
        this.cursors = cursors;
        this.clock = clock;
    }

    /** @param next cursor of the next page; absent on the last */
    record OutcomesView(
            List<SqlOutcomes.OutcomeView> outcomes,
            @Nullable String next) {}

    @GET
    public OutcomesView list(
            @RestQuery @Nullable String name,
            @RestQuery @Nullable String trace,
            @RestQuery @Nullable String session,
            @RestQuery @Nullable String customer,
            @RestQuery @Nullable String from,
            @RestQuery @Nullable String to,
            @RestQuery @Nullable String limit,
            @RestQuery @Nullable String cursor) {
        String tenant = callers.with(Scope.READ).requireTenant();
        Request request = new Request();
        Instant end = request.instant("to", to, clock.instant().plus(Duration.ofHours(1)));
        Instant begin = request.instant("from", from, end.minus(DEFAULT_WINDOW));
        request.window(begin, end);
        Cursors.Place place = new Cursors.Place(tenant, "outcomes");
        SqlOutcomes.Question question = new SqlOutcomes.Question(
                request.text("name", name),
                request.traceId("trace", trace),
                request.text("session", session),
                request.text("customer", customer),
                begin,
                end,
                request.limit(limit),
                request.position(cursors, place, cursor));
        if (!request.faults().isEmpty()) {
            throw ProblemException.invalid(request.faults());
        }
        Page<SqlOutcomes.OutcomeView> page = Page.of(
                outcomes.list(tenant, question),
                question.limit(),
                cursors,
                place,
                one -> List.of(String.valueOf(Micros.of(one.occurredAt())), one.outcomeId()));
        return new OutcomesView(page.shown(), page.next());
    }
}
