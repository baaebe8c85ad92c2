package io.pentameter.aggregation.mapping;

import io.pentameter.aggregation.engine.RowBinary;

/** Rows that count what the sink took. */
public final class SunkRows {

    public static final Table TABLE =
            Table.of("sunk", "tenant", "bucket", "received_minute", "key_id", "reason", "records");

    private SunkRows() {}

    static void write(BatchRows.Share share, long records, RowBinary rows) {
        rows.string(share.tenant())
                .int32(share.bucket())
                .int32(share.minute())
                .string(share.keyId())
                .string(share.reason())
                .int64(records)
                .endRow();
    }
}
