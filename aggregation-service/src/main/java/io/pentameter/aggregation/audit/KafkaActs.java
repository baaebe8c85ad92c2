package io.pentameter.aggregation.audit;

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
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Acts on the topic {@code audit.v1}, acknowledged by all replicas; 503 while the log is away. */
@ApplicationScoped
class KafkaActs implements Acts {

    private static final Logger LOG = Logger.getLogger(KafkaActs.class);
    private static final int SCHEMA_VERSION = 1;

    private final String bootstrap;
    private final InstantSource clock;
    private @Nullable Producer<byte[], byte[]> producer;

    KafkaActs(@ConfigProperty(name = "pentameter.kafka.bootstrap") String bootstrap, InstantSource clock) {
        this.bootstrap = bootstrap;
        this.clock = clock;
    }

    @Override
    public void record(Caller caller, String act, String object, String requestId, Map<String, String> details) {
        AuditRecord record = AuditRecord.newBuilder()
                .setSchemaVersion(SCHEMA_VERSION)
                .setTenant(caller.requireTenant())
                .setAuditId("aud_" + UUID.randomUUID())
                .setAtUs(clock.millis() * 1000)
                .setActorKind(caller.key() == null ? "person" : "key")
                .setActorId(caller.subject())
                .setActorName(caller.name())
                .setAction(act)
                .setObject(object)
                .setResult("allowed")
                .setRequestId(requestId)
                .putAllDetails(details)
                .build();
        try {
            producer()
                    .send(new ProducerRecord<>(
                            Topics.AUDIT.topicName(), PartitionKey.ofTenant(record.getTenant()), record.toByteArray()))
                    .get();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw unavailable();
        } catch (ExecutionException | KafkaException e) {
            LOG.warnf(e, "an act was not written down, and so not done action=%s", act);
            throw unavailable();
        }
    }

    /** Made when first needed: few tenants change anything here. */
    private synchronized Producer<byte[], byte[]> producer() {
        Producer<byte[], byte[]> made = producer;
        if (made == null) {
            made = new KafkaProducer<>(
                    Map.of(
                            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                            ProducerConfig.ACKS_CONFIG, "all",
                            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
                            ProducerConfig.LINGER_MS_CONFIG, 0,
                            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000,
                            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000,
                            ProducerConfig.MAX_BLOCK_MS_CONFIG, 3_000),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
            producer = made;
        }
        return made;
    }

    @PreDestroy
    synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(5));
        }
    }

    private static ProblemException unavailable() {
        return new ProblemException(
                Problem.of(ProblemKind.UNAVAILABLE, "the audit log does not take entries at the moment"),
                Duration.ofSeconds(2));
    }
}
