package io.pentameter.ingest.publish;

import io.pentameter.contracts.Topics;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/** The log in Kafka, with acks from all in-sync replicas. */
final class KafkaRecordLog implements RecordLog {

    private final Producer<byte[], byte[]> producer;

    KafkaRecordLog(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the callback is told the same
    public CompletionStage<Appended> append(Topics topic, List<LogRecord> records) {
        if (records.isEmpty()) {
            return CompletableFuture.completedStage(new Appended(0, 0));
        }
        Batch batch = new Batch(records.size());
        for (LogRecord logged : records) {
            if (batch.hasFailed()) {
                // each further attempt would wait for the broker again
                batch.skip();
                continue;
            }
            try {
                producer.send(
                        new ProducerRecord<>(topic.topicName(), logged.key(), logged.value()),
                        (_, failure) -> batch.done(failure));
            } catch (KafkaException | IllegalStateException e) {
                batch.done(e);
            }
        }
        return batch.result;
    }

    /** Counts down the records of one append; callbacks come from the producer's thread. */
    private static final class Batch {

        private final CompletableFuture<Appended> result = new CompletableFuture<>();
        private final int size;
        private final AtomicInteger open;
        private final AtomicInteger tooLarge = new AtomicInteger();
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

        Batch(int size) {
            this.size = size;
            this.open = new AtomicInteger(size);
        }

        boolean hasFailed() {
            return failure.get() != null;
        }

        void skip() {
            countDown();
        }

        void done(@Nullable Exception cause) {
            if (cause instanceof RecordTooLargeException) {
                tooLarge.incrementAndGet();
            } else if (cause != null) {
                failure.compareAndSet(null, cause);
            }
            countDown();
        }

        private void countDown() {
            if (open.decrementAndGet() > 0) {
                return;
            }
            Throwable cause = failure.get();
            if (cause == null) {
                result.complete(new Appended(size - tooLarge.get(), tooLarge.get()));
            } else {
                result.completeExceptionally(new LogUnavailableException(cause));
            }
        }
    }
}
