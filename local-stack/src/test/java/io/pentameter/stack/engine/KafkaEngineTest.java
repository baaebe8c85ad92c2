package io.pentameter.stack.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.stack.process.Ports;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaEngineTest {

    private static final int RECORDS = 500;

    @TempDir
    private Path directory;

    @Test
    void keepsWhatItAcknowledgedOverACrash() throws ExecutionException, InterruptedException {
        try (KafkaEngine engine = engine("one")) {
            engine.start();
            createTopic(engine);
            produce(engine);

            engine.kill();
            engine.start();

            assertThat(endOffset(engine)).isEqualTo(RECORDS);
        }
    }

    @Test
    void twoOfThemKnowNothingOfEachOther() throws ExecutionException, InterruptedException {
        try (KafkaEngine one = engine("one");
                KafkaEngine other = engine("other")) {
            one.start();
            other.start();
            createTopic(one);

            try (Admin admin = other.admin()) {
                assertThat(admin.listTopics().names().get()).isEmpty();
            }
        }
    }

    private KafkaEngine engine(String name) {
        Path home = directory.resolve(name);
        return new KafkaEngine(EngineStore.ofUser(), home, home.resolve("kafka.txt"), Ports.free(), Ports.free());
    }

    private static void createTopic(KafkaEngine engine) throws ExecutionException, InterruptedException {
        try (Admin admin = engine.admin()) {
            admin.createTopics(List.of(new NewTopic("spans", Optional.of(1), Optional.of((short) 1))))
                    .all()
                    .get();
        }
    }

    private static void produce(KafkaEngine engine) throws ExecutionException, InterruptedException {
        Map<String, Object> settings = Map.of("bootstrap.servers", engine.bootstrap(), "acks", "all");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < RECORDS; i++) {
                byte[] value = ("span " + i).getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>("spans", value)).get();
            }
            producer.close(Duration.ofSeconds(5));
        }
    }

    private static long endOffset(KafkaEngine engine) throws ExecutionException, InterruptedException {
        TopicPartition partition = new TopicPartition("spans", 0);
        try (Admin admin = engine.admin()) {
            return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get()
                    .offset();
        }
    }
}
