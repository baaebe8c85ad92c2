package io.pentameter.ingest.config;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.TenantConfigRecord;
import io.pentameter.pricing.PriceList;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Follows {@code tenant-config.v1} from its beginning into a {@link TenantTable}.
 *
 * <p>No group and no commits: each instance reads the whole compacted topic at its start. If the log is away, the last
 * table goes on to serve.
 */
@ApplicationScoped
class TenantConfigConsumer implements CurrentTenants {

    private static final Logger LOG = Logger.getLogger(TenantConfigConsumer.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PROBE = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration STALE = Duration.ofSeconds(10);

    private final String bootstrap;
    private final InstantSource clock;
    private final PriceTable prices = new PriceTable();

    private volatile TenantTable table = TenantTable.EMPTY;
    private volatile boolean isLoaded;
    private volatile boolean isStopped;
    private volatile Instant reachedAt = Instant.EPOCH;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> current;

    TenantConfigConsumer(@ConfigProperty(name = "pentameter.kafka.bootstrap") String bootstrap, InstantSource clock) {
        this.bootstrap = bootstrap;
        this.clock = clock;
    }

    @Override
    public TenantSettings of(String tenant) {
        return table.of(tenant);
    }

    /** What a tenant pays. */
    PriceList pricesOf(String tenant) {
        return prices.of(tenant, table.ownPrices(tenant));
    }

    /** Version of the book in force. */
    String priceVersion() {
        return prices.version();
    }

    @Override
    public boolean isLoaded() {
        return isLoaded;
    }

    @Override
    public boolean isLogReachable() {
        return reachedAt.plus(STALE).isAfter(clock.instant());
    }

    void start(@Observes StartupEvent event) {
        Thread.ofPlatform().name("tenant-config").daemon().start(this::run);
    }

    void stop(@Observes ShutdownEvent event) {
        isStopped = true;
        KafkaConsumer<byte[], byte[]> consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    private void run() {
        while (!isStopped) {
            try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings())) {
                current = consumer;
                follow(consumer);
            } catch (WakeupException _) {
                return;
            } catch (KafkaException | IllegalStateException e) {
                LOG.warnf("tenant settings cannot be read, will try again, reason=%s", e.getMessage());
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private void follow(KafkaConsumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.TENANT_CONFIG.topicName(), PROBE).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new IllegalStateException("the topic does not exist: " + Topics.TENANT_CONFIG.topicName());
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Instant probeAt = Instant.EPOCH;
        while (!isStopped) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            if (!records.isEmpty()) {
                apply(records);
            }
            if (!probeAt.isAfter(clock.instant())) {
                probe(consumer, partitions);
                probeAt = isLoaded ? clock.instant().plus(PROBE) : clock.instant();
            }
        }
    }

    /** Asks the broker where the topic ends: tells whether it is there, and whether we have read all. */
    private void probe(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PROBE);
        reachedAt = clock.instant();
        if (!isLoaded && ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
            isLoaded = true;
            LOG.infof("tenant settings are read, topic=%s", Topics.TENANT_CONFIG.topicName());
        }
    }

    private void apply(ConsumerRecords<byte[], byte[]> records) {
        TenantTable.Changes changes = table.change();
        for (ConsumerRecord<byte[], byte[]> changed : records) {
            try {
                if (changed.value() == null) {
                    changes.remove(new String(changed.key(), StandardCharsets.UTF_8));
                } else {
                    TenantConfigRecord change = TenantConfigRecord.parseFrom(changed.value());
                    if (change.hasPriceBook()) {
                        prices.put(change.getPriceBook());
                    }
                    changes.put(change);
                }
            } catch (InvalidProtocolBufferException _) {
                LOG.errorf(
                        "a tenant setting cannot be decoded and is left out, topic=%s partition=%d offset=%d",
                        changed.topic(), changed.partition(), changed.offset());
            }
        }
        table = changes.table();
    }

    private Map<String, Object> settings() {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ConsumerConfig.CLIENT_ID_CONFIG,
                "ingest-service-config",
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                5000,
                ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                5000);
    }
}
