package io.pentameter.ingest.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.AuditRecord;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.kit.token.Caller;
import io.pentameter.kit.token.Scope;
import io.pentameter.kit.token.TokenSigner;
import io.pentameter.pricing.PriceBooks;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The price book and own prices over HTTP, and what spans cost by them. */
@QuarkusTest
@QuarkusTestResource(IngestEngines.class)
class PricesServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TestHTTPResource
    @SuppressWarnings("NullAway.Init") // set by the test framework
    URI service;

    @ConfigProperty(name = "test.signing-key")
    String signingKey;

    @ConfigProperty(name = "pentameter.kafka.bootstrap")
    String bootstrap;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final String tenant = "prices-" + UUID.randomUUID();

    @Test
    void aNewerFileIsShownFirstThenInForceThenTakenBack() {
        String model = "acme-" + UUID.randomUUID();
        String newer = shipped().replaceFirst("\\{", """
                        {"%s": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1e-6,
                         "output_cost_per_token": 2e-6},""".formatted(model));
        String before = versions().get("inForce").asText();

        JsonNode shown = ok(post("/api/v1/prices/import?dry_run=true&date=2026-11-20", newer, Scope.OPERATOR));
        assertThat(versions().get("inForce").asText()).isEqualTo(before);
        JsonNode imported = ok(post("/api/v1/prices/import?date=2026-11-20", newer, Scope.OPERATOR));
        String version = imported.get("version").asText();
        await().atMost(PATIENCE).until(() -> versions().get("inForce").asText().equals(version));
        SpanRecord span = priced(model);
        JsonNode price = ok(get("/api/v1/prices?provider=openai&model=" + model, Scope.READ));
        JsonNode again = ok(post("/api/v1/prices/import?date=2026-11-20", newer, Scope.OPERATOR));
        ok(post("/api/v1/prices/versions", "{\"version\":\"" + before + "\"}", Scope.OPERATOR));
        await().atMost(PATIENCE).until(() -> versions().get("inForce").asText().equals(before));

        assertThat(shown).isEqualTo(imported);
        assertThat(imported.get("added").toString()).isEqualTo("[\"" + model + "\"]");
        assertThat(imported.get("changed")).isEmpty();
        assertThat(imported.get("refused")).isNotEmpty();
        assertThat(again.get("version").asText()).isEqualTo(version);
        assertThat(span.getCost().getTotalNanoUsd()).isEqualTo(120 * 1000 + 45 * 2000);
        assertThat(span.getCost().getPriceVersion()).isEqualTo(version);
        assertThat(span.getCost().getPriceHash())
                .isEqualTo(imported.get("hash").asText().substring(0, 12));
        assertThat(price.at("/prices/0/usdPerMillion/in_uncached").asText()).isEqualTo("1");
        assertThat(price.at("/prices/0/source").asText()).isEqualTo("litellm");
        assertThat(priced(model).getCost().getUnknownReason()).isEqualTo("model_unknown");
        assertThat(audited("prices.import")).anyMatch(audit -> audit.getObject().equals(version));
        assertThat(versions().get("versions").findValuesAsText("version")).contains(version, before);
        assertThat(versions().findValuesAsText("version")).contains(PriceBooks.shippedVersion());
    }

    @Test
    void whatTheTenantPaysDifferentlyHoldsForItsSpans() {
        String body = """
                {"aliases": [{"name": "prod-chat", "toModel": "gpt-4o-mini"}],
                 "discounts": [{"provider": "openai", "percent": 50}]}""";

        JsonNode stored = ok(send("PUT", "/api/v1/prices/overrides", body, Scope.ADMIN));
        await().atMost(PATIENCE)
                .until(() -> ok(get("/api/v1/prices?provider=openai&model=prod-chat", Scope.READ))
                                .get("ownVersion")
                                .asLong()
                        == 1);
        SpanRecord span = priced("prod-chat");

        assertThat(stored.get("version").asLong()).isEqualTo(1);
        assertThat(span.getCost().getTotalNanoUsd()).isEqualTo((120 * 150 + 45 * 600) / 2);
        assertThat(span.getCost().getFactorsList()).containsExactly("discount:0.5");
        assertThat(span.getCost().getOwnVersion()).isEqualTo(1);
        assertThat(ok(get("/api/v1/prices/overrides", Scope.ADMIN))
                        .at("/prices/aliases/0/toModel")
                        .asText())
                .isEqualTo("gpt-4o-mini");
        assertThat(audited("prices.update")).anyMatch(audit -> audit.getTenant().equals(tenant));
    }

    @Test
    void whatIsWrongIsNamed() {
        HttpResponse<String> overrides = send(
                "PUT",
                "/api/v1/prices/overrides",
                "{\"prices\":[{\"id\":\"a\",\"model\":\"m\",\"from\":\"soon\",\"amounts\":{\"in_uncached\":-1}}]}",
                Scope.ADMIN);
        HttpResponse<String> file = post("/api/v1/prices/import", "prices", Scope.OPERATOR);
        HttpResponse<String> cut =
                post("/api/v1/prices/import", "{\"m\":{\"input_cost_per_token\":1e-6}}", Scope.OPERATOR);
        HttpResponse<String> date = post("/api/v1/prices/import?date=today", "{}", Scope.OPERATOR);
        HttpResponse<String> model = get("/api/v1/prices", Scope.READ);
        HttpResponse<String> version = post("/api/v1/prices/versions", "{\"version\":\"x\"}", Scope.OPERATOR);
        HttpResponse<String> stranger = post("/api/v1/prices/import", "{}", Scope.ADMIN);

        assertThat(overrides.statusCode()).isEqualTo(400);
        assertThat(overrides.body()).contains("/prices/0/from").contains("/prices/0/amounts/in_uncached");
        assertThat(file.statusCode()).isEqualTo(422);
        assertThat(cut.statusCode()).isEqualTo(422);
        assertThat(cut.body()).contains("cut off");
        assertThat(date.statusCode()).isEqualTo(400);
        assertThat(model.statusCode()).isEqualTo(400);
        assertThat(version.statusCode()).isEqualTo(404);
        assertThat(stranger.statusCode()).isEqualTo(403);
    }

    private SpanRecord priced(String model) {
        String trace = UUID.randomUUID().toString().replace("-", "");
        long now = System.currentTimeMillis() * 1_000_000;
        String body = """
                {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"%s","spanId":"%s","name":"chat","kind":3,
                 "startTimeUnixNano":"%d","endTimeUnixNano":"%d","attributes":[
                 {"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},
                 {"key":"gen_ai.provider.name","value":{"stringValue":"openai"}},
                 {"key":"gen_ai.request.model","value":{"stringValue":"%s"}},
                 {"key":"gen_ai.usage.input_tokens","value":{"intValue":120}},
                 {"key":"gen_ai.usage.output_tokens","value":{"intValue":45}}]}]}]}]}""".formatted(trace, trace.substring(16), now - 1_000_000_000L, now, model);
        assertThat(post("/v1/traces", body, Scope.INGEST).statusCode()).isEqualTo(200);
        return new Log(bootstrap)
                .all(Topics.SPANS, SpanRecord.parser()).stream()
                        .filter(span -> HexFormat.of()
                                .formatHex(span.getTraceId().toByteArray())
                                .equals(trace))
                        .findFirst()
                        .orElseThrow();
    }

    private List<AuditRecord> audited(String action) {
        await().atMost(PATIENCE)
                .until(() -> new Log(bootstrap)
                        .all(Topics.AUDIT, AuditRecord.parser()).stream()
                                .anyMatch(audit -> audit.getAction().equals(action)));
        return new Log(bootstrap)
                .all(Topics.AUDIT, AuditRecord.parser()).stream()
                        .filter(audit -> audit.getAction().equals(action))
                        .toList();
    }

    private JsonNode versions() {
        return ok(get("/api/v1/prices/versions", Scope.OPERATOR));
    }

    private HttpResponse<String> get(String path, Scope scope) {
        return send("GET", path, null, scope);
    }

    private HttpResponse<String> post(String path, String body, Scope scope) {
        return send("POST", path, body, scope);
    }

    private HttpResponse<String> send(String method, String path, @Nullable String body, Scope scope) {
        Caller caller = new Caller(
                "gateway", "u1", scope == Scope.OPERATOR ? null : tenant, Set.of(scope), Set.of(), null, "ada");
        HttpRequest request = HttpRequest.newBuilder(service.resolve(path))
                .header("Content-Type", "application/json")
                .header(
                        "Authorization",
                        "Bearer "
                                + TokenSigner.fromFile(Path.of(signingKey), InstantSource.system())
                                        .sign(caller))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private JsonNode ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        try {
            return json.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String shipped() {
        try (InputStream in = PriceBooks.class.getResourceAsStream("/prices/litellm.2026-07-24.json")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
