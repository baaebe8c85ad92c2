package io.pentameter.aggregation.trace;

import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.page.Request;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import io.pentameter.kit.token.Caller;
import io.pentameter.kit.token.Callers;
import io.pentameter.kit.token.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** One trace. */
@Path("/api/v1/traces/{traceId}")
@RunOnVirtualThread
class TraceResource {

    private final SqlTraces traces;
    private final Callers callers;

    TraceResource(Reads reads, Callers callers) {
        traces = new SqlTraces(reads);
        this.callers = callers;
    }

    /** 404 for a trace that is not there, is somebody else's, or whose id is none: the same answer to all. */
    @GET
    public TraceView trace(String traceId) {
        Caller caller = callers.with(Scope.READ);
        String tenant = caller.requireTenant();
        if (!Request.isTraceId(traceId)) {
            throw notFound();
        }
        return traces.find(tenant, traceId, caller.scopes().contains(Scope.PAYLOAD))
                .orElseThrow(TraceResource::notFound);
    }

    private static ProblemException notFound() {
        return new ProblemException(ProblemKind.NOT_FOUND, "there is no trace with this id");
    }
}
