package io.pentameter.quality.intake;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.quality.intake.PostgresSystemMarks.Mark;
import io.pentameter.quality.intake.RecentSpans.Place;
import io.pentameter.quality.loop.Loop;
import io.pentameter.quality.metrics.Meters;
import io.pentameter.quality.sampling.SpanGlance;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Grades answers that a rule came to match after they had passed.
 *
 * <p>The answers are read from the log again. With the same random number and a higher probability those already chosen stay
 * chosen, with their probability raised, and others join.
 */
@ApplicationScoped
class LateJob {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LOOKUP = Duration.ofSeconds(5);

    private final String bootstrap;
    private final IntakeConfig config;
    private final PostgresSystemMarks marks;
    private final SpanConsumer spans;
    private final KafkaGrader grader;
    private final InstantSource clock;
    private final Meters meters;
    private final SpanGlance glance = new SpanGlance();
    private @Nullable Loop loop;

    LateJob(
            @ConfigProperty(name = "pentameter.kafka.bootstrap") String bootstrap,
            IntakeConfig config,
            PostgresSystemMarks marks,
            SpanConsumer spans,
            KafkaGrader grader,
            InstantSource clock,
            Meters meters) {
        this.bootstrap = bootstrap;
        this.config = config;
        this.marks = marks;
        this.spans = spans;
        this.grader = grader;
        this.clock = clock;
        this.meters = meters;
    }

    void start(@Observes StartupEvent event) {
        loop = Loop.start("late", PAUSE, this::turn);
    }

    void stop(@Observes ShutdownEvent event) {
        if (loop != null) {
            loop.close();
        }
    }

    private record Found(Mark mark, List<Place> places) {}

    private boolean turn() {
        Instant now = clock.instant();
        int expired = marks.expire(now.minus(config.patience()));
        for (int i = 0; i < expired; i++) {
            meters.skipped("late_not_found");
        }
        List<Found> found = new ArrayList<>();
        for (Mark mark : marks.read(now.minus(config.settle()))) {
            List<Place> places =
                    spans.recent().find(mark.tenant(), mark.traceId().toByteArray());
            if (!places.isEmpty()) {
                found.add(new Found(mark, places));
            }
        }
        if (!found.isEmpty()) {
            grade(found);
        }
        return false;
    }

    private void grade(List<Found> found) {
        KafkaConsumer<byte[], byte[]> log = KafkaConsumers.open(bootstrap, null, 1);
        try {
            KafkaGrader.Turn turn = grader.turn();
            for (Found one : found) {
                for (Place place : one.places()) {
                    byte[] value = read(log, place);
                    if (value != null && isMarked(value, one.mark()) && grader.isCandidate(glance, value)) {
                        turn.take(glance, value, one.mark().rule().bit());
                    }
                }
            }
            turn.finish();
            marks.remove(found.stream().map(Found::mark).toList());
        } finally {
            log.close(CloseOptions.timeout(Duration.ofSeconds(2)));
        }
    }

    /** Null if the log no longer has it. */
    private static byte @Nullable [] read(KafkaConsumer<byte[], byte[]> log, Place place) {
        TopicPartition partition = new TopicPartition(Topics.SPANS.topicName(), place.partition());
        log.assign(List.of(partition));
        log.seek(partition, place.offset());
        for (ConsumerRecord<byte[], byte[]> record : log.poll(LOOKUP)) {
            if (record.offset() == place.offset()) {
                return record.value();
            }
        }
        return null;
    }

    private static boolean isMarked(byte[] value, Mark mark) {
        try {
            SpanRecord span = SpanRecord.parseFrom(value);
            ByteString spanId = mark.spanId();
            return span.getTenant().equals(mark.tenant())
                    && span.getTraceId().equals(mark.traceId())
                    && (spanId.isEmpty() || span.getSpanId().equals(spanId));
        } catch (InvalidProtocolBufferException _) {
            return false;
        }
    }
}
