package io.pentameter.quality.outbox;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The one producer of this service. Every record is acknowledged by all replicas that are in sync. */
@ApplicationScoped
public class KafkaLog {

    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final Producer<byte[], byte[]> producer;

    KafkaLog(@ConfigProperty(name = "pentameter.kafka.bootstrap") String bootstrap) {
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "client.id",
                        "quality-service",
                        "acks",
                        "all",
                        "enable.idempotence",
                        true,
                        "compression.type",
                        "lz4",
                        "linger.ms",
                        5,
                        "delivery.timeout.ms",
                        10_000,
                        "request.timeout.ms",
                        5_000,
                        "max.block.ms",
                        3_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    void stop(@Observes ShutdownEvent event) {
        producer.close(Duration.ofSeconds(5));
    }

    /** Sends; the answer comes when the broker has it. */
    public Future<RecordMetadata> send(Outbox record) {
        return producer.send(new ProducerRecord<>(
                record.topic().topicName(),
                record.key().toByteArray(),
                record.value().toByteArray()));
    }

    /**
     * Waits until the broker has all of them.
     *
     * @throws IllegalStateException if it does not have one of them in time; some of the others may be there
     */
    public void await(List<Future<RecordMetadata>> sent) {
        producer.flush();
        try {
            for (Future<RecordMetadata> one : sent) {
                one.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the broker had not yet acknowledged", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the broker did not acknowledge", e);
        }
    }
}
