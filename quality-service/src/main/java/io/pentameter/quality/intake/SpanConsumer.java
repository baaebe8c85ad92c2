package io.pentameter.quality.intake;

import io.pentameter.contracts.Topics;
import io.pentameter.quality.loop.Loop;
import io.pentameter.quality.metrics.Meters;
import io.pentameter.quality.sampling.SpanGlance;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Reads every span of the log once, or again after a failure.
 *
 * <p>Offsets are committed when the grades of a turn are acknowledged and its judgements are in the queue. Any failure ends
 * the consumer; a new one starts from the last commit, and what it does again has the same ids.
 */
@ApplicationScoped
public class SpanConsumer {

    private static final Duration POLL = Duration.ofMillis(200);

    private final String bootstrap;
    private final IntakeConfig config;
    private final KafkaGrader grader;
    private final Meters meters;
    private final RecentSpans recent;
    private final SpanGlance glance = new SpanGlance();
    private @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private @Nullable Loop loop;

    SpanConsumer(
            @ConfigProperty(name = "pentameter.kafka.bootstrap") String bootstrap,
            IntakeConfig config,
            KafkaGrader grader,
            Meters meters) {
        this.bootstrap = bootstrap;
        this.config = config;
        this.grader = grader;
        this.meters = meters;
        this.recent = new RecentSpans(config.recent());
    }

    void start(@Observes @Priority(300) StartupEvent event) {
        loop = Loop.start("spans", Duration.ZERO, this::turn);
    }

    void stop(@Observes @Priority(1) ShutdownEvent event) {
        if (loop != null) {
            loop.close();
        }
        close();
    }

    /** Whether spans are being read. */
    boolean isWorking() {
        return loop != null && loop.isAlive() && !loop.isFailing();
    }

    RecentSpans recent() {
        return recent;
    }

    private boolean turn() {
        try {
            KafkaConsumer<byte[], byte[]> open = open();
            ConsumerRecords<byte[], byte[]> records = open.poll(POLL);
            if (!records.isEmpty()) {
                take(records);
                open.commitSync();
            }
            return true;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void take(ConsumerRecords<byte[], byte[]> records) {
        KafkaGrader.Turn turn = grader.turn();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            byte[] value = record.value();
            if (value == null || !grader.isCandidate(glance, value)) {
                continue;
            }
            recent.add(glance.tenant(), glance.traceId(), record.partition(), record.offset());
            if (glance.isModelCall()) {
                turn.learn(glance);
            }
            turn.take(glance, value, 0);
        }
        turn.finish();
        meters.seen(records.count());
    }

    private KafkaConsumer<byte[], byte[]> open() {
        KafkaConsumer<byte[], byte[]> open = consumer;
        if (open == null) {
            open = KafkaConsumers.open(bootstrap, config.group(), config.batch());
            consumer = open;
            open.subscribe(List.of(Topics.SPANS.topicName()));
        }
        return open;
    }

    private void close() {
        if (consumer != null) {
            consumer.close(CloseOptions.timeout(Duration.ofSeconds(5)));
            consumer = null;
        }
    }
}
