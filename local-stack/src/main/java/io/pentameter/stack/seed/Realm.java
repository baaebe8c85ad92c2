package io.pentameter.stack.seed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pentameter.stack.engine.KeycloakEngine;
import io.pentameter.stack.http.JsonApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The realm {@value #NAME} of one Keycloak, brought in from the file that the gateway's module keeps. */
public final class Realm {

    public static final String NAME = "pentameter";

    /** Confidential; the gateway itself. */
    public static final String GATEWAY_CLIENT = "pentameter-gateway";

    /** Public; for people at a terminal. */
    public static final String TERMINAL_CLIENT = "pentameter-cli";

    private static final String ADMIN_PATH = "/admin/realms/" + NAME;

    private final KeycloakEngine keycloak;

    public Realm(KeycloakEngine keycloak) {
        this.keycloak = keycloak;
    }

    /** Imports the realm if it is not there, sets the gateway's secret, and creates the people who are missing. */
    public void prepare(Path realmFile, String gatewaySecret, List<Person> people) {
        try (JsonApi admin = JsonApi.withToken(keycloak.url(), keycloak.adminToken())) {
            if (admin.get(ADMIN_PATH).status() == 404) {
                admin.post("/admin/realms", text(realmFile)).expect("importing the realm " + realmFile, 201);
            }
        }
        // a new token: the one from before the import knows nothing of the new realm's administration
        try (JsonApi admin = JsonApi.withToken(keycloak.url(), keycloak.adminToken())) {
            setSecret(admin, gatewaySecret);
            for (Person person : people) {
                create(admin, person);
            }
        }
    }

    /** An access token by user name and password. */
    public static String token(String url, String realm, String client, String user, String password) {
        try (JsonApi api = JsonApi.open(url)) {
            return api.form(
                            "/realms/" + realm + "/protocol/openid-connect/token",
                            Map.of(
                                    "grant_type", "password",
                                    "client_id", client,
                                    "username", user,
                                    "password", password))
                    .expect("logging in to realm " + realm, 200)
                    .path("access_token")
                    .asText();
        }
    }

    private static void setSecret(JsonApi admin, String secret) {
        JsonNode found = admin.get(ADMIN_PATH + "/clients?clientId=" + GATEWAY_CLIENT)
                .expect("looking for the client " + GATEWAY_CLIENT, 200);
        if (found.isEmpty()) {
            throw new IllegalStateException("the realm has no client " + GATEWAY_CLIENT);
        }
        ObjectNode client = (ObjectNode) found.get(0);
        client.put("secret", secret);
        admin.put(ADMIN_PATH + "/clients/" + client.path("id").asText(), client)
                .expect("setting the secret of " + GATEWAY_CLIENT, 204);
    }

    private static void create(JsonApi admin, Person person) {
        admin.post(
                        ADMIN_PATH + "/users",
                        Map.of(
                                "username", person.email(),
                                "email", person.email(),
                                "firstName", person.firstName(),
                                "lastName", person.lastName(),
                                "enabled", true,
                                "emailVerified", true,
                                "credentials",
                                        List.of(Map.of(
                                                "type", "password", "value", person.password(), "temporary", false))))
                .expect("creating the user " + person.email(), 201, 409);
        if (person.isOperator()) {
            grantOperator(admin, person);
        }
    }

    private static void grantOperator(JsonApi admin, Person person) {
        JsonNode role =
                admin.get(ADMIN_PATH + "/roles/" + Person.OPERATOR).expect("looking for the role operator", 200);
        String id = admin.get(ADMIN_PATH + "/users?exact=true&username=" + JsonApi.encoded(person.email()))
                .expect("looking for " + person.email(), 200)
                .path(0)
                .path("id")
                .asText();
        admin.post(ADMIN_PATH + "/users/" + id + "/role-mappings/realm", List.of(role))
                .expect("granting the role operator", 204);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
