package io.pentameter.ingest.assembly;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.ingest.publish.LogRecord;

/** Reads records that this program has made. */
final class SpanRecords {

    private SpanRecords() {}

    static SpanRecord parsed(LogRecord logged) {
        try {
            return SpanRecord.parseFrom(logged.value());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the record was made by us", e);
        }
    }
}
