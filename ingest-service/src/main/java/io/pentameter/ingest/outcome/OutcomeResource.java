package io.pentameter.ingest.outcome;

import io.pentameter.ingest.signal.Form;
import io.pentameter.ingest.signal.HttpSignals;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.token.Callers;
import io.pentameter.kit.token.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Takes business results in, and takes them back. */
@Path("/api/v1/outcomes")
class OutcomeResource {

    private final Callers callers;
    private final HttpSignals signals;
    private final OutcomeReader reader = new OutcomeReader();

    OutcomeResource(Callers callers, HttpSignals signals) {
        this.callers = callers;
        this.signals = signals;
    }

    /** Durable when answered with 2xx. The same id again replaces what it said before. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public Response report(InputStream body, @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey)
            throws IOException {
        return signals.take(callers.with(Scope.INGEST), body, idempotencyKey, reader);
    }

    /** Whether there is such an outcome is not known here: taking back what is not there does no harm. */
    @DELETE
    @Path("{id}")
    @RunOnVirtualThread
    public Response takeBack(@PathParam("id") String id) {
        if (id.isBlank() || id.length() > Form.MAX_ID) {
            throw ProblemException.invalid("id", "must have 1 to " + Form.MAX_ID + " characters: " + id.length());
        }
        return signals.take(OutcomeReader.withdrawal(id, signals.origin(callers.with(Scope.INGEST))), reader);
    }
}
