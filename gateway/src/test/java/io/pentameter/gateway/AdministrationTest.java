package io.pentameter.gateway;

import static io.pentameter.gateway.testing.Gateway.call;
import static io.pentameter.gateway.testing.Gateway.expect;
import static io.pentameter.gateway.testing.Gateway.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.gateway.testing.Gateway;
import io.pentameter.gateway.testing.GatewayEngines;
import io.pentameter.gateway.testing.KeycloakAdmin;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Keys, members and tenants by the API: what is refused, how lists go on. */
@QuarkusTest
@WithTestResource(value = GatewayEngines.class, scope = TestResourceScope.GLOBAL)
class AdministrationTest {

    @Test
    void whatIsNotValidIsNamedFieldByField() {
        Gateway.Home home = Gateway.home();

        JsonNode key = expect(
                        400,
                        call(
                                "POST",
                                "/api/v1/keys",
                                home.admin(),
                                Map.of(
                                        "name",
                                        " ",
                                        "scopes",
                                        List.of("read", "operator"),
                                        "expiresAt",
                                        "2001-01-01T00:00:00Z",
                                        "limits",
                                        Map.of("spansPerSecond", 0))))
                .json();
        JsonNode tenant = expect(
                        400,
                        call(
                                "POST",
                                "/api/v1/admin/tenants",
                                Gateway.operator(),
                                Map.of("id", "Bad_Id", "payloadMode", "x")))
                .json();
        JsonNode member = expect(
                        400,
                        call(
                                "POST",
                                "/api/v1/members",
                                home.admin(),
                                Map.of("email", "nobody", "roles", List.of("king"))))
                .json();
        JsonNode mapping = expect(
                        400,
                        call(
                                "PUT",
                                "/api/v1/settings/mapping",
                                home.admin(),
                                Map.of("rules", List.of(Map.of("dimension", "colour", "attributes", List.of())))))
                .json();

        assertThat(pointers(key)).containsExactly("/name", "/scopes", "/expiresAt", "/limits/spansPerSecond");
        assertThat(pointers(tenant)).containsExactly("/id", "/name", "/payloadMode");
        assertThat(pointers(member)).containsExactly("/email", "/roles");
        assertThat(pointers(mapping)).containsExactly("/rules/0/dimension", "/rules/0/attributes");
        assertThat(expect(400, get("/api/v1/keys?cursor=nonsense", home.admin()))
                        .json()
                        .get("detail")
                        .asText())
                .startsWith("cursor: ");
        assertThat(expect(400, get("/api/v1/keys?limit=0", home.admin()))
                        .json()
                        .get("detail")
                        .asText())
                .isEqualTo("limit: must be in 1..200: 0");
        expect(
                400,
                Gateway.send(
                        "POST",
                        "/api/v1/keys",
                        BodyPublishers.ofString("{broken"),
                        "Authorization",
                        "Bearer " + home.admin(),
                        "Content-Type",
                        "application/json"));
        byte[] large = new byte[2_000_000];
        expect(413, large(home, BodyPublishers.ofByteArray(large)));
        Gateway.Answer chunked =
                expect(400, large(home, BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large))));
        assertThat(chunked.json().get("detail").asText()).contains("Content-Length");
        expect(
                409,
                call("POST", "/api/v1/admin/tenants", Gateway.operator(), Map.of("id", home.tenant(), "name", "x")));
    }

    private static Gateway.Answer large(Gateway.Home home, java.net.http.HttpRequest.BodyPublisher body) {
        return Gateway.send(
                "POST",
                "/api/v1/keys",
                body,
                "Authorization",
                "Bearer " + home.admin(),
                "Content-Type",
                "application/json");
    }

    private static List<String> pointers(JsonNode problem) {
        List<String> pointers = new ArrayList<>();
        problem.get("errors").forEach(fault -> pointers.add(fault.get("pointer").asText()));
        return pointers;
    }

    @Test
    void listsGoOnWhereTheCursorSays() {
        Gateway.Home home = Gateway.home();
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.addFirst(Gateway.keyId(Gateway.key(home, "read")));
        }

        List<String> seen = new ArrayList<>();
        String path = "/api/v1/keys?limit=2";
        JsonNode page = get(path, home.admin()).json();
        page.get("data").forEach(key -> seen.add(key.get("id").asText()));
        while (page.hasNonNull("nextCursor")) {
            page = get(path + "&cursor=" + page.get("nextCursor").asText(), home.admin())
                    .json();
            page.get("data").forEach(key -> seen.add(key.get("id").asText()));
        }

        assertThat(seen).isEqualTo(made);
        assertThat(get("/api/v1/keys", home.admin()).response().body()).doesNotContain("hash", "pm_");
    }

    @Test
    void theSamePersonMayBelongToATenantOnce() {
        Gateway.Home home = Gateway.home();
        Map<String, Object> member =
                Map.of("email", KeycloakAdmin.email("twice-" + home.tenant()), "roles", List.of("viewer"));
        expect(201, call("POST", "/api/v1/members", home.admin(), member));

        assertThat(call("POST", "/api/v1/members", home.admin(), member).status())
                .isEqualTo(409);
    }
}
