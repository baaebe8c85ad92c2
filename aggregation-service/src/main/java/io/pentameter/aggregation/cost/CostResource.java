package io.pentameter.aggregation.cost;

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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who caused the cost of a window. */
@Path("/api/v1/costs/query")
@RunOnVirtualThread
class CostResource {

    private final Reads reads;
    private final SinkProgress progress;
    private final Callers callers;
    private final CostConfig config;

    CostResource(Reads reads, SinkProgress progress, Callers callers, CostConfig config) {
        this.reads = reads;
        this.progress = progress;
        this.callers = callers;
        this.config = config;
    }

    @POST
    public CostAnswer query(@Nullable CostQueryBody body) {
        String tenant = callers.with(Scope.READ).requireTenant();
        if (body == null) {
            throw ProblemException.invalid("", "the body must be a cost query");
        }
        CostQuery query = body.read();
        Instant visibleUntil = progress.visibleUntil().orElse(null);
        Instant keptSince = SqlKeptSince.after(reads, tenant, query.window().from());
        SqlCosts.Found found = new SqlCosts(reads, tenant, config.rollups()).read(query);
        List<List<String>> shown =
                found.shown().stream().map(SqlCosts.Group::values).toList();
        SqlCostParts.Found parts = new SqlCostParts(reads, tenant).read(query, shown);
        return new CostAnswers(query, body.filters(), found.whole())
                .of(found, parts, new CostAnswer.AsOf(visibleUntil, keptSince));
    }
}
