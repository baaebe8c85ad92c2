package io.pentameter.aggregation.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.aggregation.tenantconfig.KafkaTenantConfig;
import io.pentameter.contracts.PartitionKey;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.TenantConfigRecord;
import io.pentameter.contracts.v1.TenantProfile;
import io.pentameter.stack.testing.SharedEngines;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class KafkaRetentionsTest {

    private static final String BOOTSTRAP = SharedEngines.kafka().bootstrap();

    @Test
    void theLastProfileOfATenantCounts() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", BOOTSTRAP), new ByteArraySerializer(), new ByteArraySerializer())) {
            tell(producer, "retained", 90);
            tell(producer, "retained", 30);
            tell(producer, "unsaid", 0);
        }

        assertThat(new KafkaRetentions(new KafkaTenantConfig(BOOTSTRAP)).days())
                .containsEntry("retained", 30)
                .doesNotContainKey("unsaid");
    }

    private static void tell(KafkaProducer<byte[], byte[]> producer, String tenant, int days) throws Exception {
        TenantConfigRecord profile = TenantConfigRecord.newBuilder()
                .setSchemaVersion(1)
                .setTenant(tenant)
                .setKind("tenant")
                .setProfile(TenantProfile.newBuilder().setRetentionDays(days))
                .build();
        producer.send(new ProducerRecord<>(
                        Topics.TENANT_CONFIG.topicName(),
                        PartitionKey.ofTenant(tenant, "tenant"),
                        profile.toByteArray()))
                .get();
    }
}
