package io.pentameter.aggregation.explain;

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

/** Why the cost changed between two windows. */
@Path("/api/v1/costs/explain")
@RunOnVirtualThread
class ExplainResource {

    private final Reads reads;
    private final SinkProgress progress;
    private final Callers callers;

    ExplainResource(Reads reads, SinkProgress progress, Callers callers) {
        this.reads = reads;
        this.progress = progress;
        this.callers = callers;
    }

    @POST
    public Explanation explain(@Nullable ExplainBody body) {
        String tenant = callers.with(Scope.READ).requireTenant();
        if (body == null) {
            throw ProblemException.invalid("", "the body must have before and after");
        }
        Question question = body.read();
        SqlKeptSince.require(reads, tenant, "/before/from", question.before().from());
        SqlKeptSince.require(reads, tenant, "/after/from", question.after().from());
        Instant visibleUntil = progress.visibleUntil().orElse(null);
        SqlChange change = new SqlChange(reads, tenant, question);
        return new Explainer(question, change.read()).of(change.values(), visibleUntil);
    }
}
