package io.pentameter.aggregation.repricing;

import io.pentameter.contracts.PartitionKey;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.AuditRecord;
import io.pentameter.kit.problem.Problem;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import io.pentameter.kit.token.Caller;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Writes to the audit log what is about to be done; what cannot be written there is not done. */
@ApplicationScoped
class KafkaRepricingAudit {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String bootstrap;
    private final InstantSource clock;
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    KafkaRepricingAudit(@ConfigProperty(name = "pentameter.kafka.bootstrap") String bootstrap, InstantSource clock) {
        this.bootstrap = bootstrap;
        this.clock = clock;
    }

    /** @throws ProblemException if the log does not confirm */
    void write(Caller caller, String action, Repricing repricing) {
        AuditRecord audit = AuditRecord.newBuilder()
                .setSchemaVersion(1)
                .setTenant(repricing.tenant())
                .setAuditId(UUID.randomUUID().toString())
                .setAtUs(SqlRepricings.micros(clock.instant()))
                .setActorKind(caller.key() == null ? "person" : "key")
                .setActorId(caller.subject())
                .setActorName(caller.name())
                .setAction(action)
                .setObject(repricing.id())
                .setResult("allowed")
                .putDetails("from", repricing.order().from().toString())
                .putDetails("to", repricing.order().to().toString())
                .putDetails("price_version", repricing.priceVersion())
                .build();
        try {
            producer()
                    .send(new ProducerRecord<>(
                            Topics.AUDIT.topicName(), PartitionKey.ofTenant(repricing.tenant()), audit.toByteArray()))
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw unavailable();
        } catch (ExecutionException | TimeoutException _) {
            throw unavailable();
        }
    }

    private static ProblemException unavailable() {
        return new ProblemException(
                Problem.of(ProblemKind.UNAVAILABLE, "the audit log cannot be written at the moment"),
                Duration.ofSeconds(2));
    }

    private synchronized KafkaProducer<byte[], byte[]> producer() {
        KafkaProducer<byte[], byte[]> made = producer;
        if (made == null) {
            made = new KafkaProducer<>(
                    Map.of(
                            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                            ProducerConfig.ACKS_CONFIG, "all",
                            ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000,
                            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000,
                            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
            producer = made;
        }
        return made;
    }

    @PreDestroy
    synchronized void close() {
        KafkaProducer<byte[], byte[]> made = producer;
        if (made != null) {
            made.close(Duration.ofSeconds(2));
        }
    }
}
