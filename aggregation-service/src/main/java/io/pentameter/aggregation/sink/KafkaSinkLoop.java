package io.pentameter.aggregation.sink;

import io.pentameter.aggregation.mapping.RawRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Takes the records of some topics into the tables, each exactly once in effect.
 *
 * <p>One thread, one batch at a time, over all partitions that are its own:
 *
 * <ol>
 *   <li>gather records until a limit is reached;
 *   <li><b>journal</b>: commit the offsets as they are, with the text of the {@link Plan} as metadata;
 *   <li><b>insert</b> the rows with that text as deduplication token, again and again until the engine has them;
 *   <li><b>commit</b> the offsets behind the batch, without metadata.
 * </ol>
 *
 * <p>After a crash anywhere, the metadata tells which insert may have happened: exactly its records are read again and
 * inserted with the same token, which the engine ignores if it has them. A rebalance is treated as a crash: everything in
 * hand is forgotten, and what is committed counts. One insert may hold partitions that now have different owners; each
 * owner repeats the same insert.
 *
 * <p>The journal's commit of all partitions is one record batch of the group's own partition, so it holds for all or none.
 */
final class KafkaSinkLoop implements Runnable {

    private static final Logger LOG = Logger.getLogger(KafkaSinkLoop.class);
    private static final Duration LONGEST_POLL = Duration.ofMillis(250);

    /** Where a test may end the loop, as a crash would. */
    enum Step {
        JOURNALED,
        INSERTED,
        COMMITTED
    }

    /** What the loop needs. */
    record Parts(
            Consumer<byte[], byte[]> consumer,
            Set<String> topics,
            KafkaRangeReader ranges,
            BatchWriter writer,
            DeadLetters deadLetters,
            SinkLimits limits,
            Duration retryPause,
            SinkMeters meters,
            java.util.function.Consumer<Step> onStep) {}

    private final Parts parts;
    private final Consumer<byte[], byte[]> consumer;
    private final KafkaSinkProgress progress;
    private final InstantSource clock;
    private final Buffer buffer = new Buffer();
    private boolean disturbed = true;
    private boolean faulty;
    private volatile boolean closing;

    KafkaSinkLoop(Parts parts, SinkProgress progress, InstantSource clock) {
        this.parts = parts;
        this.consumer = parts.consumer();
        this.progress = new KafkaSinkProgress(progress);
        this.clock = clock;
    }

    /** Lets the loop write what it has and end. */
    void close() {
        closing = true;
    }

    @Override
    public void run() {
        try (consumer) {
            consumer.subscribe(parts.topics(), new Disturbance());
            while (!closing) {
                try {
                    turn();
                } catch (RuntimeException e) { // the edge of the thread: whatever it is, what is committed counts
                    LOG.warnf(e, "sink loop starts over from what is committed topics=%s", parts.topics());
                    parts.meters().fault("log");
                    disturbed = true;
                    faulty = true;
                }
            }
            if (!disturbed && !buffer.isEmpty()) {
                flush();
            }
        } catch (SimulatedCrash _) {
            LOG.info("sink loop ended by a test");
        } finally {
            LOG.infof("sink loop ended topics=%s", parts.topics());
        }
    }

    /** Thrown by a test's {@code onStep}. */
    static final class SimulatedCrash extends Error {
        SimulatedCrash() {
            super("simulated crash", null, false, false);
        }
    }

    private void turn() {
        if (faulty) {
            faulty = false;
            idle();
        }
        if (disturbed && !consumer.assignment().isEmpty()) {
            recover();
        }
        gather();
        if (!disturbed && !buffer.isEmpty() && buffer.isDue(parts.limits(), clock.instant())) {
            flush();
        }
    }

