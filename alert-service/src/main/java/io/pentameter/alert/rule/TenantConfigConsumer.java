package io.pentameter.alert.rule;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.TenantConfigRecord;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Hears which tenants there are, and gives new ones the preset pack.
 *
 * <p>The topic is compacted and small, so it is read from its beginning at each start and no offset is kept: everything
 * done with a record may be done again. While the broker is away nothing is heard, and nothing else suffers.
 */
@ApplicationScoped
class TenantConfigConsumer {

    private static final Logger LOG = Logger.getLogger(TenantConfigConsumer.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final String KIND = "tenant";

    private final PostgresPresets presets;
    private final String bootstrap;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable KafkaConsumer<byte[], byte[]> current;
    private final Thread thread =
            Thread.ofPlatform().name("alert-tenant-config").daemon().unstarted(this::listen);

    TenantConfigConsumer(
            PostgresPresets presets, @ConfigProperty(name = "pentameter.kafka.bootstrap") String bootstrap) {
        this.presets = presets;
        this.bootstrap = bootstrap;
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        closed.countDown();
        KafkaConsumer<byte[], byte[]> open = current;
        if (open != null) {
            open.wakeup();
        }
        thread.join(Duration.ofSeconds(5));
    }

    private void listen() {
        while (!isClosed()) {
            try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
                current = consumer;
                TopicPartition partition = new TopicPartition(Topics.TENANT_CONFIG.topicName(), 0);
                consumer.assign(Set.of(partition));
                consumer.seekToBeginning(List.of(partition));
                while (!isClosed()) {
                    consumer.poll(POLL).forEach(this::take);
                }
            } catch (WakeupException _) {
                return; // only stopping wakes it
            } catch (KafkaException e) {
                LOG.warn("tenants cannot be heard of; trying again", e);
                pause();
            } catch (RuntimeException e) { // the outermost edge of this thread: the database is away, say
                LOG.error("a tenant's configuration could not be taken in; reading all again", e);
                pause();
            }
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void take(ConsumerRecord<byte[], byte[]> heard) {
        if (heard.value() == null) {
            String key = heard.key() == null ? "" : new String(heard.key(), StandardCharsets.UTF_8);
            if (key.endsWith("/" + KIND)) {
                presets.withdrawn(key.substring(0, key.length() - KIND.length() - 1));
            }
            return;
        }
        TenantConfigRecord config;
        try {
            config = TenantConfigRecord.parseFrom(heard.value());
        } catch (InvalidProtocolBufferException e) {
            LOG.errorf(e, "record is not a tenant's configuration offset=%d", heard.offset());
            return;
        }
        String tenant = config.getTenant();
        if (config.getKind().equals(KIND) && !tenant.isBlank() && tenant.indexOf('\0') < 0) {
            presets.heardOf(config);
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "client.id",
                        "alert-service-tenant-config",
                        "enable.auto.commit",
                        false,
                        "allow.auto.create.topics",
                        false,
                        "auto.offset.reset",
                        "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private void pause() {
        try {
            closed.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
