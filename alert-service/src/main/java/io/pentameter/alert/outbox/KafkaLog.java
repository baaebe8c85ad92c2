package io.pentameter.alert.outbox;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The broker. The connection is made when there is first something to send. */
@ApplicationScoped
class KafkaLog {

    private final String bootstrap;
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    KafkaLog(@ConfigProperty(name = "pentameter.kafka.bootstrap") String bootstrap) {
        this.bootstrap = bootstrap;
    }

    /**
     * Returns when the broker has all of them.
     *
     * @throws IllegalStateException if it does not have one of them, or has not said so in time
     */
    void send(List<PostgresOutboxRow> rows, Duration limit) {
        KafkaProducer<byte[], byte[]> connected = connected();
        List<Future<?>> acknowledgements = new ArrayList<>();
        for (PostgresOutboxRow row : rows) {
            acknowledgements.add(connected.send(new ProducerRecord<>(row.topic, row.recordKey, row.record)));
        }
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            for (Future<?> acknowledgement : acknowledgements) {
                acknowledgement.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the broker did not take the records", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private synchronized KafkaProducer<byte[], byte[]> connected() {
        KafkaProducer<byte[], byte[]> current = producer;
        if (current == null) {
            current = new KafkaProducer<>(
                    Map.of(
                            "bootstrap.servers",
                            bootstrap,
                            "client.id",
                            "alert-service-outbox",
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
            producer = current;
        }
        return current;
    }

    synchronized void close(@Observes ShutdownEvent event) {
        KafkaProducer<byte[], byte[]> current = producer;
        if (current != null) {
            current.close(Duration.ofSeconds(5));
            producer = null;
        }
    }
}
