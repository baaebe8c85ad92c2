package io.pentameter.aggregation.economics;

import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.retention.SqlKeptSince;
import io.pentameter.aggregation.sink.SinkProgress;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.token.Callers;
import io.pentameter.kit.token.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the work of models is worth and what it costs, by cohort. */
@Path("/api/v1/costs/economics")
@RunOnVirtualThread
class EconomicsResource {

    private final Reads reads;
    private final SinkProgress progress;
    private final Callers callers;

    EconomicsResource(Reads reads, SinkProgress progress, Callers callers) {
        this.reads = reads;
        this.progress = progress;
        this.callers = callers;
    }

    @POST
    public Economics economics(EconomicsQuery.@Nullable Body body) {
        String tenant = callers.with(Scope.READ).requireTenant();
        if (body == null) {
            throw ProblemException.invalid("", "the body must have from and to");
        }
        EconomicsQuery query = body.read();
        SqlKeptSince.require(reads, tenant, "/from", query.window().from());
        Instant visibleUntil = progress.visibleUntil().orElse(null);
        SqlCases.Found found = new SqlCases(reads, tenant).read(query);
        return new Accounts(query.worth()).of(query, found, visibleUntil);
    }
}
