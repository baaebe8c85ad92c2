package io.pentameter.gateway.proxy;

import static io.pentameter.gateway.testing.Gateway.key;
import static io.pentameter.gateway.testing.Gateway.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.gateway.testing.Gateway;
import io.pentameter.gateway.testing.GatewayEngines;
import io.pentameter.gateway.testing.Service;
import io.pentameter.kit.token.TokenVerifier;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each vendor's client shows its key in its own way, and is answered in its own words. */
@QuarkusTest
@WithTestResource(value = GatewayEngines.class, scope = TestResourceScope.GLOBAL)
class VendorRoutesTest {

    @Inject
    TokenVerifier verifier;

    private Service service;

    /** A request as a vendor's client sends it, with {@code KEY} for the key. */
    private record Form(String method, String path, String header, String value) {}

    @BeforeEach
    void startService() {
        service = Service.start(Gateway.service());
    }

    @AfterEach
    void stopService() {
        service.close();
    }

    @Test
    void theKeyOfATenantIsFoundInEveryVendorsHeaderAndNeverPassedOn() {
        Gateway.Home one = Gateway.home();
        Gateway.Home other = Gateway.home();
        String ofOne = key(one, "ingest");
        String ofOther = key(other, "ingest");
        for (Form form : List.of(
                new Form("POST", "/api/public/ingestion", "Authorization", "Basic pk-lf-anything:KEY"),
                new Form("GET", "/api/public/projects", "Authorization", "Basic KEY:KEY"),
                new Form("POST", "/api/public/scores", "Authorization", "Bearer KEY"),
                new Form("POST", "/api/public/otel/v1/traces", "Authorization", "Basic pk-lf-anything:KEY"),
                new Form("POST", "/langsmith/runs/multipart", "x-api-key", "KEY"),
                new Form("PATCH", "/runs/0190-a", "x-api-key", "KEY"),
                new Form("POST", "/langsmith/otel/v1/traces", "x-api-key", "KEY"),
                new Form("POST", "/api/v2/llmobs", "DD-API-KEY", "KEY"),
                new Form("POST", "/evp_proxy/v2/api/intake/llm-obs/v2/eval-metric", "DD-API-KEY", "KEY"),
                new Form("POST", "/custom/v1/log", "Authorization", "Bearer KEY"),
                new Form("POST", "/custom/v1/log", "Helicone-Auth", "Bearer KEY"),
                new Form("POST", "/v1/span_annotations", "api_key", "KEY"),
                new Form("POST", "/agents/otel/v1/traces", "wandb-api-key", "KEY"),
                new Form("POST", "/traces/otel/v1/traces", "Authorization", "Basic api:KEY"))) {
            assertThat(tenantOf(form, ofOne)).as("%s", form).isEqualTo(one.tenant());
            assertThat(tenantOf(form, ofOther)).as("%s", form).isEqualTo(other.tenant());
        }
    }

    private String tenantOf(Form form, String key) {
        String value = form.value().replace("KEY", key);
        if (value.startsWith("Basic ")) {
            value = "Basic "
                    + Base64.getEncoder().encodeToString(value.substring(6).getBytes(StandardCharsets.UTF_8));
        }
        Gateway.Answer answer = send(
                form.method(),
                form.path(),
                form.method().equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"),
                form.header(),
                value,
                "Content-Type",
                "application/json");
        assertThat(answer.status()).as("%s", form).isEqualTo(200);
        Service.Arrived arrived = service.last();
        assertThat(arrived.headers().toString()).doesNotContain(key);
        return String.valueOf(verifier.verify(arrived.header("authorization")).tenant());
    }

    @Test
    void refusalsAreInTheWordsOfTheVendor() {
        assertThat(refused("/api/public/ingestion")).startsWith("{\"message\":\"the request carries no credential");
        assertThat(refused("/runs/batch")).startsWith("{\"detail\":\"the request carries no credential");
        assertThat(refused("/api/v2/llmobs")).startsWith("{\"errors\":[\"the request carries no credential");
        assertThat(refused("/custom/v1/log")).startsWith("{\"error\":\"the request carries no credential");
    }

    private static String refused(String path) {
        Gateway.Answer answer = send("POST", path, BodyPublishers.ofString("{}"));
        assertThat(answer.status()).isEqualTo(401);
        return answer.response().body();
    }

    @Test
    void whatClientsAskBeforeTheySendNeedsNoKey() {
        assertThat(ask("/info").json().path("endpoints").toString()).contains("/evp_proxy/v2/");
        assertThat(ask("/info")
                        .json()
                        .path("batch_ingest_config")
                        .path("use_multipart_endpoint")
                        .asBoolean())
                .isTrue();
        assertThat(ask("/langsmith/info")
                        .json()
                        .path("instance_flags")
                        .path("zstd_compression_enabled")
                        .asBoolean())
                .isTrue();
        assertThat(ask("/api/public/health").json().path("status").asText()).isEqualTo("OK");
    }

    private static Gateway.Answer ask(String path) {
        Gateway.Answer answer = send("GET", path, BodyPublishers.noBody());
        assertThat(answer.status()).isEqualTo(200);
        return answer;
    }
}
