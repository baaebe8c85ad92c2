package io.pentameter.alert.story;

import static io.pentameter.alert.story.Story.aggregation;
import static io.pentameter.alert.story.Story.as;
import static io.pentameter.alert.story.Story.eventually;
import static io.pentameter.alert.story.Story.get;
import static io.pentameter.alert.story.Story.newRule;
import static io.pentameter.alert.story.Story.newTenant;
import static io.pentameter.alert.story.Story.pass;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pentameter.contracts.PartitionKey;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.AlertRecord;
import io.pentameter.contracts.v1.AuditRecord;
import io.pentameter.contracts.v1.TenantConfigRecord;
import io.pentameter.contracts.v1.TenantProfile;
import io.pentameter.kit.token.Scope;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Engines.class)
class TopicStoryTest {

    private static final Duration STEP = Duration.ofSeconds(5);

    @Test
    void aNewTenantGetsThePresetsOnceAndKeepsWhatItMakesOfThem() {
        String tenant = newTenant();
        announce(tenant, 1, false);
        eventually(() -> presets(tenant).size() == 5);
        assertThat(presets(tenant))
                .containsExactlyInAnyOrder(
                        "latency_p95", "error_rate", "daily_cost", "negative_feedback", "invoice_variance");
        String deleted = get(tenant, "/api/v1/rules").extract().path("data[0].id");
        as(tenant, Scope.ADMIN).delete("/api/v1/rules/" + deleted).then().statusCode(204);

        announce(tenant, 2, false);
        String later = newTenant();
        announce(later, 1, false);

        eventually(() -> presets(later).size() == 5);
        assertThat(presets(tenant)).hasSize(4);
    }

    @Test
    void aSuspendedTenantIsNotEvaluated() {
        String suspended = newTenant();
        String active = newTenant();
        announce(suspended, 1, true);
        eventually(() -> presets(suspended).size() == 5);
        String rule = newRule(suspended, Story.errorRule());
        String other = newRule(active, Story.errorRule());

        pass(STEP, active, other);

        String seen = get(suspended, "/api/v1/rules/" + rule).extract().path("evaluatedUntil");
        assertThat(seen).isNull();
    }

    @Test
    void everyTransitionAndEveryChangeIsOnItsTopic() {
        String tenant = newTenant();
        Map<String, Object> definition = Story.errorRule();
        definition.put("for", "PT5S");
        aggregation().numbers(tenant, Map.of("error_rate", 0.25, "requests", 80));
        String rule = newRule(tenant, definition);
        pass(STEP, tenant, rule);
        pass(STEP, tenant, rule);
        as(tenant, Scope.ADMIN).delete("/api/v1/rules/" + rule).then().statusCode(204);

        eventually(() -> alerts(tenant).size() == 3);

        List<AlertRecord> told = alerts(tenant);
        assertThat(told).extracting(AlertRecord::getState).containsExactly("pending", "firing", "resolved");
        assertThat(told)
                .extracting(AlertRecord::getFingerprint)
                .containsOnly(told.getFirst().getFingerprint());
        assertThat(told).extracting(AlertRecord::getTransitionId).doesNotHaveDuplicates();
        assertThat(told.get(1).getValue()).isEqualTo(0.25);
        assertThat(told.get(1).getSample()).isEqualTo(80);
        eventually(() -> audits(tenant).size() == 2);
        assertThat(audits(tenant)).extracting(AuditRecord::getAction).containsExactly("rule.create", "rule.delete");
        assertThat(audits(tenant)).extracting(AuditRecord::getActorKind).containsOnly("key");
        assertThat(audits(tenant)).extracting(AuditRecord::getObject).containsOnly(rule);
    }

    private static void announce(String tenant, long version, boolean suspended) {
        TenantConfigRecord message = TenantConfigRecord.newBuilder()
                .setSchemaVersion(1)
                .setTenant(tenant)
                .setKind("tenant")
                .setVersion(version)
                .setProfile(TenantProfile.newBuilder().setName(tenant).setSuspended(suspended))
                .build();
        Topic.send(Topics.TENANT_CONFIG, PartitionKey.ofTenant(tenant, "tenant"), message.toByteArray());
    }

    private static List<String> presets(String tenant) {
        return get(tenant, "/api/v1/rules").statusCode(200).extract().path("data.findAll { it.preset != null }.preset");
    }

    private static List<AlertRecord> alerts(String tenant) {
        List<AlertRecord> own = new ArrayList<>();
        for (byte[] bytes : Topic.all(Topics.ALERTS)) {
            try {
                AlertRecord one = AlertRecord.parseFrom(bytes);
                if (one.getTenant().equals(tenant)) {
                    own.add(one);
                }
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError(e);
            }
        }
        return own;
    }

    private static List<AuditRecord> audits(String tenant) {
        List<AuditRecord> own = new ArrayList<>();
        for (byte[] bytes : Topic.all(Topics.AUDIT)) {
            try {
                AuditRecord one = AuditRecord.parseFrom(bytes);
                if (one.getTenant().equals(tenant)) {
                    own.add(one);
                }
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError(e);
            }
        }
        return own;
    }
}
