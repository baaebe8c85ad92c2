package io.pentameter.gateway.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pentameter.stack.testing.SharedEngines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;

/** The gateway as clients see it, and tenants with people and keys in it. */
public final class Gateway {

    /** The file of the key for which the agent's port stands; a test writes it. */
    public static final Path AGENT_KEY = Path.of("target", "agent.key").toAbsolutePath();

    static final String AGENT_PORT = "test.agent-port";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Gateway() {}

    /** An answer with its body as text. */
    public record Answer(int status, HttpResponse<String> response) {

        public JsonNode json() {
            try {
                return MAPPER.readTree(response.body());
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(response.body(), e);
            }
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    /**
     * A tenant that no other test has.
     *
     * @param admin token of its admin
     */
    public record Home(String tenant, String admin) {}

    public static int port() {
        return ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
    }

    /** The port on which the gateway stands for an agent. */
    public static int agentPort() {
        return ConfigProvider.getConfig().getValue(AGENT_PORT, Integer.class);
    }

    public static URI service() {
        return ConfigProvider.getConfig().getValue("pentameter.ingest.url", URI.class);
    }

    public static KeycloakAdmin people() {
        return KeycloakAdmin.of(SharedEngines.keycloak());
    }

    public static String operator() {
        people().person("operator", null, true);
        return people().token("operator");
    }

    /** A new tenant with an admin. */
    public static Home home() {
        String tenant = "t-" + UUID.randomUUID().toString().substring(0, 13);
        String operator = operator();
        expect(201, call("POST", "/api/v1/admin/tenants", operator, Map.of("id", tenant, "name", "Tenant " + tenant)));
        String admin = "admin-" + tenant;
        people().person(admin, null, false);
        expect(
                201,
                call(
                        "POST",
                        "/api/v1/admin/tenants/" + tenant + "/members",
                        operator,
                        Map.of("email", KeycloakAdmin.email(admin), "roles", List.of("admin"))));
        return new Home(tenant, people().token(admin));
    }

    /** The text of a new key. */
    public static String key(Home home, String... scopes) {
        return expect(
                        201,
                        call(
                                "POST",
                                "/api/v1/keys",
                                home.admin(),
                                Map.of("name", "test key", "scopes", List.of(scopes))))
                .json()
                .get("key")
                .asText();
    }

    public static String keyId(String key) {
        return "key_" + key.split("_", -1)[1];
    }

    public static Answer expect(int status, Answer answer) {
        if (answer.status() != status) {
            throw new AssertionError("expected %d: %d %s"
                    .formatted(status, answer.status(), answer.response().body()));
        }
        return answer;
    }

    public static Answer get(String path, String credential) {
        return send("GET", path, BodyPublishers.noBody(), "Authorization", "Bearer " + credential);
    }

    public static Answer call(String method, String path, String credential, Object body, String... headers) {
        try {
            String[] all = new String[headers.length + 4];
            System.arraycopy(headers, 0, all, 4, headers.length);
            all[0] = "Authorization";
            all[1] = "Bearer " + credential;
            all[2] = "Content-Type";
            all[3] = "application/json";
            return send(method, path, BodyPublishers.ofString(MAPPER.writeValueAsString(body)), all);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Answer send(String method, String path, BodyPublisher body, String... headers) {
        return sendTo(port(), method, path, body, headers);
    }

    public static Answer sendTo(int port, String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, body);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
