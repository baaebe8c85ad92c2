package io.pentameter.aggregation.sink;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Tells {@link SinkProgress} what a consumer has seen. */
final class KafkaSinkProgress {

    /**
     * How old the consumer's knowledge of a partition's end may be: the longest that a fetch waits at the broker, with room
     * for its way.
     */
    private static final Duration STALENESS = Duration.ofSeconds(1);

    private final SinkProgress progress;

    KafkaSinkProgress(SinkProgress progress) {
        this.progress = progress;
    }

    void assigned(Collection<TopicPartition> partitions) {
        progress.own(partitions.stream().map(KafkaSinkProgress::source).collect(Collectors.toSet()));
    }

    /** A partition at its end, with nothing in the buffer, is stored up to a moment ago. */
    void polled(Consumer<byte[], byte[]> consumer, Buffer buffer, Instant asked) {
        for (TopicPartition partition : consumer.assignment()) {
            Source source = source(partition);
            OptionalLong lag = consumer.currentLag(partition);
            if (lag.isPresent()) {
                progress.lag(source, lag.getAsLong());
                if (lag.getAsLong() == 0 && !buffer.holds(source)) {
                    progress.visible(source, asked.minus(STALENESS));
                }
            }
        }
    }

    void stored(Buffer buffer) {
        buffer.timestamps().forEach((source, millis) -> progress.visible(source, Instant.ofEpochMilli(millis)));
    }

    private static Source source(TopicPartition partition) {
        return new Source(partition.topic(), partition.partition());
    }
}
