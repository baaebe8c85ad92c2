package io.pentameter.aggregation.sink;

import io.pentameter.aggregation.mapping.RawRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records of the client as ours. */
final class KafkaRecords {

    private static final byte[] NOTHING = {};

    private KafkaRecords() {}

    static RawRecord raw(ConsumerRecord<byte[], byte[]> record) {
        byte[] key = record.key();
        byte[] value = record.value();
        return new RawRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                key == null ? NOTHING : key,
                value == null ? NOTHING : value);
    }
}
