package io.pentameter.aggregation.mapping;

import java.util.Arrays;

/**
 * A record as it lies in the log.
 *
 * @param timestamp milliseconds since the epoch, as its producer or the broker set it
 * @param key       empty if it has none
 * @param value     empty if it has none
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes of the log are passed on as they are; records are not compared
public record RawRecord(String topic, int partition, long offset, long timestamp, byte[] key, byte[] value) {

    /** Without the bytes, which may hold anything. */
    @Override
    public String toString() {
        return "%s:%d:%d (%d bytes)".formatted(topic, partition, offset, value.length);
    }

    /** Bytes of key and value. */
    public int size() {
        return key.length + value.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawRecord that
                && topic.equals(that.topic)
                && partition == that.partition
                && offset == that.offset
                && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(offset) * 31 + partition;
    }
}
