package io.pentameter.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pentameter.contracts.Topics;
import io.pentameter.stack.engine.EngineStore;
import io.pentameter.stack.engine.KafkaEngine;
import io.pentameter.stack.engine.PentameterTopics;
import io.pentameter.stack.process.Ports;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log on a broker that is killed and comes back. */
class KafkaRecordLogTest {

    private static final int MAX_RECORD = 2 << 20;

    @Test
    void aBrokerThatIsAwayFailsTheAppendInTimeAndIsUsedAgainWhenItIsBack(@TempDir Path directory) {
        KafkaEngine engine = new KafkaEngine(
                EngineStore.ofUser(), directory, directory.resolve("kafka.log"), Ports.free(), Ports.free());
        engine.start();
        PentameterTopics.create(engine);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                KafkaLogConfig.settings(engine.bootstrap(), MAX_RECORD),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            RecordLog log = new KafkaRecordLog(producer);
            assertThat(append(log, 3).join()).isEqualTo(new RecordLog.Appended(3, 0));

            engine.kill();
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(append(log, 3)::join)
                    .withCauseInstanceOf(LogUnavailableException.class);

            engine.start();
            assertThat(append(log, 3).join()).isEqualTo(new RecordLog.Appended(3, 0));
        } finally {
            engine.stop();
        }
    }

    @Test
    void aRecordOfTheLargestSizeIsTakenAndALargerOneIsCountedApart(@TempDir Path directory) {
        KafkaEngine engine = new KafkaEngine(
                EngineStore.ofUser(), directory, directory.resolve("kafka.log"), Ports.free(), Ports.free());
        engine.start();
        PentameterTopics.create(engine);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                KafkaLogConfig.settings(engine.bootstrap(), MAX_RECORD),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            RecordLog log = new KafkaRecordLog(producer);

            RecordLog.Appended appended = log.append(
                            Topics.SPANS, List.of(sized(MAX_RECORD), sized(10), sized(MAX_RECORD + 100_000)))
                    .toCompletableFuture()
                    .join();

            assertThat(appended).isEqualTo(new RecordLog.Appended(2, 1));
        } finally {
            engine.stop();
        }
    }

    private static CompletableFuture<RecordLog.Appended> append(RecordLog log, int records) {
        return log.append(
                        Topics.SPANS,
                        java.util.stream.IntStream.range(0, records)
                                .mapToObj(_ -> sized(100))
                                .toList())
                .toCompletableFuture();
    }

    private static LogRecord sized(int bytes) {
        byte[] value = new byte[bytes];
        new java.util.SplittableRandom(1).nextBytes(value);
        return new LogRecord("key".getBytes(StandardCharsets.UTF_8), value);
    }
}
