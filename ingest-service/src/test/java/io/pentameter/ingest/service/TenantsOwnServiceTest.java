package io.pentameter.ingest.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.AuditRecord;
import io.pentameter.contracts.v1.PayloadRule;
import io.pentameter.contracts.v1.RedactionRules;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.contracts.v1.TenantConfigRecord;
import io.pentameter.kit.token.Caller;
import io.pentameter.kit.token.Scope;
import io.pentameter.kit.token.TokenSigner;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** What a tenant sets for itself: names, payload rules, pseudonyms, a classifier of its own. */
@QuarkusTest
@QuarkusTestResource(IngestEngines.class)
class TenantsOwnServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TestHTTPResource
    @SuppressWarnings("NullAway.Init") // set by the test framework
    URI service;

    @ConfigProperty(name = "test.signing-key")
    String signingKey;

    @ConfigProperty(name = "pentameter.kafka.bootstrap")
    String bootstrap;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final String tenant = "own-" + UUID.randomUUID();

    @Test
    void namesPayloadRulesAndReversiblePseudonymsAreInForceAndComplianceMayResolve() throws Exception {
        set(RedactionRules.newBuilder()
                .addNames("Anna Müller")
                .addPayloads(PayloadRule.newBuilder()
                        .setFeature("hr")
                        .setField("input")
                        .setMode("metadata_only"))
                .setPseudonyms("reversible")
                .build());
        await().atMost(PATIENCE).until(() -> {
            span("hr", "bob@x.org", "a question", "Anna Müller answers");
            return lastSpan().getDimensions().getUser().contains("#~");
        });
        span("shop", "bob@x.org", "ask Anna M\\u00fcller", "fine");

        SpanRecord shop = lastSpan();
        SpanRecord hr = spans().get(spans().size() - 2);
        assertThat(hr.getDimensions().getUser())
                .startsWith("[email]#~")
                .isEqualTo(shop.getDimensions().getUser());
        assertThat(hr.getPayload().getInput()).isEmpty();
        assertThat(hr.getPayload().getOutput()).isEqualTo("[name] answers");
        assertThat(hr.getPayload().getInputSize()).isPositive();
        assertThat(shop.getPayload().getInput()).isEqualTo("ask [name]");

        String asked = "{\"pseudonyms\":[\"%s\",\"[email]#1a2b3c4d\"]}"
                .formatted(shop.getDimensions().getUser());
        HttpResponse<String> resolved = call("POST", "/api/v1/pseudonyms/resolve", asked, Scope.COMPLIANCE);
        HttpResponse<String> forbidden = call("POST", "/api/v1/pseudonyms/resolve", asked, Scope.ADMIN);
        HttpResponse<String> wrong =
                call("POST", "/api/v1/pseudonyms/resolve", "{\"pseudonyms\":[]}", Scope.COMPLIANCE);

        assertThat(resolved.statusCode()).as(resolved.body()).isEqualTo(200);
        assertThat(json.readTree(resolved.body()).at("/resolved/0/value").asText())
                .isEqualTo("bob@x.org");
        assertThat(json.readTree(resolved.body()).at("/unknown/0").asText()).isEqualTo("[email]#1a2b3c4d");
        assertThat(forbidden.statusCode()).isEqualTo(403);
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("must have 1 to 100 items: 0");
        assertThat(audits()).singleElement().satisfies(audit -> {
            assertThat(audit.getAction()).isEqualTo("pseudonym.resolve");
            assertThat(audit.getDetailsMap()).containsEntry("asked", "2").containsEntry("resolved", "1");
            assertThat(audit.toString()).doesNotContain("bob@x.org");
        });
    }

    @Test
    void aTenantsOwnIntentsAreTrainedPublishedAndUsed() throws Exception {
        StringBuilder examples = new StringBuilder("[{\"text\":\"\",\"label\":\"seat\"}");
        for (int i = 0; i < 6; i++) {
            examples.append(",{\"text\":\"please change my seat number %d\",\"label\":\"seat\"}".formatted(i))
                    .append(",{\"text\":\"my bag number %d is lost, ask bob@x.org\",\"label\":\"baggage\"}"
                            .formatted(i));
        }
        JsonNode before = json.readTree(
                call("GET", "/api/v1/classifiers/intent", "", Scope.READ).body());
        HttpResponse<String> tooFew = call("POST", "/api/v1/classifiers/intent/train", "{}", Scope.ADMIN);
        HttpResponse<String> added = call(
                "POST",
                "/api/v1/classifiers/intent/examples",
                examples.append(']').toString(),
                Scope.ADMIN);
        HttpResponse<String> trained = call("POST", "/api/v1/classifiers/intent/train", "{}", Scope.ADMIN);

        assertThat(before.get("model").asText()).isEqualTo("default");
        assertThat(before.at("/quality/accuracy").asDouble()).isBetween(0.4, 1.0);
        assertThat(tooFew.statusCode()).isEqualTo(422);
        assertThat(added.statusCode()).as(added.body()).isEqualTo(207);
        assertThat(json.readTree(added.body()).get("accepted").asInt()).isEqualTo(12);
        assertThat(json.readTree(added.body()).at("/errors/0/pointer").asText()).isEqualTo("/0/text");
        assertThat(trained.statusCode()).as(trained.body()).isEqualTo(200);
        JsonNode own = json.readTree(trained.body());
        assertThat(own.get("model").asText()).isEqualTo("own");
        assertThat(own.at("/quality/of").asInt()).isEqualTo(12);
        assertThat(own.at("/stored/seat").asInt()).isEqualTo(6);
        assertThat(trained.body()).doesNotContain("bob@x.org");

        await().atMost(PATIENCE).untilAsserted(() -> {
            span("travel", "u", "can you change my seat", "done");
            assertThat(lastSpan().getDimensions().getIntent()).isEqualTo("seat");
        });
        assertThat(lastSpan().getIntentFound().getModel())
                .isEqualTo(own.get("version").asText());
        assertThat(lastSpan().getDimensions().getLanguage()).isEqualTo("en");

        HttpResponse<String> removed = call("DELETE", "/api/v1/classifiers/intent/examples/seat", "", Scope.ADMIN);
        HttpResponse<String> reset =
                call("POST", "/api/v1/classifiers/intent/train", "{\"useDefault\":true}", Scope.ADMIN);
        HttpResponse<String> forbidden = call("POST", "/api/v1/classifiers/intent/train", "{}", Scope.INGEST);

        assertThat(removed.body()).isEqualTo("{\"removed\":6}");
        assertThat(json.readTree(reset.body()).get("model").asText()).isEqualTo("default");
        assertThat(forbidden.statusCode()).isEqualTo(403);
        await().atMost(PATIENCE).untilAsserted(() -> {
            span("travel", "u", "can you change my seat", "done");
            assertThat(lastSpan().getDimensions().getIntent()).isNotEqualTo("seat");
        });
        assertThat(audits())
                .extracting(AuditRecord::getAction)
                .containsExactly(
                        "classifier.add_examples",
                        "classifier.train",
                        "classifier.remove_examples",
                        "classifier.reset");
    }

    @Test
    void intentsThatClientsSayBecomeExamplesOnceTheTenantAsksForIt() throws Exception {
        span("travel", "u", "before anybody asked for it", "done", "early");
        HttpResponse<String> asked =
                call("PUT", "/api/v1/classifiers/intent", "{\"learnFromClients\":true}", Scope.ADMIN);
        HttpResponse<String> wrong = call("PUT", "/api/v1/classifiers/intent", "{}", Scope.ADMIN);

        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(200);
        assertThat(wrong.statusCode()).isEqualTo(400);
        await().atMost(PATIENCE).untilAsserted(() -> {
            span("travel", "u", "a window seat for bob@x.org please", "done", "seat");
            assertThat(json.readTree(call("GET", "/api/v1/classifiers/intent", "", Scope.READ)
                                    .body())
                            .get("stored")
                            .toString())
                    .isEqualTo("{\"seat\":1}");
        });
    }

    private void set(RedactionRules rules) throws ExecutionException, InterruptedException {
        new Log(bootstrap)
                .set(TenantConfigRecord.newBuilder()
                        .setTenant(tenant)
                        .setKind("redaction")
                        .setRedaction(rules)
                        .build());
    }

    /** Sends a call as OTLP JSON. */
    private void span(String feature, String user, String input, String output) {
        span(feature, user, input, output, "");
    }

    private void span(String feature, String user, String input, String output, String intent) {
        long now = System.currentTimeMillis();
        String id = UUID.randomUUID().toString().replace("-", "");
        String attributes = String.join(
                ",",
                List.of(
                        attribute("gen_ai.operation.name", "chat"),
                        intent.isEmpty() ? attribute("note", "-") : attribute("pentameter.intent", intent),
                        attribute("pentameter.feature", feature),
                        attribute("user.id", user),
                        attribute("input.value", input),
                        attribute("output.value", output)));
        String body = """
                {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"%s","spanId":"%s","name":"chat",
                 "startTimeUnixNano":"%d000000","endTimeUnixNano":"%d000000","attributes":[%s]}]}]}]}""".formatted(id, id.substring(16), now - 100, now, attributes);
        HttpResponse<String> answer = call("POST", "/v1/traces", body, Scope.INGEST);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static String attribute(String key, String value) {
        return "{\"key\":\"%s\",\"value\":{\"stringValue\":\"%s\"}}".formatted(key, value);
    }

    private SpanRecord lastSpan() {
        return spans().getLast();
    }

    /** In the order of receipt. */
    private List<SpanRecord> spans() {
        return new Log(bootstrap)
                .all(Topics.SPANS, SpanRecord.parser()).stream()
                        .filter(span -> span.getTenant().equals(tenant))
                        .sorted(Comparator.comparingLong(SpanRecord::getReceivedAtUs))
                        .toList();
    }

    private List<AuditRecord> audits() {
        return new Log(bootstrap)
                .all(Topics.AUDIT, AuditRecord.parser()).stream()
                        .filter(audit -> audit.getTenant().equals(tenant))
                        .toList();
    }

    private HttpResponse<String> call(String method, String path, String body, Scope scope) {
        String token = TokenSigner.fromFile(Path.of(signingKey), InstantSource.system())
                .sign(new Caller("gateway", "key_1", tenant, Set.of(scope), Set.of(), "key_1", "test"));
        try {
            return client.send(
                    HttpRequest.newBuilder(service.resolve(path))
                            .header("Content-Type", "application/json")
                            .header("Authorization", "Bearer " + token)
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
