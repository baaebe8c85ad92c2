package io.pentameter.ingest.signal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.micrometer.core.instrument.MeterRegistry;
import io.pentameter.ingest.config.CurrentTenants;
import io.pentameter.ingest.config.IngestConfig;
import io.pentameter.ingest.config.TenantSettings;
import io.pentameter.ingest.intake.Sender;
import io.pentameter.ingest.pseudonym.PseudonymKeysAwayException;
import io.pentameter.ingest.pseudonym.Pseudonyms;
import io.pentameter.ingest.publish.LogUnavailableException;
import io.pentameter.ingest.publish.RecordLog;
import io.pentameter.kit.problem.Problem;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import io.pentameter.kit.token.Caller;
import io.pentameter.kit.token.ForbiddenException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Takes signals in: one as a JSON object, or up to 1,000 as an array. What is answered with 2xx is durable. */
@Singleton
public final class HttpSignals {

    /** Most bytes of a body. */
    static final int MAX_BODY = 1 << 20;

    private final CurrentTenants tenants;
    private final Pseudonyms pseudonyms;
    private final RecordLog log;
    private final ObjectReader json;
    private final InstantSource clock;
    private final MeterRegistry registry;
    private final Duration retryAfter;

    HttpSignals(
            CurrentTenants tenants,
            Pseudonyms pseudonyms,
            RecordLog log,
            ObjectMapper json,
            InstantSource clock,
            MeterRegistry registry,
            IngestConfig config) {
        this.tenants = tenants;
        this.pseudonyms = pseudonyms;
        this.log = log;
        this.json = json.reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
        this.clock = clock;
        this.registry = registry;
        this.retryAfter = config.retryAfter();
    }

    /** @param scores ids of the scores made of it; absent for what is none */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record SignalView(String id, List<String> scores) {}

    /** @param index of the signal in the request, from 0 */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record ItemView(int index, String id, List<String> scores) {}

    /** @param errors of the first that were refused; empty if none was */
    record BatchView(int accepted, int refused, List<ItemView> items, List<Problem.Fault> errors) {}

    /**
     * 202 if everything was taken, 207 if some of an array was, with what is wrong with the rest by its index, and a problem
     * with 400 if nothing was.
     *
     * @param key the request's Idempotency-Key; absent if there was none
     */
    public Response take(Caller caller, InputStream body, @Nullable String key, SignalReader reader)
            throws IOException {
        SignalOrigin origin = origin(caller);
        JsonNode parsed = parsed(body);
        SignalBatch batch;
        try {
            batch = SignalBatch.read(parsed, key, reader, origin);
        } catch (PseudonymKeysAwayException e) {
            throw away(String.valueOf(e.getMessage()));
        }
        count(reader, "refused", batch.bad());
        if (batch.good().isEmpty()) {
            throw ProblemException.invalid(batch.errors());
        }
        write(reader, batch.good().stream().map(SignalBatch.Item::signal).toList());
        if (batch.isOne()) {
            return Response.accepted(view(batch.good().getFirst().signal())).build();
        }
        List<ItemView> items = batch.good().stream()
                .map(item -> new ItemView(
                        item.index(), item.signal().id(), item.signal().scores()))
                .toList();
        return Response.status(batch.bad() == 0 ? 202 : 207)
                .entity(new BatchView(items.size(), batch.bad(), items, batch.errors()))
                .build();
    }

    /** Takes one signal in that was not sent as a body, and answers 202. */
    public Response take(Signal signal, SignalReader reader) {
        write(reader, List.of(signal));
        return Response.accepted(view(signal)).build();
    }

    /** Who the caller is to the signals. */
    public SignalOrigin origin(Caller caller) {
        String tenant = caller.requireTenant();
        TenantSettings settings = tenants.of(tenant);
        if (settings.isSuspended()) {
            throw new ForbiddenException("the tenant is suspended");
        }
        String keyId = caller.key() == null ? caller.subject() : caller.key();
        return new SignalOrigin(
                new Sender(tenant, keyId, settings),
                pseudonyms,
                ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
    }

    private static SignalView view(Signal signal) {
        return new SignalView(signal.id(), signal.scores());
    }

    private JsonNode parsed(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MAX_BODY + 1);
        if (bytes.length > MAX_BODY) {
            throw new ProblemException(ProblemKind.TOO_LARGE, "the body must have at most " + MAX_BODY + " bytes");
        }
        return json.readTree(bytes);
    }

    private void write(SignalReader reader, List<Signal> signals) {
        try {
            log.append(
                            reader.topic(),
                            signals.stream()
                                    .flatMap(signal -> signal.records().stream())
                                    .toList())
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof LogUnavailableException) {
                throw away("it could not be stored");
            }
            throw e;
        }
        count(reader, "accepted", signals.size());
    }

    private ProblemException away(String reason) {
        return new ProblemException(Problem.of(ProblemKind.UNAVAILABLE, reason + "; send it again"), retryAfter);
    }

    private void count(SignalReader reader, String outcome, int signals) {
        registry.counter("pentameter.ingest.signals", "kind", reader.word(), "outcome", outcome)
                .increment(signals);
    }
}
