package io.pentameter.aggregation.sink;

import io.pentameter.aggregation.mapping.RawRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Reads the records of a plan again, of whatever partition they are. */
final class KafkaRangeReader {

    private static final Logger LOG = Logger.getLogger(KafkaRangeReader.class);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final InstantSource clock;

    /** @param consumers of no group */
    KafkaRangeReader(Supplier<Consumer<byte[], byte[]>> consumers, InstantSource clock) {
        this.consumers = consumers;
        this.clock = clock;
    }

    /**
     * The records, in the order in which they are written.
     *
     * <p>Records that the log no longer has are missing; that is logged, since they may be lost.
     */
    List<RawRecord> read(Plan plan) {
        Buffer buffer = new Buffer();
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            Map<TopicPartition, Plan.Range> open = new HashMap<>();
            plan.ranges()
                    .forEach(
                            (source, range) -> open.put(new TopicPartition(source.topic(), source.partition()), range));
            seek(consumer, open);
            Instant end = clock.instant().plus(LIMIT);
            while (!open.isEmpty()) {
                if (clock.instant().isAfter(end)) {
                    throw new KafkaException("the records of a plan could not be read within " + LIMIT);
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(500))) {
                    take(record, open, buffer);
                }
                open.entrySet()
                        .removeIf(entry -> consumer.position(entry.getKey())
                                > entry.getValue().last());
                consumer.assign(List.copyOf(open.keySet()));
            }
        }
        return buffer.inOrder();
    }

    private void take(ConsumerRecord<byte[], byte[]> record, Map<TopicPartition, Plan.Range> open, Buffer buffer) {
        Plan.Range range = open.get(new TopicPartition(record.topic(), record.partition()));
        if (range != null && record.offset() >= range.first() && record.offset() <= range.last()) {
            buffer.add(KafkaRecords.raw(record), clock.instant());
        }
    }

    /** Assigns and seeks; ranges that the log no longer has whole are logged, and shortened or left out. */
    private static void seek(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Plan.Range> open) {
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(open.keySet());
        Map<TopicPartition, Long> ends = consumer.endOffsets(open.keySet());
        for (Map.Entry<TopicPartition, Plan.Range> entry : Set.copyOf(open.entrySet())) {
            TopicPartition partition = entry.getKey();
            long beginning = beginnings.getOrDefault(partition, 0L);
            long end = ends.getOrDefault(partition, 0L);
            long last = entry.getValue().last();
            if (beginning > entry.getValue().first() || end <= last) {
                LOG.errorf(
                        "the log no longer has records that may not be stored topic=%s partition=%d first=%d last=%d"
                                + " beginning=%d end=%d",
                        partition.topic(),
                        partition.partition(),
                        entry.getValue().first(),
                        last,
                        beginning,
                        end);
            }
            if (beginning > last || end <= last) {
                open.remove(partition);
            }
        }
        consumer.assign(open.keySet());
        open.forEach((partition, range) ->
                consumer.seek(partition, Math.max(beginnings.getOrDefault(partition, 0L), range.first())));
    }
}
