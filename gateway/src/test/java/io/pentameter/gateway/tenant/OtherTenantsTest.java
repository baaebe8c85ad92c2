package io.pentameter.gateway.tenant;

import static io.pentameter.gateway.testing.Gateway.call;
import static io.pentameter.gateway.testing.Gateway.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.gateway.testing.Gateway;
import io.pentameter.gateway.testing.GatewayEngines;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What another tenant has is as if it were not there. */
@QuarkusTest
@WithTestResource(value = GatewayEngines.class, scope = TestResourceScope.GLOBAL)
class OtherTenantsTest {

    @Test
    void whatBelongsToAnotherTenantIsAnsweredExactlyAsIfItWereAbsent() {
        Gateway.Home ours = Gateway.home();
        Gateway.Home theirs = Gateway.home();
        String theirKey = Gateway.keyId(Gateway.key(theirs, "read"));
        Gateway.key(theirs, "read");
        String theirMember =
                get("/api/v1/members", theirs.admin()).json().at("/data/0/id").asText();
        String absentKey = "key_000000000000";
        String absentMember = "mem_" + "0".repeat(32);
        Map<String, Object> roles = Map.of("roles", List.of("viewer"));

        assertSame(ours, "GET", "/api/v1/keys/", theirKey, absentKey, "");
        assertSame(ours, "DELETE", "/api/v1/keys/", theirKey, absentKey, "");
        assertSame(ours, "POST", "/api/v1/keys/%s/rotate", theirKey, absentKey, Map.of());
        assertSame(ours, "GET", "/api/v1/members/", theirMember, absentMember, "");
        assertSame(ours, "PATCH", "/api/v1/members/", theirMember, absentMember, roles);
        assertSame(ours, "DELETE", "/api/v1/members/", theirMember, absentMember, "");
        assertSame(ours, "GET", "/api/v1/admin/tenants/", theirs.tenant(), "no-such-tenant", "");
        assertSame(ours, "PATCH", "/api/v1/admin/tenants/", theirs.tenant(), "no-such-tenant", Map.of("name", "x"));
        assertSame(ours, "POST", "/api/v1/admin/tenants/%s/members", theirs.tenant(), "no-such-tenant", roles);
        String theirCursor = get("/api/v1/keys?limit=1", theirs.admin())
                .json()
                .get("nextCursor")
                .asText();
        assertThat(get("/api/v1/keys?cursor=" + theirCursor, ours.admin())
                        .json()
                        .get("data"))
                .isEmpty();
        assertThat(get("/api/v1/keys", ours.admin()).response().body()).isEqualTo("{\"data\":[],\"nextCursor\":null}");
        assertThat(get("/api/v1/keys/" + theirKey, theirs.admin()).json().has("revokedAt"))
                .isFalse();
    }

    private static void assertSame(
            Gateway.Home home, String method, String path, String theirs, String absent, Object body) {
        Gateway.Answer one = call(method, at(path, theirs), home.admin(), body);
        Gateway.Answer other = call(method, at(path, absent), home.admin(), body);

        assertThat(one.status())
                .as("%s %s", method, path)
                .isEqualTo(other.status())
                .isBetween(400, 499);
        assertThat(anonymous(one, theirs)).isEqualTo(anonymous(other, absent));
        assertThat(one.response().headers().map().keySet())
                .isEqualTo(other.response().headers().map().keySet());
    }

    private static String at(String path, String id) {
        return path.contains("%s") ? path.formatted(id) : path + id;
    }

    private static String anonymous(Gateway.Answer answer, String id) {
        return answer.response()
                .body()
                .replace(answer.header("Pentameter-Request-Id"), "")
                .replace(id, "");
    }
}
