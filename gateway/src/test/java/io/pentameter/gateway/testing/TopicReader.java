package io.pentameter.gateway.testing;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import io.pentameter.contracts.Topics;
import io.pentameter.stack.testing.SharedEngines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic from its beginning. */
public final class TopicReader {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private TopicReader() {}

    /** What matches, once there are that many, or after a while if there are fewer. */
    public static <T> List<T> await(Topics topic, Parser<T> parser, Predicate<T> wanted, int count) {
        return read(topic, parser, wanted, count, PATIENCE);
    }

    /** What matches of all that is there now. */
    public static <T> List<T> now(Topics topic, Parser<T> parser, Predicate<T> wanted) {
        return read(topic, parser, wanted, Integer.MAX_VALUE, Duration.ofMillis(1500));
    }

    private static <T> List<T> read(Topics topic, Parser<T> parser, Predicate<T> wanted, int count, Duration patience) {
        List<T> found = new ArrayList<>();
        Map<String, Object> settings =
                Map.of("bootstrap.servers", SharedEngines.kafka().bootstrap(), "auto.offset.reset", "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.topicName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = System.nanoTime() + patience.toNanos();
            while (found.size() < count && System.nanoTime() < end) {
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(200))) {
                    T value = parser.parseFrom(each.value());
                    if (wanted.test(value)) {
                        found.add(value);
                    }
                }
            }
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
        return found;
    }
}
