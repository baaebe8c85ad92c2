package io.pentameter.ingest.service;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.pentameter.contracts.PartitionKey;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.TenantConfigRecord;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Reads and writes the broker's topics in tests. */
final class Log {

    private final String bootstrap;

    Log(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    /** All records of a topic that are there now. */
    <T extends Message> List<T> all(Topics topic, Parser<T> parser) {
        List<T> found = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.topicName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> read : consumer.poll(Duration.ofMillis(100))) {
                    found.add(parser.parseFrom(read.value()));
                }
            }
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    void set(TenantConfigRecord setting) throws ExecutionException, InterruptedException {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            Topics.TENANT_CONFIG.topicName(),
                            PartitionKey.ofTenant(setting.getTenant(), setting.getKind()),
                            setting.toByteArray()))
                    .get();
        }
    }

    static Instant time(long epochMicros) {
        return Instant.ofEpochSecond(epochMicros / 1_000_000, epochMicros % 1_000_000 * 1_000);
    }
}
