package io.pentameter.aggregation.sink;

import io.pentameter.contracts.PartitionKey;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.stack.testing.SharedEngines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The shared broker, with topics that a test has for itself. */
final class Log implements AutoCloseable {

    private final String bootstrap = SharedEngines.kafka().bootstrap();
    private final KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap, "linger.ms", 1, "max.in.flight.requests.per.connection", 1),
            new ByteArraySerializer(),
            new ByteArraySerializer());

    void create(String topic, int partitions) throws Exception {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get();
            while (producer.partitionsFor(topic).size() < partitions) {
                Thread.onSpinWait();
            }
        }
    }

    void send(String topic, List<SpanRecord> spans) throws Exception {
        List<Future<RecordMetadata>> acks = new ArrayList<>();
        for (SpanRecord span : spans) {
            byte[] key =
                    PartitionKey.ofTrace(span.getTenant(), span.getTraceId().toByteArray());
            acks.add(producer.send(new ProducerRecord<>(topic, key, span.toByteArray())));
        }
        for (Future<RecordMetadata> ack : acks) {
            ack.get();
        }
    }

    void send(String topic, byte[] key, byte[] value) throws Exception {
        producer.send(new ProducerRecord<>(topic, key, value)).get();
    }

    Consumer<byte[], byte[]> member(String group) {
        return consumer(Map.of(
                "bootstrap.servers",
                bootstrap,
                "group.id",
                group,
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false,
                "session.timeout.ms",
                6000,
                "fetch.max.wait.ms",
                50,
                "max.poll.records",
                300));
    }

    Consumer<byte[], byte[]> reader() {
        return consumer(Map.of("bootstrap.servers", bootstrap, "enable.auto.commit", false, "fetch.max.wait.ms", 50));
    }

    @Override
    public void close() {
        producer.close();
    }

    private static Consumer<byte[], byte[]> consumer(Map<String, Object> settings) {
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
