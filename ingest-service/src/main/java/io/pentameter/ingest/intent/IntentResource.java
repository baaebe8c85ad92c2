package io.pentameter.ingest.intent;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pentameter.ingest.audit.Act;
import io.pentameter.ingest.classify.Classifier;
import io.pentameter.ingest.classify.Training;
import io.pentameter.ingest.config.CurrentTenants;
import io.pentameter.ingest.redact.Redactor;
import io.pentameter.ingest.signal.Form;
import io.pentameter.kit.problem.Problem;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import io.pentameter.kit.token.Caller;
import io.pentameter.kit.token.Callers;
import io.pentameter.kit.token.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The classifier of intents of the caller's tenant: examples in, training, how well it does. */
@Path("/api/v1/classifiers/intent")
@Produces(MediaType.APPLICATION_JSON)
class IntentResource {

    private static final String REQUEST_ID = "Pentameter-Request-Id";
    private static final int MAX_BODY = 4 << 20;
    private static final int MAX_ITEMS = 1000;
    private static final int MAX_ERRORS = 100;

    private final Callers callers;
    private final CurrentTenants tenants;
    private final HttpIntents intents;
    private final Classifier classifier;
    private final ObjectMapper json;

    IntentResource(
            Callers callers, CurrentTenants tenants, HttpIntents intents, Classifier classifier, ObjectMapper json) {
        this.callers = callers;
        this.tenants = tenants;
        this.intents = intents;
        this.classifier = classifier;
        this.json = json;
    }

    /** @param useDefault whether to go back to the default instead; absent means no */
    record TrainingRequest(@Nullable Boolean useDefault) {}

    /** @param learnFromClients whether intents that clients say become examples */
    record Wish(@Nullable Boolean learnFromClients) {}

    /** @param examples how many there are now */
    record TakenView(int accepted, int refused, int examples, List<Problem.Fault> errors) {}

    record RemovedView(int removed) {}

