package io.pentameter.quality.intake;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.quality.judge.JudgeDirectoryJob;
import io.pentameter.quality.metrics.Meters;
import io.pentameter.quality.outbox.KafkaLog;
import io.pentameter.quality.outbox.Outbox;
import io.pentameter.quality.queue.JudgeJob;
import io.pentameter.quality.queue.Order;
import io.pentameter.quality.queue.PostgresSystemQueue;
import io.pentameter.quality.queue.UpkeepJob;
import io.pentameter.quality.sampling.SamplingJob;
import io.pentameter.quality.sampling.Selection;
import io.pentameter.quality.sampling.SpanGlance;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Decides about spans, grades them by checks, orders judgements; the way is the same for spans on time and late ones. */
@ApplicationScoped
class KafkaGrader {

    private final SamplingJob sampling;
    private final JudgeDirectoryJob judges;
    private final PostgresSystemQueue queue;
    private final JudgeJob work;
    private final UpkeepJob upkeep;
    private final KafkaLog log;
    private final Meters meters;
    private final InstantSource clock;

    KafkaGrader(
            SamplingJob sampling,
            JudgeDirectoryJob judges,
            PostgresSystemQueue queue,
            JudgeJob work,
            UpkeepJob upkeep,
            KafkaLog log,
            Meters meters,
            InstantSource clock) {
        this.sampling = sampling;
        this.judges = judges;
        this.queue = queue;
        this.work = work;
        this.upkeep = upkeep;
        this.log = log;
        this.meters = meters;
        this.clock = clock;
    }

    /** What a turn has begun: acknowledgements to wait for, judgements to write. For one thread. */
    final class Turn {
        private final List<Future<RecordMetadata>> sent = new ArrayList<>();
        private final List<Order> orders = new ArrayList<>();
        private final Instant now = clock.instant();

        /** Returns once every grade is in the log and every judgement in the queue. */
        void finish() {
            queue.add(orders, now);
            if (!orders.isEmpty()) {
                work.wake();
            }
            if (!sent.isEmpty()) {
                log.await(sent);
            }
        }

        /**
         * Takes in one span.
         *
         * @param glance    has just read {@code value}
         * @param lateRules rules that came to match later, 0 for none
         */
        void take(SpanGlance glance, byte[] value, int lateRules) {
            Selection selection = sampling.sampler().select(glance, lateRules);
            if (!selection.isChecked() && !selection.isJudged()) {
                meters.skipped("not_sampled");
                return;
            }
            SpanRecord span;
            try {
                span = SpanRecord.parseFrom(value);
            } catch (InvalidProtocolBufferException _) {
                meters.skipped("undecodable");
                return;
            }
            SpanGrading grading = SpanGrading.of(span, selection, judges.latest());
            for (ScoreRecord score : grading.scores()) {
                sent.add(log.send(Outbox.of(score)));
                meters.graded(score.getRater());
            }
            if (grading.orders().isEmpty() || upkeep.hasRoom(span.getTenant())) {
                orders.addAll(grading.orders());
            } else {
                meters.skipped("queue_full");
            }
        }

        void learn(SpanGlance glance) {
            sampling.learn(glance.tenant(), glance.costNanoUsd(), now);
        }
    }

    Turn turn() {
        return new Turn();
    }

    /** Reads the fields that decide; false if there is nothing to grade. */
    boolean isCandidate(SpanGlance glance, byte[] value) {
        try {
            glance.read(value);
        } catch (IOException _) {
            meters.skipped("undecodable");
            return false;
        }
        if (glance.tenant().isEmpty() || glance.tenant().indexOf('|') >= 0 || glance.traceId().length != 16) {
            meters.skipped("invalid");
            return false;
        }
        return glance.isCandidate();
    }
}
