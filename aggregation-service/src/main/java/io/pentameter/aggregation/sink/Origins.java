package io.pentameter.aggregation.sink;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pentameter.aggregation.mapping.RawRecord;
import io.pentameter.aggregation.mapping.Rejection;
import io.pentameter.contracts.v1.SpanRecord;

/** Whose a record is that the engine refused; tenant and key have the same field numbers in no two records but spans. */
final class Origins {

    private Origins() {}

    static Rejection rejection(RawRecord record, String reason) {
        try {
            SpanRecord span = SpanRecord.parseFrom(record.value());
            return new Rejection(reason, span.getTenant(), span.getKeyId(), span.getReceivedAtUs());
        } catch (InvalidProtocolBufferException _) {
            return new Rejection(reason, "", "", record.timestamp() * 1000);
        }
    }
}
