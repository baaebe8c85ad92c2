package io.pentameter.quality;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pentameter.contracts.PartitionKey;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.AuditRecord;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.stack.testing.SharedEngines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes spans and thumbs to the log, reads grades and acts from it. */
final class TestLog implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final String bootstrap = SharedEngines.kafka().bootstrap();
    private final KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap), new ByteArraySerializer(), new ByteArraySerializer());
    private final KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap, "auto.offset.reset", "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    private final List<ScoreRecord> scores = new ArrayList<>();
    private final List<AuditRecord> acts = new ArrayList<>();

    TestLog() {
        consumer.assign(Arrays.asList(
                new TopicPartition(Topics.SCORES.topicName(), 0),
                new TopicPartition(Topics.SCORES.topicName(), 1),
                new TopicPartition(Topics.SCORES.topicName(), 2),
                new TopicPartition(Topics.AUDIT.topicName(), 0)));
    }

    void span(SpanRecord span) {
        send(Topics.SPANS, span.getTenant(), span.getTraceId().toByteArray(), span.toByteArray());
    }

    void score(ScoreRecord score) {
        send(Topics.SCORES, score.getTenant(), score.getTraceId().toByteArray(), score.toByteArray());
    }

    /** All copies of the tenant's scores by id, but those of end users. */
    Map<String, List<ScoreRecord>> scores(String tenant) {
        poll();
        Map<String, List<ScoreRecord>> byId = new LinkedHashMap<>();
        for (ScoreRecord score : scores) {
            if (score.getTenant().equals(tenant) && !score.getName().equals("thumbs")) {
                byId.computeIfAbsent(score.getScoreId(), _ -> new ArrayList<>()).add(score);
            }
        }
        return byId;
    }

    /** The last copy of each score with that name. */
    List<ScoreRecord> latest(String tenant, String name) {
        return scores(tenant).values().stream()
                .map(List::getLast)
                .filter(score -> score.getName().equals(name))
                .toList();
    }

    /** Waits for that many different scores. */
    List<ScoreRecord> awaitScores(String tenant, int count) {
        await().atMost(SOON).until(() -> scores(tenant).size() >= count);
        return scores(tenant).values().stream().map(List::getLast).toList();
    }

    List<AuditRecord> acts(String tenant) {
        poll();
        return acts.stream().filter(act -> act.getTenant().equals(tenant)).toList();
    }

    /** Waits until the service has committed all spans that are in the log. */
    void awaitCommitted(String why) {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrap))) {
            Map<TopicPartition, OffsetSpec> latest = new LinkedHashMap<>();
            IntStream.range(0, Topics.SPANS.partitions())
                    .forEach(partition ->
                            latest.put(new TopicPartition(Topics.SPANS.topicName(), partition), OffsetSpec.latest()));
            await(why).atMost(SOON).until(() -> {
                var ends = admin.listOffsets(latest).all().get();
                var committed = admin.listConsumerGroupOffsets("quality")
                        .partitionsToOffsetAndMetadata()
                        .get();
                return ends.entrySet().stream()
                        .filter(end -> end.getValue().offset() > 0)
                        .allMatch(end -> committed.get(end.getKey()) != null
                                && committed.get(end.getKey()).offset()
                                        >= end.getValue().offset());
            });
        }
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }

    private void send(Topics topic, String tenant, byte[] traceId, byte[] value) {
        try {
            producer.send(new ProducerRecord<>(topic.topicName(), PartitionKey.ofTrace(tenant, traceId), value))
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void poll() {
        var records = consumer.poll(Duration.ofMillis(200));
        while (!records.isEmpty()) {
            records.forEach(record -> {
                try {
                    if (record.topic().equals(Topics.AUDIT.topicName())) {
                        acts.add(AuditRecord.parseFrom(record.value()));
                    } else {
                        scores.add(ScoreRecord.parseFrom(record.value()));
                    }
                } catch (InvalidProtocolBufferException e) {
                    throw new IllegalStateException(e);
                }
            });
            records = consumer.poll(Duration.ofMillis(50));
        }
    }
}
