package io.pentameter.gateway.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pentameter.stack.testing.SharedEngines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Our realm in a real Keycloak, and people in it. */
public final class KeycloakAdmin {

    public static final String CLIENT_SECRET = "only-for-tests-of-the-gateway";
    public static final String PASSWORD = "correct horse battery staple";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final SharedEngines.Keycloak keycloak;

    private KeycloakAdmin(SharedEngines.Keycloak keycloak) {
        this.keycloak = keycloak;
    }

    public static KeycloakAdmin of(SharedEngines.Keycloak keycloak) {
        return new KeycloakAdmin(keycloak);
    }

    void importRealm() {
        try {
            String realm = Files.readString(Path.of("src/main/keycloak/pentameter-realm.json"))
                    .replace("${PENTAMETER_OIDC_CLIENT_SECRET}", CLIENT_SECRET);
            HttpResponse<String> answer = admin("POST", "/admin/realms", realm);
            if (answer.statusCode() != 201 && answer.statusCode() != 409) {
                throw new IllegalStateException("realm not imported: " + answer.statusCode() + " " + answer.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A person with a verified address, made if absent. */
    public void person(String name, @Nullable String tenant, boolean isOperator) {
        Map<String, Object> user = Map.of(
                "username",
                name,
                "email",
                email(name),
                "emailVerified",
                true,
                "enabled",
                true,
                "firstName",
                name,
                "lastName",
                "Person",
                "attributes",
                tenant == null ? Map.of() : Map.of("tenant", List.of(tenant)),
                "credentials",
                List.of(Map.of("type", "password", "value", PASSWORD, "temporary", false)));
        HttpResponse<String> answer = admin("POST", "/admin/realms/pentameter/users", json(user));
        if (answer.statusCode() != 201 && answer.statusCode() != 409) {
            throw new IllegalStateException("user not made: " + answer.statusCode() + " " + answer.body());
        }
        if (isOperator) {
            String id = read(admin("GET", "/admin/realms/pentameter/users?exact=true&username=" + name, ""))
                    .get(0)
                    .get("id")
                    .asText();
            JsonNode role = read(admin("GET", "/admin/realms/pentameter/roles/operator", ""));
            admin("POST", "/admin/realms/pentameter/users/" + id + "/role-mappings/realm", "[" + role + "]");
        }
    }

    public static String email(String name) {
        return name + "@example.org";
    }

    /** Access token of a person. */
    public String token(String name) {
        return grant("pentameter", "pentameter-cli", name, PASSWORD);
    }

    /** Access token that lives for a second. */
    public String shortToken(String name) {
        setTokenLife(1);
        try {
            return token(name);
        } finally {
            setTokenLife(300);
        }
    }

    private void setTokenLife(int seconds) {
        HttpResponse<String> answer =
                admin("PUT", "/admin/realms/pentameter", "{\"accessTokenLifespan\":%d}".formatted(seconds));
        if (answer.statusCode() != 204) {
            throw new IllegalStateException("realm not changed: " + answer.statusCode() + " " + answer.body());
        }
    }

    private HttpResponse<String> admin(String method, String path, String body) {
        String token = grant("master", "admin-cli", keycloak.admin(), keycloak.password());
        return send(HttpRequest.newBuilder(URI.create(keycloak.url() + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build());
    }

    private String grant(String realm, String client, String user, String password) {
        String form = Map.of("grant_type", "password", "client_id", client, "username", user, "password", password)
                .entrySet()
                .stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpResponse<String> answer = send(HttpRequest.newBuilder(
                        URI.create(keycloak.url() + "/realms/" + realm + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("no token for " + user + ": " + answer.body());
        }
        return read(answer).get("access_token").asText();
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode read(HttpResponse<String> answer) {
        try {
            return MAPPER.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(answer.body(), e);
        }
    }

    private static String json(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
