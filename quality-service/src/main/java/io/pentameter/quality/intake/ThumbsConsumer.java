package io.pentameter.quality.intake;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.contracts.v1.ScoreSource;
import io.pentameter.quality.loop.Loop;
import io.pentameter.quality.metrics.Meters;
import io.pentameter.quality.sampling.Rule;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Marks the traces that an end user was not content with, so that {@link LateJob} grades them. */
@ApplicationScoped
class ThumbsConsumer {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final int BATCH = 500;

    private final String bootstrap;
    private final IntakeConfig config;
    private final PostgresSystemMarks marks;
    private final InstantSource clock;
    private final Meters meters;
    private @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private @Nullable Loop loop;

    ThumbsConsumer(
            @ConfigProperty(name = "pentameter.kafka.bootstrap") String bootstrap,
            IntakeConfig config,
            PostgresSystemMarks marks,
            InstantSource clock,
            Meters meters) {
        this.bootstrap = bootstrap;
        this.config = config;
        this.marks = marks;
        this.clock = clock;
        this.meters = meters;
    }

    void start(@Observes StartupEvent event) {
        loop = Loop.start("thumbs", Duration.ZERO, this::turn);
    }

    void stop(@Observes ShutdownEvent event) {
        if (loop != null) {
            loop.close();
        }
        close();
    }

    private boolean turn() {
        try {
            KafkaConsumer<byte[], byte[]> open = open();
            List<PostgresSystemMarks.Mark> found = new ArrayList<>();
            var records = open.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                PostgresSystemMarks.Mark mark = mark(record.value());
                if (mark != null) {
                    found.add(mark);
                }
            }
            if (!records.isEmpty()) {
                marks.add(found);
                open.commitSync();
            }
            return true;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private PostgresSystemMarks.@Nullable Mark mark(byte @Nullable [] value) {
        if (value == null) {
            return null;
        }
        try {
            ScoreRecord score = ScoreRecord.parseFrom(value);
            boolean isThumbsDown = score.getSource() == ScoreSource.SCORE_SOURCE_END_USER
                    && score.hasPassed()
                    && !score.getPassed()
                    && !score.getIsDeleted()
                    && score.getTraceId().size() == 16
                    && !score.getTenant().isEmpty();
            return isThumbsDown
                    ? new PostgresSystemMarks.Mark(
                            score.getTenant(), score.getTraceId(), score.getSpanId(), Rule.THUMBS_DOWN, clock.instant())
                    : null;
        } catch (InvalidProtocolBufferException _) {
            meters.skipped("undecodable");
            return null;
        }
    }

    private KafkaConsumer<byte[], byte[]> open() {
        KafkaConsumer<byte[], byte[]> open = consumer;
        if (open == null) {
            open = KafkaConsumers.open(bootstrap, config.group() + "-thumbs", BATCH);
            consumer = open;
            open.subscribe(List.of(Topics.SCORES.topicName()));
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
