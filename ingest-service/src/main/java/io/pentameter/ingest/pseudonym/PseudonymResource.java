package io.pentameter.ingest.pseudonym;

import io.pentameter.contracts.Topics;
import io.pentameter.ingest.audit.Act;
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
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Tells those who may know who a pseudonym stands for, and writes down that it did. */
@Path("/api/v1/pseudonyms/resolve")
class PseudonymResource {

    private static final int MAX_PSEUDONYMS = 100;
    private static final int MAX_LENGTH = 256;

    private final Callers callers;
    private final Pseudonyms pseudonyms;
    private final RecordLog log;
    private final InstantSource clock;
    private final Duration retryAfter;

    PseudonymResource(Callers callers, Pseudonyms pseudonyms, RecordLog log, InstantSource clock, IngestConfig config) {
        this.callers = callers;
        this.pseudonyms = pseudonyms;
        this.log = log;
        this.clock = clock;
        this.retryAfter = config.retryAfter();
    }

    /** @param pseudonyms 1 to 100, as spans and scores show them */
    record Question(@Nullable List<@Nullable String> pseudonyms) {}

    /** @param value the id as the client sent it */
    record Resolved(String pseudonym, String value) {}

    /** @param unknown those that are hashes, of another tenant, or none */
    record View(List<Resolved> resolved, List<String> unknown) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public View resolve(@Nullable Question question, @HeaderParam("Pentameter-Request-Id") @Nullable String requestId) {
        Caller caller = callers.with(Scope.COMPLIANCE);
        String tenant = caller.requireTenant();
        List<String> asked = asked(question);
        List<Resolved> resolved = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        try {
            for (String pseudonym : asked) {
                Optional<String> value = pseudonyms.resolve(tenant, pseudonym);
                value.ifPresentOrElse(it -> resolved.add(new Resolved(pseudonym, it)), () -> unknown.add(pseudonym));
            }
            log.append(Topics.AUDIT, List.of(act(resolved, asked.size()).by(caller, clock.instant(), requestId)))
                    .toCompletableFuture()
                    .join();
        } catch (PseudonymKeysAwayException e) {
            throw away(String.valueOf(e.getMessage()));
        } catch (CompletionException e) {
            if (e.getCause() instanceof LogUnavailableException) {
                throw away("it cannot be written to the audit log at the moment, so it is not told");
            }
            throw e;
        }
        return new View(resolved, unknown);
    }

    private static List<String> asked(@Nullable Question question) {
        List<@Nullable String> given = question == null ? null : question.pseudonyms();
        if (given == null || given.isEmpty() || given.size() > MAX_PSEUDONYMS) {
            throw ProblemException.invalid(
                    "/pseudonyms",
                    "must have 1 to " + MAX_PSEUDONYMS + " items: " + (given == null ? "(absent)" : given.size()));
        }
        List<String> asked = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            String pseudonym = given.get(i);
            if (pseudonym == null || pseudonym.isEmpty() || pseudonym.length() > MAX_LENGTH) {
                throw ProblemException.invalid(
                        "/pseudonyms/" + i, "must be a text of 1 to " + MAX_LENGTH + " characters");
            }
            asked.add(pseudonym);
        }
        return asked;
    }

    /** Names the pseudonyms, never what they stand for. */
    private static Act act(List<Resolved> resolved, int asked) {
        String named =
                String.join(" ", resolved.stream().map(Resolved::pseudonym).toList());
        return new Act(
                "pseudonym.resolve",
                resolved.size() == 1 ? named : "",
                Map.of(
                        "asked", Integer.toString(asked),
                        "resolved", Integer.toString(resolved.size()),
                        "pseudonyms", named));
    }

    private ProblemException away(String detail) {
        return new ProblemException(Problem.of(ProblemKind.UNAVAILABLE, detail), retryAfter);
    }
}
