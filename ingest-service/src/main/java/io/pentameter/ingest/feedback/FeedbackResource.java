package io.pentameter.ingest.feedback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.ingest.config.CurrentTenants;
import io.pentameter.ingest.config.IngestConfig;
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
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Takes feedback of end users in. */
@Path("/api/v1/feedback")
class FeedbackResource {

    private static final int MAX_BODY = 64 << 10;

    private final Callers callers;
    private final CurrentTenants tenants;
    private final RecordLog log;
    private final ObjectMapper json;
    private final InstantSource clock;
    private final MeterRegistry registry;
    private final Duration retryAfter;

    FeedbackResource(
            Callers callers,
            CurrentTenants tenants,
            RecordLog log,
            ObjectMapper json,
            InstantSource clock,
            MeterRegistry registry,
            IngestConfig config) {
        this.callers = callers;
        this.tenants = tenants;
        this.log = log;
        this.json = json;
        this.clock = clock;
        this.registry = registry;
        this.retryAfter = config.retryAfter();
    }

    /** What was written: the feedback's id, and the ids of the scores made of it. */
    record FeedbackView(String id, List<String> scores) {}

    /** Durable when answered with 202. The same id, or the same Idempotency-Key, again replaces what it said before. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public Response give(InputStream body, @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey)
            throws IOException {
        Caller caller = callers.with(Scope.INGEST);
        String tenant = caller.requireTenant();
        FeedbackForm.Result result = FeedbackForm.read(
                parsed(body), idempotencyKey, () -> UUID.randomUUID().toString());
        return switch (result) {
            case FeedbackForm.Result.Bad bad ->
                throw ProblemException.invalid(bad.mistakes().stream()
                        .map(mistake -> new Problem.Fault(mistake.pointer(), mistake.detail()))
                        .toList());
            case FeedbackForm.Result.Good good -> {
                String keyId = caller.key() == null ? caller.subject() : caller.key();
                long nowUs = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
                yield written(good.feedback(), new Feedback.Origin(tenant, keyId, tenants.of(tenant), nowUs));
            }
        };
    }

    private JsonNode parsed(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MAX_BODY + 1);
        if (bytes.length > MAX_BODY) {
            throw new ProblemException(ProblemKind.TOO_LARGE, "the body must have at most " + MAX_BODY + " bytes");
        }
        return json.readTree(bytes);
    }

    private Response written(Feedback feedback, Feedback.Origin origin) {
        List<ScoreRecord> scores = feedback.scores(origin);
        try {
            log.append(Topics.SCORES, scores.stream().map(Feedback::logRecord).toList())
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof LogUnavailableException) {
                throw new ProblemException(
                        Problem.of(ProblemKind.UNAVAILABLE, "the feedback could not be stored; send it again"),
                        retryAfter);
            }
            throw e;
        }
        registry.counter("pentameter.ingest.feedback").increment();
        List<String> ids = scores.stream().map(ScoreRecord::getScoreId).toList();
        return Response.accepted(new FeedbackView(feedback.id(), ids)).build();
    }
}
