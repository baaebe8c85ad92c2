package io.pentameter.aggregation.audit;

import io.pentameter.aggregation.engine.Micros;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.page.Cursors;
import io.pentameter.aggregation.page.Page;
import io.pentameter.aggregation.page.Request;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.token.Caller;
import io.pentameter.kit.token.Callers;
import io.pentameter.kit.token.ForbiddenException;
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

/** The audit log, for those with the scope compliance or admin. */
@Path("/api/v1/audit")
@RunOnVirtualThread
class AuditResource {

    private static final Duration DEFAULT_WINDOW = Duration.ofDays(30);

    private final SqlAuditTrail trail;
    private final Callers callers;
    private final Cursors cursors;
    private final InstantSource clock;

    AuditResource(Reads reads, Callers callers, Cursors cursors, InstantSource clock) {
        trail = new SqlAuditTrail(reads);
        this.callers = callers;
        this.cursors = cursors;
        this.clock = clock;
    }

    /** @param next cursor of the next page; absent on the last */
    record AuditListView(
            List<SqlAuditTrail.AuditView> events, @Nullable String next) {}

    @GET
    public AuditListView list(
            @RestQuery @Nullable String action,
            @RestQuery @Nullable String actor,
            @RestQuery @Nullable String from,
            @RestQuery @Nullable String to,
            @RestQuery @Nullable String limit,
            @RestQuery @Nullable String cursor) {
        String tenant = reader().requireTenant();
        Request request = new Request();
        Instant end = request.instant("to", to, clock.instant().plus(Duration.ofHours(1)));
        Instant begin = request.instant("from", from, end.minus(DEFAULT_WINDOW));
        request.window(begin, end);
        Cursors.Place place = new Cursors.Place(tenant, "audit");
        SqlAuditTrail.Question question = new SqlAuditTrail.Question(
                request.text("action", action),
                request.text("actor", actor),
                begin,
                end,
                request.limit(limit),
                request.position(cursors, place, cursor));
        if (!request.faults().isEmpty()) {
            throw ProblemException.invalid(request.faults());
        }
        Page<SqlAuditTrail.AuditView> page = Page.of(
                trail.list(tenant, question),
                question.limit(),
                cursors,
                place,
                one -> List.of(String.valueOf(Micros.of(one.at())), one.auditId()));
        return new AuditListView(page.shown(), page.next());
    }

    private Caller reader() {
        try {
            return callers.with(Scope.COMPLIANCE);
        } catch (ForbiddenException _) {
            return callers.with(Scope.ADMIN);
        }
    }
}
