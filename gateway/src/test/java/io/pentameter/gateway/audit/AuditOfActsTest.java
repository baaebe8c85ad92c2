package io.pentameter.gateway.audit;

import static io.pentameter.gateway.testing.Gateway.call;
import static io.pentameter.gateway.testing.Gateway.expect;
import static io.pentameter.gateway.testing.Gateway.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.AuditRecord;
import io.pentameter.gateway.testing.Gateway;
import io.pentameter.gateway.testing.GatewayEngines;
import io.pentameter.gateway.testing.TopicReader;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who did what is written down. */
@QuarkusTest
@WithTestResource(value = GatewayEngines.class, scope = TestResourceScope.GLOBAL)
class AuditOfActsTest {

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
}
