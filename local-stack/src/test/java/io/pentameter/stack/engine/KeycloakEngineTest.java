package io.pentameter.stack.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.stack.process.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeycloakEngineTest {

    @TempDir
    private Path directory;

    @Test
    void knowsItsAdministratorAfterACrash() throws IOException, InterruptedException {
        try (KeycloakEngine engine = engine()) {
            engine.start();
            assertThat(tokenStatus(engine, "secret")).isEqualTo(200);
            assertThat(tokenStatus(engine, "wrong")).isBetween(400, 401);

            engine.kill();
            engine.start();

            assertThat(tokenStatus(engine, "secret")).isEqualTo(200);
        }
    }

    private KeycloakEngine engine() {
        return new KeycloakEngine(
                EngineStore.ofUser(),
                directory,
                directory.resolve("keycloak.txt"),
                Ports.free(),
                Ports.free(),
                "secret");
    }

    private static int tokenStatus(KeycloakEngine engine, String password) throws IOException, InterruptedException {
        String form =
                "grant_type=password&client_id=admin-cli&username=" + KeycloakEngine.ADMIN + "&password=" + password;
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(engine.url() + "/realms/master/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        }
    }
}
