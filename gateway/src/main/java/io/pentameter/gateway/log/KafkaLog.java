package io.pentameter.gateway.log;

import com.google.protobuf.ByteString;
import io.pentameter.contracts.Topics;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The gateway's one producer.
 *
 * <p>The client blocks while it has no metadata, so records are handed to it on virtual threads of its own, never on an
 * event loop. When {@value #MAX_PENDING} records wait for the broker, further ones fail at once.
 */
@ApplicationScoped
public class KafkaLog {

    /** Most records that wait for the broker. */
    static final int MAX_PENDING = 2_000;

    private final KafkaProducer<byte[], byte[]> producer;
    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore pending = new Semaphore(MAX_PENDING);

    /** A record and where it goes. */
    public record Entry(String topic, ByteString key, ByteString value) {}

    /** The broker cannot take more at the moment. */
    public static final class LogBusyException extends RuntimeException {
        LogBusyException() {
            super(MAX_PENDING + " records wait for the broker", null, false, false);
        }
    }

    KafkaLog(@ConfigProperty(name = "pentameter.kafka.bootstrap") String bootstrap) {
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ProducerConfig.CLIENT_ID_CONFIG,
                        "gateway",
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "lz4",
                        ProducerConfig.LINGER_MS_CONFIG,
                        2,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        10_000,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        5_000,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        3_000,
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        8 * 1024 * 1024L),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Completes when the broker has the record for good; fails if it cannot be sure of that within seconds. */
    public CompletableFuture<Void> append(String topic, byte[] key, byte[] value) {
        if (!pending.tryAcquire()) {
            return CompletableFuture.failedFuture(new LogBusyException());
        }
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        var _ = acknowledged.whenComplete((_, _) -> pending.release());
        senders.execute(() -> send(new ProducerRecord<>(topic, key, value), acknowledged));
        return acknowledged;
    }

    /** As {@link #append}, for several records that must keep their order; completes when all are there. */
    public CompletableFuture<Void> appendInOrder(List<Entry> entries) {
        if (!pending.tryAcquire(entries.size())) {
            return CompletableFuture.failedFuture(new LogBusyException());
        }
        List<CompletableFuture<Void>> acknowledged =
                entries.stream().map(_ -> new CompletableFuture<Void>()).toList();
        CompletableFuture<Void> all = CompletableFuture.allOf(acknowledged.toArray(CompletableFuture[]::new));
        var _ = all.whenComplete((_, _) -> pending.release(entries.size()));
        senders.execute(() -> {
            for (int i = 0; i < entries.size(); i++) {
                Entry entry = entries.get(i);
                send(
                        new ProducerRecord<>(
                                entry.topic(),
                                entry.key().toByteArray(),
                                entry.value().toByteArray()),
                        acknowledged.get(i));
            }
        });
        return all;
    }

    /** Whether the broker answers for our topics; blocks for up to the client's {@code max.block.ms}. */
    public boolean isReachable() {
        try {
            return !producer.partitionsFor(Topics.AUDIT.topicName()).isEmpty();
        } catch (org.apache.kafka.common.KafkaException _) {
            return false;
        }
    }

    private void send(ProducerRecord<byte[], byte[]> appended, CompletableFuture<Void> acknowledged) {
        try {
            var _ = producer.send(appended, (_, failure) -> {
                if (failure == null) {
                    acknowledged.complete(null);
                } else {
                    acknowledged.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException e) {
            acknowledged.completeExceptionally(e);
        }
    }

    @PreDestroy
    void close() {
        senders.close();
        producer.close(Duration.ofSeconds(5));
    }
}
