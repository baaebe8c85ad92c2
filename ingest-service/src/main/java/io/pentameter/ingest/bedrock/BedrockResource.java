package io.pentameter.ingest.bedrock;

import io.pentameter.ingest.config.CurrentTenants;
import io.pentameter.ingest.config.IngestConfig;
import io.pentameter.ingest.config.TenantSettings;
import io.pentameter.ingest.intake.InFlight;
import io.pentameter.ingest.intake.IntakeParts;
import io.pentameter.ingest.intake.Sender;
import io.pentameter.ingest.otlp.UndecodableException;
import io.pentameter.ingest.publish.LogUnavailableException;
import io.pentameter.ingest.publish.RecordLog;
import io.pentameter.kit.problem.Problem;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import io.pentameter.kit.token.Caller;
import io.pentameter.kit.token.Callers;
import io.pentameter.kit.token.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;

/** Files of Bedrock's log are uploaded here, one a request. */
@Path("/api/v1/imports/bedrock")
class BedrockResource {

    private final Callers callers;
    private final CurrentTenants tenants;
    private final InFlight inFlight;
    private final BedrockIntake intake;
    private final InstantSource clock;
    private final int maxBytes;
    private final Duration retryAfter;

    BedrockResource(
            Callers callers,
            CurrentTenants tenants,
            IntakeParts parts,
            RecordLog log,
            InstantSource clock,
            IngestConfig config) {
        this.callers = callers;
        this.tenants = tenants;
        this.inFlight = parts.inFlight();
        this.intake = new BedrockIntake(parts, log);
        this.clock = clock;
        this.maxBytes = Math.toIntExact(config.maxBodySize().asLongValue());
        this.retryAfter = config.retryAfter();
    }

    /** Durable when answered. The same file again counts once. */
    @POST
    @Consumes(MediaType.WILDCARD)
    @RunOnVirtualThread
    public Response take(InputStream body) throws IOException {
        Caller caller = callers.with(Scope.INGEST);
        String tenant = caller.requireTenant();
        TenantSettings settings = tenants.of(tenant);
        if (settings.isSuspended()) {
            throw new ProblemException(ProblemKind.FORBIDDEN, "the tenant is suspended");
        }
        Sender sender = new Sender(tenant, caller.key() == null ? caller.subject() : caller.key(), settings);
        InFlight.Share share = inFlight.open();
        try {
            byte[] file = body.readNBytes(maxBytes + 1);
            share.grow(file.length);
            if (file.length > maxBytes) {
                throw new ProblemException(ProblemKind.TOO_LARGE, "the file must have at most " + maxBytes + " bytes");
            }
            BedrockFile.Read read = BedrockFile.read(file, maxBytes, share::grow, BedrockBodies.NONE);
            return Response.ok(intake.take(read, file.length, sender, clock.instant()))
                    .build();
        } catch (UndecodableException e) {
            throw new ProblemException(ProblemKind.INVALID_INPUT, String.valueOf(e.getMessage()));
        } catch (InFlight.OverloadedException _) {
            throw away("too much is being taken in at the moment");
        } catch (CompletionException e) {
            if (e.getCause() instanceof LogUnavailableException) {
                throw away("the file could not be stored; send it again");
            }
            throw e;
        } finally {
            share.close();
        }
    }

    private ProblemException away(String sentence) {
        return new ProblemException(Problem.of(ProblemKind.UNAVAILABLE, sentence), retryAfter);
    }
}
