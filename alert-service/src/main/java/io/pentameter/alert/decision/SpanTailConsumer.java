package io.pentameter.alert.decision;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.SpanRecord;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Hears of every call that the log takes, and tells the counters.
 *
 * <p>Each instance reads all partitions for itself and keeps no offset: at the start it goes back by {@code replay}, after a fault to
 * where it was. Calls that it hears of twice count once. Records of tenants without a budget are told by their key, and not opened.
 */
@ApplicationScoped
class SpanTailConsumer {

    private static final Logger LOG = Logger.getLogger(SpanTailConsumer.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration RETRY = Duration.ofSeconds(2);
    /** What the broker took a moment ago may not have been offered yet when it says that there is no more. */
    private static final Duration CAUGHT_UP = Duration.ofSeconds(1);

    private final Counters counters;
    private final DecisionConfig config;
    private final InstantSource clock;
    private final String bootstrap;
    private final AtomicBoolean isBegun = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable KafkaConsumer<byte[], byte[]> current;
    private final Thread thread =
            Thread.ofPlatform().name("alert-span-tail").daemon().unstarted(this::listen);

    SpanTailConsumer(
            Counters counters,
            DecisionConfig config,
            InstantSource clock,
            @ConfigProperty(name = "pentameter.kafka.bootstrap") String bootstrap) {
        this.counters = counters;
        this.config = config;
        this.clock = clock;
        this.bootstrap = bootstrap;
    }

    /** Begins to listen, once: when the counters know which budgets there are. */
    void begin() {
        if (isBegun.compareAndSet(false, true)) {
            thread.start();
        }
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
        Instant from = clock.instant().minus(config.replay());
        counters.listenFrom(from);
        while (!isClosed()) {
            try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
                current = consumer;
                Map<TopicPartition, Instant> heard = seek(consumer, from);
                while (!isClosed()) {
                    poll(consumer, heard);
                    from = counters.asOf();
                }
            } catch (WakeupException _) {
                return; // only stopping wakes it
            } catch (KafkaException e) {
                LOG.warn("calls cannot be heard of; trying again", e);
                pause();
            } catch (RuntimeException e) { // the outermost edge of this thread
                LOG.error("a call could not be counted; reading again", e);
                pause();
            }
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Goes to the first record of that time or later; where there is none, to the end. */
    private static Map<TopicPartition, Instant> seek(KafkaConsumer<byte[], byte[]> consumer, Instant from) {
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.SPANS.topicName()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> times = new HashMap<>();
        Map<TopicPartition, Instant> heard = new HashMap<>();
        partitions.forEach(partition -> {
            times.put(partition, from.toEpochMilli());
            heard.put(partition, from);
        });
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
        partitions.forEach(partition -> {
            OffsetAndTimestamp first = found.get(partition); // the broker's answer has null where there is none
            consumer.seek(partition, first == null ? ends.getOrDefault(partition, 0L) : first.offset());
        });
        return heard;
    }

    private void poll(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Instant> heard) {
        Instant asked = clock.instant();
        for (ConsumerRecord<byte[], byte[]> told : consumer.poll(POLL)) {
            take(told);
            heard.put(new TopicPartition(told.topic(), told.partition()), Instant.ofEpochMilli(told.timestamp()));
        }
        for (TopicPartition partition : consumer.assignment()) {
            if (consumer.currentLag(partition).orElse(1) == 0) {
                heard.merge(partition, asked.minus(CAUGHT_UP), (a, b) -> a.isAfter(b) ? a : b);
            }
        }
        heard.values().stream().min(Instant::compareTo).ifPresent(counters::heardUntil);
    }

    private void take(ConsumerRecord<byte[], byte[]> told) {
        if (told.value() == null || !counters.isOf(tenant(told.key()))) {
            return;
        }
        try {
            SpanRecord span = SpanRecord.parseFrom(told.value());
            TailSpan.of(span, told.timestamp()).ifPresent(one -> counters.heard(span.getTenant(), one));
        } catch (InvalidProtocolBufferException e) {
            LOG.errorf(e, "record is no span partition=%d offset=%d", told.partition(), told.offset());
        }
    }

    /** What stands before the zero byte of the key. */
    private static String tenant(byte @Nullable [] key) {
        if (key == null) {
            return "";
        }
        int end = 0;
        while (end < key.length && key[end] != 0) {
            end++;
        }
        return new String(key, 0, end, StandardCharsets.UTF_8);
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "client.id",
                        "alert-service-span-tail",
                        "enable.auto.commit",
                        false,
                        "allow.auto.create.topics",
                        false,
                        "auto.offset.reset",
                        "latest"),
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
