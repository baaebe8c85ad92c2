package io.pentameter.ingest.publish;

import io.pentameter.ingest.config.IngestConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the producer. */
@ApplicationScoped
class KafkaLogConfig {

    private static final Duration CLOSE = Duration.ofSeconds(10);

    @Produces
    @Singleton
    Producer<byte[], byte[]> producer(
            @ConfigProperty(name = "pentameter.kafka.bootstrap") String bootstrap, IngestConfig config) {
        return new KafkaProducer<>(
                settings(bootstrap, config.maxRecordSize().asLongValue()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    void close(@Disposes Producer<byte[], byte[]> producer) {
        producer.close(CLOSE);
    }

    @Produces
    @ApplicationScoped
    RecordLog log(Producer<byte[], byte[]> producer) {
        return new KafkaRecordLog(producer);
    }

    static Map<String, Object> settings(String bootstrap, long maxRecordSize) {
        return Map.ofEntries(
                Map.entry(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
                Map.entry(ProducerConfig.CLIENT_ID_CONFIG, "ingest-service"),
                Map.entry(ProducerConfig.ACKS_CONFIG, "all"),
                Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true),
                Map.entry(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4"),
                Map.entry(ProducerConfig.LINGER_MS_CONFIG, 2),
                Map.entry(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10),
                // what is in flight is bounded before it comes here; this is never the bound
                Map.entry(ProducerConfig.BUFFER_MEMORY_CONFIG, 512L << 20),
                // a record and its envelope
                Map.entry(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, (int) maxRecordSize + (16 << 10)),
                Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000),
                Map.entry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000),
                Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, 3_000));
    }
}
