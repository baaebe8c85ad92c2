package io.pentameter.gateway;

import static io.pentameter.gateway.testing.Gateway.call;
import static io.pentameter.gateway.testing.Gateway.expect;
import static io.pentameter.gateway.testing.Gateway.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.AuditRecord;
import io.pentameter.contracts.v1.MappingRule;
import io.pentameter.contracts.v1.TenantConfigRecord;
import io.pentameter.gateway.testing.Gateway;
import io.pentameter.gateway.testing.GatewayEngines;
import io.pentameter.gateway.testing.KeycloakAdmin;
import io.pentameter.gateway.testing.TopicReader;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

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
    void aRepeatedCreateGivesTheSameAnswerWithoutTheSecret() {
        Gateway.Home home = Gateway.home();
        String idempotencyKey = UUID.randomUUID().toString();
        Map<String, Object> wanted = Map.of("name", "once", "scopes", List.of("read"));

        Gateway.Answer first =
                expect(201, call("POST", "/api/v1/keys", home.admin(), wanted, "Idempotency-Key", idempotencyKey));
        Gateway.Answer again = expect(
                201,
                call("POST", "/api/v1/keys", home.admin(), wanted, "Idempotency-Key", "\"" + idempotencyKey + "\""));
        Gateway.Answer other = call(
                "POST",
                "/api/v1/keys",
                home.admin(),
                Map.of("name", "other", "scopes", List.of("read")),
                "Idempotency-Key",
                idempotencyKey);

        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.json().get("id")).isEqualTo(first.json().get("id"));
        assertThat(first.json().has("key")).isTrue();
        assertThat(again.json().has("key")).isFalse();
        assertThat(other.status()).isEqualTo(422);
        assertThat(get("/api/v1/keys", home.admin()).json().get("data")).hasSize(1);
    }

    @Test
    void ofManyAtOnceWithOneIdempotencyKeyOneCreates() throws Exception {
        Gateway.Home home = Gateway.home();
        String idempotencyKey = UUID.randomUUID().toString();
        Callable<Integer> create = () -> call(
                        "POST",
                        "/api/v1/keys",
                        home.admin(),
                        Map.of("name", "once", "scopes", List.of("read")),
                        "Idempotency-Key",
                        idempotencyKey)
                .status();

        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Integer> status : threads.invokeAll(java.util.Collections.nCopies(8, create))) {
                statuses.add(status.get());
            }
        }

        assertThat(statuses).isSubsetOf(201, 409).contains(201);
        assertThat(get("/api/v1/keys", home.admin()).json().get("data")).hasSize(1);
    }

    @Test
    void settingsReachTheTopicInOrderWithGrowingVersions() {
        Gateway.Home home = Gateway.home();

        for (String attribute : List.of("a.first", "a.second", "a.third")) {
            expect(
                    200,
                    call(
                            "PUT",
                            "/api/v1/settings/mapping",
                            home.admin(),
                            Map.of(
                                    "rules",
                                    List.of(Map.of("dimension", "feature", "attributes", List.of(attribute))))));
        }
        expect(
                200,
                call(
                        "PUT",
                        "/api/v1/settings/redaction",
                        home.admin(),
                        Map.of(
                                "disabled",
                                List.of("ip"),
                                "patterns",
                                List.of(Map.of("name", "ticket", "regex", "TCK-[0-9]{6}")))));
        expect(
                200,
                call(
                        "PUT",
                        "/api/v1/settings/profile",
                        home.admin(),
                        Map.of("payloadMode", "masked", "retentionDays", 30)));

        List<TenantConfigRecord> records = TopicReader.await(
                Topics.TENANT_CONFIG,
                TenantConfigRecord.parser(),
                each -> each.getTenant().equals(home.tenant()),
                6);
        assertThat(of("mapping", records))
                .extracting(TenantConfigRecord::getVersion)
                .containsExactly(1L, 2L, 3L);
        assertThat(of("mapping", records).getLast().getMapping().getRulesList())
                .isEqualTo(List.of(MappingRule.newBuilder()
                        .setDimension("feature")
                        .addAttributes("a.third")
                        .build()));
        assertThat(of("redaction", records)
                        .getFirst()
                        .getRedaction()
                        .getPatterns(0)
                        .getRegex())
                .isEqualTo("TCK-[0-9]{6}");
        assertThat(of("tenant", records)).hasSize(2);
        assertThat(of("tenant", records).getLast().getProfile().getPayloadMode())
                .isEqualTo("masked");
        assertThat(of("tenant", records).getLast().getVersion())
                .isGreaterThan(of("tenant", records).getFirst().getVersion());
        JsonNode mapping = get("/api/v1/settings/mapping", home.admin()).json();
        assertThat(mapping.get("version").asLong()).isEqualTo(3);
        assertThat(mapping.at("/rules/0/attributes/0").asText()).isEqualTo("a.third");
        assertThat(get("/api/v1/settings/redaction", home.admin())
                        .json()
                        .at("/disabled/0")
                        .asText())
                .isEqualTo("ip");
    }

    private static List<TenantConfigRecord> of(String kind, List<TenantConfigRecord> records) {
        return records.stream().filter(each -> each.getKind().equals(kind)).toList();
    }

    @Test
    void everyActIsAuditedAndSoIsARefusedAttempt() {
        Gateway.Home home = Gateway.home();
        String key = Gateway.key(home, "read");
        String path = "/api/v1/keys/" + Gateway.keyId(key);
        expect(403, call("DELETE", path, key, ""));
        expect(200, call("POST", path + "/rotate", home.admin(), Map.of()));
        expect(204, call("DELETE", path, home.admin(), ""));
        JsonNode member = expect(
                        201,
                        call(
                                "POST",
                                "/api/v1/members",
                                home.admin(),
                                Map.of("email", "New@Example.org", "roles", List.of("viewer"))))
                .json();
        String memberPath = "/api/v1/members/" + member.get("id").asText();
        expect(200, call("PATCH", memberPath, home.admin(), Map.of("roles", List.of("annotator", "viewer"))));
        expect(204, call("DELETE", memberPath, home.admin(), ""));
        expect(404, get(memberPath, home.admin()));

        List<AuditRecord> records = TopicReader.await(
                Topics.AUDIT, AuditRecord.parser(), each -> each.getTenant().equals(home.tenant()), 9);

        assertThat(member.get("email").asText()).isEqualTo("new@example.org");
        assertThat(records)
                .extracting(AuditRecord::getAction)
                .containsExactlyInAnyOrder(
                        "tenant.create",
                        "member.create",
                        "key.create",
                        "request.denied",
                        "key.rotate",
                        "key.revoke",
                        "member.create",
                        "member.update",
                        "member.delete");
        assertThat(records).extracting(AuditRecord::getAuditId).doesNotHaveDuplicates();
        assertThat(records.toString()).doesNotContain("@example.org", key);
        AuditRecord denied = records.stream()
                .filter(each -> each.getResult().equals("denied"))
                .findFirst()
                .orElseThrow();
        assertThat(denied.getObject()).isEqualTo("DELETE /api/v1/keys/{id}");
        assertThat(denied.getActorId()).isEqualTo(Gateway.keyId(key));
    }

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
