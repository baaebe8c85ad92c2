package io.pentameter.gateway.credential;

import static io.pentameter.gateway.testing.Gateway.call;
import static io.pentameter.gateway.testing.Gateway.expect;
import static io.pentameter.gateway.testing.Gateway.get;
import static io.pentameter.gateway.testing.Gateway.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.gateway.testing.Gateway;
import io.pentameter.gateway.testing.GatewayEngines;
import io.pentameter.gateway.testing.KeycloakAdmin;
import io.pentameter.gateway.testing.Sql;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = GatewayEngines.class, scope = TestResourceScope.GLOBAL)
class AuthenticationTest {

    @Test
    void aKeyIsTakenInEveryHeaderThatClientsUse() {
        Gateway.Home home = Gateway.home();
        String key = Gateway.key(home, "read");

        for (String[] header : new String[][] {
            {"Authorization", "Bearer " + key},
            {"authorization", "bearer " + key},
            {"Authorization", "Basic " + base64("pk-lf-public:" + key)},
            {"Authorization", "Basic " + base64("api:" + key)},
            {"Authorization", "Basic " + base64(key + ":")},
            {"x-api-key", key},
            {"api_key", key},
            {"DD-API-KEY", key},
            {"wandb-api-key", key}
        }) {
            Gateway.Answer me = send("GET", "/api/v1/me", BodyPublishers.noBody(), header[0], header[1]);

            assertThat(me.status()).as("%s: %s", header[0], header[1]).isEqualTo(200);
            assertThat(me.json().get("subject").asText()).isEqualTo(Gateway.keyId(key));
            assertThat(me.json().get("kind").asText()).isEqualTo("key");
        }
    }

    @Test
    void whoCannotBeKnownIsToldWhy() {
        Gateway.Home home = Gateway.home();
        String key = Gateway.key(home, "read");
        String wrongSecret = key.substring(0, key.length() - 1) + (key.endsWith("a") ? "b" : "a");

        assertThat(refusal(send("GET", "/api/v1/me", BodyPublishers.noBody())))
                .startsWith("401 the request carries no credential");
        assertThat(refusal(get("/api/v1/me", wrongSecret))).isEqualTo("401 the API key is not known");
        assertThat(refusal(get("/api/v1/me", KeyTextTest.KEY))).isEqualTo("401 the API key is not known");
        assertThat(refusal(get("/api/v1/me", "pm_short"))).startsWith("401 the credential is no API key");
        assertThat(refusal(get("/api/v1/me", "x.y.z"))).startsWith("401 the bearer token is neither");
        assertThat(refusal(send(
                        "GET",
                        "/api/v1/me",
                        BodyPublishers.noBody(),
                        "x-api-key",
                        key,
                        "Authorization",
                        "Bearer " + KeyTextTest.KEY)))
                .startsWith("401 the request carries several different API keys");
        assertThat(refusal(get("/api/v1/metrics/query", key))).startsWith("405");
        assertThat(refusal(get("/api/v1/keys", key))).isEqualTo("403 this route needs the scope admin");
    }

    @Test
    void aRevokedKeyIsRefusedAtOnceAndInTheDialectOfTheRoute() {
        Gateway.Home home = Gateway.home();
        String key = Gateway.key(home, "ingest");
        assertThat(get("/api/v1/me", key).status()).isEqualTo(200);

        Gateway.Answer revoked = call("DELETE", "/api/v1/keys/" + Gateway.keyId(key), home.admin(), "");
        Gateway.Answer otlp = send(
                "POST",
                "/v1/traces",
                BodyPublishers.ofString("{}"),
                "x-api-key",
                key,
                "Content-Type",
                "application/json");

        assertThat(revoked.status()).isEqualTo(204);
        assertThat(refusal(get("/api/v1/me", key))).isEqualTo("401 the API key has been revoked");
        assertThat(otlp.status()).isEqualTo(401);
        assertThat(otlp.response().body()).isEqualTo("{\"code\":16,\"message\":\"the API key has been revoked\"}");
    }

