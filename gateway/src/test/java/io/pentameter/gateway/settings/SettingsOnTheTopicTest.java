package io.pentameter.gateway.settings;

import static io.pentameter.gateway.testing.Gateway.call;
import static io.pentameter.gateway.testing.Gateway.expect;
import static io.pentameter.gateway.testing.Gateway.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.MappingRule;
import io.pentameter.contracts.v1.TenantConfigRecord;
import io.pentameter.gateway.testing.Gateway;
import io.pentameter.gateway.testing.GatewayEngines;
import io.pentameter.gateway.testing.TopicReader;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the services are told of a tenant. */
@QuarkusTest
@WithTestResource(value = GatewayEngines.class, scope = TestResourceScope.GLOBAL)
class SettingsOnTheTopicTest {

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
}
