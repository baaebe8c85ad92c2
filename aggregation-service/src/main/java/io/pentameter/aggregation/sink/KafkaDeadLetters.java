package io.pentameter.aggregation.sink;

import io.pentameter.aggregation.mapping.RawRecord;
import io.pentameter.contracts.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Dead letters to the topic {@code <topic>.dlq}, where there is one; the table of dead letters has all of them. */
final class KafkaDeadLetters implements DeadLetters {

    private static final String SUFFIX = ".dlq";
    private static final Set<String> TOPICS = Topics.all().stream()
            .map(Topics::topicName)
            .filter(name -> name.endsWith(SUFFIX))
            .collect(Collectors.toUnmodifiableSet());

    private final Producer<byte[], byte[]> producer;

    KafkaDeadLetters(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    @Override
    public void publish(RawRecord record, String reason) {
        String topic = record.topic() + SUFFIX;
        if (!TOPICS.contains(topic)) {
            return;
        }
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(topic, record.key(), record.value());
        header(letter, "dead-letter-reason", reason);
        header(letter, "dead-letter-topic", record.topic());
        header(letter, "dead-letter-partition", String.valueOf(record.partition()));
        header(letter, "dead-letter-offset", String.valueOf(record.offset()));
        try {
            producer.send(letter).get();
        } catch (ExecutionException e) {
            throw new KafkaException("a dead letter was not taken", e.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted");
        }
    }

    private static void header(ProducerRecord<byte[], byte[]> letter, String name, String value) {
        letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