    @Test
    void aKeyRevokedOnAnotherNodeIsRefusedWithinFiveSeconds() throws SQLException {
        Gateway.Home home = Gateway.home();
        String key = Gateway.key(home, "read");
        assertThat(get("/api/v1/me", key).status()).isEqualTo(200);

        try (Connection connection = Sql.asOwner();
                Statement statement = connection.createStatement()) {
            statement.execute("set app.scope = 'system'");
            statement.execute(
                    "update gateway.api_key set revoked_at = now() where id = '%s'".formatted(Gateway.keyId(key)));
        }

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(get("/api/v1/me", key).status()).isEqualTo(401));
    }

    @Test
    void aKeyExpires() {
        Gateway.Home home = Gateway.home();
        String key = expect(
                        201,
                        call(
                                "POST",
                                "/api/v1/keys",
                                home.admin(),
                                Map.of(
                                        "name",
                                        "short",
                                        "scopes",
                                        List.of("read"),
                                        "expiresAt",
                                        Instant.now().plusMillis(1200).toString())))
                .json()
                .get("key")
                .asText();
        assertThat(get("/api/v1/me", key).status()).isEqualTo(200);

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(
                        () -> assertThat(refusal(get("/api/v1/me", key))).isEqualTo("401 the API key has expired"));
    }

    @Test
    void afterARotationBothSecretsWorkUntilTheOverlapIsOver() {
        Gateway.Home home = Gateway.home();
        String old = Gateway.key(home, "read");
        String path = "/api/v1/keys/" + Gateway.keyId(old) + "/rotate";

        String fresh = expect(200, call("POST", path, home.admin(), Map.of("overlap", "PT1H")))
                .json()
                .get("key")
                .asText();
        assertThat(get("/api/v1/me", old).status()).isEqualTo(200);
        assertThat(get("/api/v1/me", fresh).status()).isEqualTo(200);
        String newest = expect(200, call("POST", path, home.admin(), Map.of("overlap", "PT0S")))
                .json()
                .get("key")
                .asText();

        assertThat(refusal(get("/api/v1/me", old))).isEqualTo("401 the API key is not known");
        assertThat(refusal(get("/api/v1/me", fresh))).startsWith("401 the API key has been rotated");
        assertThat(get("/api/v1/me", newest).status()).isEqualTo(200);
    }

    @Test
    void aPersonHasTheScopesOfItsRoles() {
        Gateway.Home home = Gateway.home();
        String viewer = person(home, "viewer", null, "viewer");

        JsonNode me = get("/api/v1/me", viewer).json();

        assertThat(me.get("kind").asText()).isEqualTo("person");
        assertThat(me.get("tenant").asText()).isEqualTo(home.tenant());
        assertThat(me.get("roles").toString()).isEqualTo("[\"viewer\"]");
        assertThat(me.get("scopes").toString()).isEqualTo("[\"read\"]");
        assertThat(refusal(get("/api/v1/members", viewer))).isEqualTo("403 this route needs the scope admin");
    }

    @Test
    void aPersonInSeveralTenantsActsInTheOneThatTheTokenNames() {
        Gateway.Home one = Gateway.home();
        Gateway.Home two = Gateway.home();
        String undecided = person(one, "undecided", null, "viewer");
        member(two, "undecided-" + one.tenant(), "viewer");
        String decided = person(one, "decided", two.tenant(), "viewer");
        member(two, "decided-" + one.tenant(), "developer");
        String stranger = person(one, "stranger", two.tenant(), "viewer");
        String phantom = person(one, "phantom", "no-such-tenant", "viewer");

        assertThat(refusal(get("/api/v1/me", undecided))).startsWith("403 you are a member of several tenants");
        assertThat(get("/api/v1/me", decided).json().get("tenant").asText()).isEqualTo(two.tenant());
        assertThat(refusal(get("/api/v1/me", stranger)))
                .isEqualTo("403 you are not a member of the tenant that your token names: " + two.tenant());
        assertThat(refusal(get("/api/v1/me", phantom)))
                .isEqualTo("403 you are not a member of the tenant that your token names: no-such-tenant");
    }

    @Test
    void anExpiredTokenIs401WhetherItWasRememberedOrNot() {
        Gateway.Home home = Gateway.home();
        String name = "brief-" + home.tenant();
        Gateway.people().person(name, null, false);
        member(home, name, "viewer");
        String remembered = Gateway.people().shortToken(name);
        String unseen = Gateway.people().shortToken(name);
        get("/api/v1/me", remembered);

        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> {
            assertThat(refusal(get("/api/v1/me", remembered))).startsWith("401 the access token has expired");
            assertThat(get("/api/v1/me", unseen).status()).isEqualTo(401);
        });
        assertThat(refusal(get("/api/v1/me", unseen))).startsWith("401 the access token has expired");
    }

    @Test
    void aSuspendedTenantIsShutOut() {
        Gateway.Home home = Gateway.home();
        String key = Gateway.key(home, "read");
        expect(
                200,
                call("PATCH", "/api/v1/admin/tenants/" + home.tenant(), Gateway.operator(), Map.of("suspended", true)));

        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            assertThat(refusal(get("/api/v1/me", key))).startsWith("403 the tenant is suspended");
            assertThat(refusal(get("/api/v1/me", home.admin()))).startsWith("403 the tenant is suspended");
        });
    }

    private static String person(Gateway.Home home, String name, @Nullable String tenantClaim, String role) {
        String unique = name + "-" + home.tenant();
        Gateway.people().person(unique, tenantClaim, false);
        member(home, unique, role);
        return Gateway.people().token(unique);
    }

    private static void member(Gateway.Home home, String name, String role) {
        expect(
                201,
                call(
                        "POST",
                        "/api/v1/members",
                        home.admin(),
                        Map.of("email", KeycloakAdmin.email(name), "roles", List.of(role))));
    }

    private static String refusal(Gateway.Answer answer) {
        return answer.status() + " " + answer.json().path("detail").asText();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
