package io.pentameter.aggregation.score;

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

/** Lists of scores. */
@Path("/api/v1/scores")
@RunOnVirtualThread
class ScoreResource {

    private static final Duration DEFAULT_WINDOW = Duration.ofDays(30);

    private final SqlScores scores;
    private final Callers callers;
    private final Cursors cursors;
    private final InstantSource clock;

    ScoreResource(Reads reads, Callers callers, Cursors cursors, InstantSource clock) {
        scores = new SqlScores(reads);
        this.callers = callers;
        this.cursors = cursors;
        this.clock = clock;
    }

    /** @param next cursor of the next page; absent on the last */
    record ScoresView(
            List<SqlScores.ScoreView> scores, @Nullable String next) {}

    @GET
    public ScoresView list(
            @RestQuery @Nullable String name,
            @RestQuery @Nullable String source,
            @RestQuery @Nullable String trace,
            @RestQuery @Nullable String from,
            @RestQuery @Nullable String to,
            @RestQuery @Nullable String limit,
            @RestQuery @Nullable String cursor) {
        String tenant = callers.with(Scope.READ).requireTenant();
        Request request = new Request();
        Instant end = request.instant("to", to, clock.instant().plus(Duration.ofHours(1)));
        Instant begin = request.instant("from", from, end.minus(DEFAULT_WINDOW));
        request.window(begin, end);
        Cursors.Place place = new Cursors.Place(tenant, "scores");
        SqlScores.Question question = new SqlScores.Question(
                request.text("name", name),
                request.text("source", source),
                request.traceId("trace", trace),
                begin,
                end,
                request.limit(limit),
                request.position(cursors, place, cursor));
        if (!request.faults().isEmpty()) {
            throw ProblemException.invalid(request.faults());
        }
        Page<SqlScores.ScoreView> page = Page.of(
                scores.list(tenant, question),
                question.limit(),
                cursors,
                place,
                one -> List.of(String.valueOf(Micros.of(one.createdAt())), one.scoreId()));
        return new ScoresView(page.shown(), page.next());
    }
}
