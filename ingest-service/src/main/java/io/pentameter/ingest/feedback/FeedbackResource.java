package io.pentameter.ingest.feedback;

import io.pentameter.ingest.signal.HttpSignals;
import io.pentameter.kit.token.Callers;
import io.pentameter.kit.token.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes feedback of end users in. */
@Path("/api/v1/feedback")
class FeedbackResource {

    private final Callers callers;
    private final HttpSignals signals;
    private final FeedbackReader reader =
            new FeedbackReader(() -> UUID.randomUUID().toString());

    FeedbackResource(Callers callers, HttpSignals signals) {
        this.callers = callers;
        this.signals = signals;
    }

    /** Durable when answered with 2xx. The same id, or the same Idempotency-Key, again replaces what it said before. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public Response give(InputStream body, @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey)
            throws IOException {
        return signals.take(callers.with(Scope.INGEST), body, idempotencyKey, reader);
    }
}
