package io.pentameter.aggregation.mapping;

import io.pentameter.aggregation.engine.RowBinary;

/** Rows of records that could not become rows. */
public final class DeadLetterRows {

    public static final Table TABLE = Table.of(
            "dead_letter",
            "tenant",
            "topic",
            "kafka_partition",
            "kafka_offset",
            "reason",
            "detail",
            "key_id",
            "received_at",
            "record");

    private DeadLetterRows() {}

    public static void write(RawRecord record, Rejection rejection, String detail, RowBinary rows) {
        rows.string(rejection.tenant())
                .string(record.topic())
                .int16(record.partition())
                .int64(record.offset())
                .string(rejection.reason())
                .string(detail)
                .string(rejection.keyId())
                .int64(rejection.receivedAtMicros() > 0 ? rejection.receivedAtMicros() : record.timestamp() * 1000)
                .string(record.value())
                .endRow();
    }
}
