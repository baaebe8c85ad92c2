package io.pentameter.quality.intake;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Makes consumers of this service; none commits by itself. */
final class KafkaConsumers {

    private KafkaConsumers() {}

    /** @param group absent for a consumer that only looks things up */
    static KafkaConsumer<byte[], byte[]> open(String bootstrap, @Nullable String group, int batch) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "bootstrap.servers",
                bootstrap,
                "client.id",
                group == null ? "quality-lookup" : group,
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed",
                "max.poll.records",
                batch,
                "fetch.max.wait.ms",
                200,
                "allow.auto.create.topics",
                false,
                "metadata.max.age.ms",
                10_000,
                "partition.assignment.strategy",
                "org.apache.kafka.clients.consumer.CooperativeStickyAssignor"));
        if (group != null) {
            settings.put("group.id", group);
        }
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