    /**
     * @param model     own or default
     * @param version   as spans name it
     * @param trainedAt absent for the default
     * @param quality   by cross-validation with five folds
     * @param stored    how many examples each label has now; the next training uses them
     * @param enabled   whether requests are classified at all
     * @param learnFromClients whether intents that clients say become examples
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            String model,
            String version,
            @Nullable Instant trainedAt,
            JsonNode quality,
            SortedMap<String, Integer> stored,
            boolean enabled,
            boolean learnFromClients) {}

    @GET
    @RunOnVirtualThread
    public View get() throws IOException {
        return view(callers.with(Scope.READ).requireTenant());
    }

    /** Whether intents that clients say become examples, where the tenant lets us keep the whole input; 200 a label. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public View set(@Nullable Wish wish, @HeaderParam(REQUEST_ID) @Nullable String requestId) throws IOException {
        Caller caller = callers.with(Scope.ADMIN);
        String tenant = caller.requireTenant();
        Boolean learns = wish == null ? null : wish.learnFromClients();
        if (learns == null) {
            throw ProblemException.invalid("/learnFromClients", "must be true or false: (absent)");
        }
        Act act = new Act("classifier.update", "intent", Map.of("learn_from_clients", learns.toString()));
        intents.change(caller, act, requestId, connection -> {
            PostgresIntents.setLearning(connection, tenant, learns);
            return learns;
        });
        return view(tenant);
    }

    /** One example, or an array of them; the same text again takes the new label. Secrets and personal data are masked. */
    @POST
    @Path("examples")
    @Consumes(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public Response add(InputStream body, @HeaderParam(REQUEST_ID) @Nullable String requestId) throws IOException {
        Caller caller = callers.with(Scope.ADMIN);
        String tenant = caller.requireTenant();
        JsonNode parsed = parsed(body);
        List<Problem.Fault> errors = new ArrayList<>();
        List<Training.Labelled> good = read(parsed, tenants.of(tenant).redactor(), errors);
        int refused = (parsed.isArray() ? parsed.size() : 1) - good.size();
        if (good.isEmpty()) {
            throw ProblemException.invalid(errors.subList(0, Math.min(MAX_ERRORS, errors.size())));
        }
        Act act = new Act("classifier.add_examples", "intent", Map.of("examples", Integer.toString(good.size())));
        int total = intents.change(caller, act, requestId, connection -> {
            PostgresIntents.keep(connection, tenant, good);
            SortedMap<String, Integer> counts = PostgresIntents.counts(connection, tenant);
            int now = counts.values().stream().mapToInt(Integer::intValue).sum();
            if (now > Training.MAX_EXAMPLES || counts.size() > Training.MAX_LABELS) {
                throw new ProblemException(
                        ProblemKind.UNPROCESSABLE,
                        "a tenant may have %d examples of %d labels; with these it would have %d of %d"
                                .formatted(Training.MAX_EXAMPLES, Training.MAX_LABELS, now, counts.size()));
            }
            return now;
        });
        return Response.status(refused == 0 ? 200 : 207)
                .entity(new TakenView(
                        good.size(), refused, total, errors.subList(0, Math.min(MAX_ERRORS, errors.size()))))
                .build();
    }

    /** Removes the examples of a label; what is trained stays until the next training. */
    @DELETE
    @Path("examples/{label}")
    @RunOnVirtualThread
    public RemovedView remove(@PathParam("label") String label, @HeaderParam(REQUEST_ID) @Nullable String requestId) {
        Caller caller = callers.with(Scope.ADMIN);
        String tenant = caller.requireTenant();
        Act act = new Act("classifier.remove_examples", "intent", Map.of("label", label));
        return new RemovedView(intents.change(
                caller, act, requestId, connection -> PostgresIntents.remove(connection, tenant, label)));
    }

    /** Trains from the examples that there are; all instances use it within seconds. */
    @POST
    @Path("train")
    @Consumes(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public View train(@Nullable TrainingRequest request, @HeaderParam(REQUEST_ID) @Nullable String requestId)
            throws IOException {
        Caller caller = callers.with(Scope.ADMIN);
        if (request != null && Boolean.TRUE.equals(request.useDefault())) {
            intents.useDefault(caller, requestId);
        } else {
            intents.train(caller, requestId);
        }
        return view(caller.requireTenant());
    }

    private View view(String tenant) throws IOException {
        record Stored(Optional<PostgresIntents.State> state, SortedMap<String, Integer> counts, boolean isLearning) {}
        Stored stored = intents.read(
                tenant,
                connection -> new Stored(
                        PostgresIntents.state(connection, tenant),
                        PostgresIntents.counts(connection, tenant),
                        PostgresIntents.isLearning(connection, tenant)));
        Optional<PostgresIntents.State> own =
                stored.state().filter(it -> !it.version().isEmpty());
        return own.isPresent()
                ? new View(
                        "own",
                        own.get().version(),
                        own.get().trainedAt(),
                        json.readTree(own.get().quality()),
                        stored.counts(),
                        classifier.isOn(),
                        stored.isLearning())
                : new View(
                        "default",
                        Classifier.DEFAULT_VERSION,
                        null,
                        json.readTree(Classifier.defaultQuality()),
                        stored.counts(),
                        classifier.isOn(),
                        stored.isLearning());
    }

    private JsonNode parsed(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MAX_BODY + 1);
        if (bytes.length > MAX_BODY) {
            throw new ProblemException(ProblemKind.TOO_LARGE, "the body must have at most " + MAX_BODY + " bytes");
        }
        return json.readTree(bytes);
    }

    private static List<Training.Labelled> read(JsonNode body, Redactor redactor, List<Problem.Fault> errors) {
        if (body.isArray() && (body.isEmpty() || body.size() > MAX_ITEMS)) {
            throw ProblemException.invalid("", "must have 1 to " + MAX_ITEMS + " items, but has " + body.size());
        }
        List<Training.Labelled> good = new ArrayList<>();
        for (int i = 0; i < (body.isArray() ? body.size() : 1); i++) {
            Form form = body.isArray() ? Form.of(body.get(i), "/" + i) : Form.of(body, "");
            String text = form.isGood() ? form.requiredText("text", Training.MAX_TEXT) : "";
            String label = form.isGood()
                    ? form.requiredText("label", Training.MAX_LABEL).strip()
                    : "";
            if (form.isGood()) {
                form.refuseOthers();
            }
            if (form.isGood()) {
                good.add(new Training.Labelled(redactor.redact(text, new HashSet<>()), label));
            }
            errors.addAll(form.mistakes());
        }
        return good;
    }
}
