package io.pentameter.gateway.proxy;

import static io.pentameter.gateway.testing.Gateway.key;
import static io.pentameter.gateway.testing.Gateway.sendTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pentameter.gateway.testing.Gateway;
import io.pentameter.gateway.testing.GatewayEngines;
import io.pentameter.gateway.testing.Service;
import io.pentameter.kit.token.TokenVerifier;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tracers that take us for Datadog's agent send no key; the port says whose they are. */
@QuarkusTest
@WithTestResource(value = GatewayEngines.class, scope = TestResourceScope.GLOBAL)
class AgentPortTest {

    private static final String SPANS = "/evp_proxy/v2/api/v2/llmobs";

    @Inject
    TokenVerifier verifier;

    private Service service;
    private Gateway.Home home;

    @BeforeEach
    void startService() throws IOException {
        service = Service.start(Gateway.service());
        home = Gateway.home();
        Files.writeString(Gateway.AGENT_KEY, key(home, "ingest") + "\n");
        await().until(() -> post(Gateway.agentPort(), SPANS).status() == 200);
    }

    @AfterEach
    void stopService() throws IOException {
        Files.delete(Gateway.AGENT_KEY);
        service.close();
    }

    @Test
    void thePortStandsForItsKeyOnTheAgentsRoutes() {
        assertThat(post(Gateway.agentPort(), SPANS).status()).isEqualTo(200);
        assertThat(verifier.verify(service.last().header("authorization")).tenant())
                .isEqualTo(home.tenant());
        assertThat(sendTo(Gateway.agentPort(), "GET", "/info", BodyPublishers.noBody())
                        .json()
                        .path("endpoints")
                        .toString())
                .contains("/evp_proxy/v2/");
    }

    @Test
    void aKeyOfItsOwnGoesBeforeThatOfThePort() {
        Gateway.Home other = Gateway.home();

        sendTo(
                Gateway.agentPort(),
                "POST",
                SPANS,
                BodyPublishers.ofString("{}"),
                "Content-Type",
                "application/json",
                "DD-API-KEY",
                key(other, "ingest"));

        assertThat(verifier.verify(service.last().header("authorization")).tenant())
                .isEqualTo(other.tenant());
    }

    @Test
    void elsewhereAndOnOtherRoutesAKeyIsNeeded() {
        assertThat(post(Gateway.port(), SPANS).status()).isEqualTo(401);
        assertThat(post(Gateway.agentPort(), "/api/public/ingestion").status()).isEqualTo(401);
        assertThat(post(Gateway.agentPort(), "/nowhere").status()).isEqualTo(404);
    }

    private static Gateway.Answer post(int port, String path) {
        return sendTo(port, "POST", path, BodyPublishers.ofString("{}"), "Content-Type", "application/json");
    }
}
