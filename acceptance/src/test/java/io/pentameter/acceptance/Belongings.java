package io.pentameter.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/** At least two of everything that a tenant can have, so that every list has a second page; all named by a word of its own. */
final class Belongings implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String word = Spans.unique("secret");
    private final Supplier<Client> login;
    private final Map<String, String> ids = new LinkedHashMap<>();
    private final Set<String> further = new LinkedHashSet<>();
    private final Map<String, String> created = new LinkedHashMap<>();
    private final List<String> removable = new ArrayList<>();
    private final String spare;

    private Belongings(Supplier<Client> login, Client ingest, String tenant) {
        this.login = login;
        List<Span> spans = spans();
        spare = Spans.hex(spans.getLast().getTraceId());
        ids.put("/api/v1/admin/tenants/{}", tenant);
        ids.put("/api/v1/traces/{}", Spans.hex(spans.getFirst().getTraceId()));
        further.add(Spans.hex(spans.getFirst().getSpanId()));
        assertThat(ingest.export(Spans.request(spans)).status()).isEqualTo(200);
        await().atMost(PATIENCE)
                .until(() -> list("/api/v1/traces?feature=" + word, "traces").size() == spans.size());
        for (Span span : spans.subList(0, 2)) {
            Answer feedback = ingest.post(
                    "/api/v1/feedback",
                    "{\"traceId\":\"%s\",\"thumbs\":\"down\",\"comment\":\"%s\"}"
                            .formatted(Spans.hex(span.getTraceId()), word));
            feedback.json().get("scores").forEach(score -> further.add(score.asText()));
        }
        ids.put("/api/v1/outcomes/{}", word + "-outcome");
        for (String body : List.of(
                "[{\"id\":\"%s-outcome\",\"name\":\"resolved\",\"success\":true}]",
                "{\"id\":\"%s-outcome-2\",\"name\":\"resolved\",\"success\":false}")) {
            ingest.post("/api/v1/outcomes", body.formatted(word));
        }
        ids.put("/api/v1/classifiers/intent/examples/{}", word);
        login.get()
                .post(
                        "/api/v1/classifiers/intent/examples",
                        "{\"text\":\"%s please\",\"label\":\"%s\"}".formatted(word, word));
        for (int i = 1; i <= 2; i++) {
            ingest.post("/api/v1/changes", ExampleBodies.change(word + "-change-" + i));
            String running = Spans.hex(Spans.bytes(16));
            ingest.post("/api/public/ingestion", ExampleBodies.begun(running, word));
            further.add(running);
        }
        declare(ExampleBodies.ownDimension(word));
        for (int i = 1; i <= 2; i++) {
            make("/api/v1/keys", ExampleBodies.key(word + "-key-" + i));
            make("/api/v1/members", ExampleBodies.member(word + "-" + i));
            make("/api/v1/costs/pools", ExampleBodies.pool(word + "-pool-" + i));
            make("/api/v1/costs/invoices", ExampleBodies.invoice(word + "-invoice-" + i));
            make("/api/v1/costs/reconciliation/adjustments", ExampleBodies.adjustment(word + "-adjustment-" + i));
            make("/api/v1/judges", ExampleBodies.judge(word + "-judge-" + i));
            make("/api/v1/destinations", ExampleBodies.destination(word + "-receiver-" + i));
        }
        Answer repricing = login.get().call("POST", "/api/v1/costs/repricings", ExampleBodies.repricing(), Map.of());
        assertThat(repricing.status()).as(repricing.text()).isEqualTo(202);
        ids.put("/api/v1/costs/repricings/{}", repricing.json().get("id").asText());
        await().atMost(PATIENCE)
                .until(() -> login.get()
                        .get("/api/v1/costs/repricings/" + idFor("/api/v1/costs/repricings/{}"))
                        .json()
                        .path("state")
                        .asText()
                        .equals("calculated"));
        for (int i = 1; i <= 2; i++) {
            make("/api/v1/rules", ExampleBodies.rule(word, idFor("/api/v1/destinations/{}")));
            make("/api/v1/budgets", ExampleBodies.budget(word, idFor("/api/v1/destinations/{}")));
        }
        String rule = idFor("/api/v1/rules/{}");
        List<JsonNode> alerts = await().atMost(PATIENCE)
                .until(() -> list("/api/v1/alerts?rule=" + rule, "data"), found -> found.size() >= 2);
        ids.put("/api/v1/alerts/{}", alerts.getFirst().get("id").asText());
        String deliveries = "/api/v1/destinations/" + idFor("/api/v1/destinations/{}") + "/deliveries";
        await().atMost(PATIENCE).until(() -> list(deliveries, "data").size() >= 2);
        await().atMost(PATIENCE)
                .until(() -> list("/api/v1/scores?name=thumbs", "scores").stream()
                        .anyMatch(score -> further.contains(
                                score.path("id").asText(score.path("scoreId").asText()))));
    }

    /** Takes a while: spans must become visible and alerts fire. */
    static Belongings of(Supplier<Client> login, Client ingest, String tenant) {
        return new Belongings(login, ingest, tenant);
    }

    /** Paths on which things were made. */
    Set<String> created() {
        return created.keySet();
    }

    /** The Idempotency-Key with which the first thing on the path was made. */
    String idempotencyKey(String path) {
        return Objects.requireNonNull(created.get(path), path);
    }

    /** Part of every name; what others see must not contain it. */
    String word() {
        return word;
    }

    /** The id that belongs into a path with a parameter. */
    String idFor(ApiDescription.Operation operation) {
        return idFor(operation.path().replaceAll("\\{[^}]*}.*", "{}"));
    }

    /** @param base the path up to the id, <code>{}</code> in its place */
    String idFor(String base) {
        String id = ids.get(base);
        if (id == null) {
            throw new AssertionError("there is no id for " + base + ": let Belongings make something");
        }
        return id;
    }

    /** Everything by which a thing of the tenant could be asked for. */
    Set<String> values() {
        Set<String> values = new LinkedHashSet<>(ids.values());
        values.addAll(further);
        values.add(word);
        values.add(word + "-1@example.com");
        return values;
    }

    /** A trace of the tenant that is in none of the above. */
    String spareTrace() {
        return spare;
    }

    /** What the tenant itself sees of each thing that only it can change. */
    Map<String, String> views() {
        Client admin = login.get();
        Map<String, String> views = new LinkedHashMap<>();
        ids.forEach((base, id) -> {
            if (!base.contains("/admin/")
                    && !base.contains("/alerts/")
                    && !base.contains("/outcomes/")
                    && !base.contains("/examples/")) {
                Answer answer = admin.get(base.replace("{}", id));
                assertThat(answer.status()).as(base).isEqualTo(200);
                views.put(base, lasting(answer));
            }
        });
        views.put("own dimensions", admin.get("/api/v1/costs/dimensions").text());
        views.put(
                "alert",
                String.valueOf(admin.get("/api/v1/alerts/" + idFor("/api/v1/alerts/{}"))
                        .json()
                        .path("acknowledgedAt")));
        return views;
    }

    /** Without what goes on by itself: rules are evaluated, traces are graded. */
    private static String lasting(Answer answer) {
        ObjectNode view = (ObjectNode) answer.json();
        view.remove(List.of("evaluatedUntil", "evaluated_until", "lastUsedAt", "scores"));
        view.path("spans").forEach(span -> ((ObjectNode) span).remove("scores"));
        return view.toString();
    }

    @Override
    public void close() {
        removable.reversed().forEach(login.get()::delete);
        declare("{\"dimensions\":[]}");
    }

    private void declare(String ownDimensions) {
        Answer declared = login.get().call("PUT", "/api/v1/costs/dimensions", ownDimensions, Map.of());
        assertThat(declared.status()).as(declared.text()).isEqualTo(200);
    }

    private void make(String path, String body) {
        String key = Spans.unique(word);
        Answer made = login.get().call("POST", path, body, Map.of("Idempotency-Key", key));
        assertThat(made.status()).as(path + made.text()).isEqualTo(201);
        String id = made.json().get("id").asText();
        removable.add(path + "/" + id);
        created.putIfAbsent(path, key);
        if (ids.putIfAbsent(path + "/{}", id) != null) {
            further.add(id);
        }
    }

    private List<JsonNode> list(String path, String field) {
        List<JsonNode> entries = new ArrayList<>();
        login.get().get(path).json().path(field).forEach(entries::add);
        return entries;
    }

    /** Half of them failed; of two customers. */
    private List<Span> spans() {
        Instant now = Instant.now();
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Span.Builder span = Spans.chat(now.minusSeconds(3 + i), Duration.ofSeconds(1))
                    .addAttributes(Spans.text("pentameter.feature", word))
                    .addAttributes(Spans.text("pentameter.customer", word + "-" + i % 2))
                    .addAttributes(Spans.text("user.id", word))
                    .addAttributes(Spans.text("session.id", word))
                    .addAttributes(Spans.text("word", word))
                    .addAttributes(Spans.text(
                            "gen_ai.input.messages",
                            "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"" + word + "\"}]}]"));
            if (i % 4 < 2) {
                span.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR));
            }
            spans.add(span.build());
        }
        return spans;
    }
}