    private void gather() {
        Duration rest = buffer.rest(parts.limits(), clock.instant());
        Instant asked = clock.instant();
        var records = consumer.poll(rest.compareTo(LONGEST_POLL) < 0 ? rest : LONGEST_POLL);
        if (disturbed) {
            buffer.clear(); // what was polled is polled again after the recovery
            return;
        }
        Instant now = clock.instant();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            buffer.add(KafkaRecords.raw(record), now);
        }
        progress.polled(consumer, buffer, asked);
    }

    private void flush() {
        Plan plan = buffer.plan();
        List<RawRecord> records = buffer.inOrder();
        Map<TopicPartition, OffsetAndMetadata> journal = new HashMap<>();
        plan.ranges()
                .forEach((source, range) ->
                        journal.put(partition(source), new OffsetAndMetadata(range.first(), plan.text())));
        consumer.commitSync(journal);
        parts.onStep().accept(Step.JOURNALED);
        if (!write(plan, records)) {
            return;
        }
        parts.onStep().accept(Step.INSERTED);
        commit(plan, consumer.assignment());
        parts.onStep().accept(Step.COMMITTED);
        progress.stored(buffer);
        buffer.clear();
    }

    private void recover() {
        disturbed = false;
        buffer.clear();
        Set<TopicPartition> mine = consumer.assignment();
        progress.assigned(mine);
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>(consumer.committed(mine));
        committed.values().removeIf(java.util.Objects::isNull);
        Set<String> journaled = committed.values().stream()
                .map(OffsetAndMetadata::metadata)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        for (String text : journaled) {
            Plan plan = Plan.of(text);
            LOG.infof("repeating an insert that may not have happened plan=%s", text);
            if (!write(plan, parts.ranges().read(plan))) {
                return;
            }
            commit(plan, mine);
        }
        Map<TopicPartition, OffsetAndMetadata> now = consumer.committed(mine);
        for (TopicPartition partition : mine) {
            OffsetAndMetadata at = now.get(partition);
            if (at == null) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seek(partition, at.offset());
            }
        }
    }

    /** Inserts until the engine has the rows; false if a rebalance or the end of the loop came in between. */
    private boolean write(Plan plan, List<RawRecord> records) {
        while (true) {
            Instant began = clock.instant();
            switch (parts.writer().write(records, plan.text())) {
                case BatchWriter.Result.Written(int count, List<BatchWriter.Dropped> dropped) -> {
                    dropped.forEach(drop -> parts.deadLetters()
                            .publish(drop.record(), drop.rejection().reason()));
                    parts.meters().batch(count, dropped.size(), Duration.between(began, clock.instant()));
                    return true;
                }
                case BatchWriter.Result.Away(String reason) -> {
                    LOG.warnf(
                            "the engine did not take a batch, trying again reason=%s records=%d",
                            reason, records.size());
                    parts.meters().fault("engine");
                    idle();
                    if (disturbed || closing) {
                        disturbed = true;
                        return false;
                    }
                }
            }
        }
    }

    /** Commits what is behind the plan, for those of its partitions that are still ours. */
    private void commit(Plan plan, Set<TopicPartition> mine) {
        Map<TopicPartition, OffsetAndMetadata> behind = new HashMap<>();
        plan.ranges().forEach((source, range) -> {
            if (mine.contains(partition(source))) {
                behind.put(partition(source), new OffsetAndMetadata(range.last() + 1, ""));
            }
        });
        consumer.commitSync(behind);
    }

    /** Waits without losing the membership of the group. */
    private void idle() {
        consumer.pause(consumer.assignment());
        Instant end = clock.instant().plus(parts.retryPause());
        do {
            consumer.poll(parts.retryPause().dividedBy(2));
        } while (clock.instant().isBefore(end) && !closing);
        consumer.resume(consumer.assignment());
    }

    private static TopicPartition partition(Source source) {
        return new TopicPartition(source.topic(), source.partition());
    }

    /** Any change of the assignment: called within poll, on the loop's thread. */
    private final class Disturbance implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            disturbed = true;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            disturbed = true;
        }
    }
}
