package io.pentameter.ingest.otlp;

import com.google.protobuf.ByteString;
import io.pentameter.ingest.dialect.Attributes;
import io.pentameter.ingest.dialect.SpanSource;
import org.jspecify.annotations.Nullable;

/**
 * A log record as sent, decoded but neither checked nor understood.
 *
 * @param traceId    as sent, of any length
 * @param spanId     as sent, of any length
 * @param timeNs     nanoseconds since the epoch: of the event, or, if it has no time, of its observation; 0 if not said
 * @param eventName  of the field {@code event_name}, or of the older attribute {@code event.name}; empty for a plain log
 * @param body       a value as {@link Attributes} holds them; absent if there is none
 * @param unreadable what could not be read of it, as a sentence; absent if all could
 */
public record RawLog(
        SpanSource source,
        ByteString traceId,
        ByteString spanId,
        long timeNs,
        String eventName,
        Attributes attributes,
        @Nullable Object body,
        @Nullable String unreadable) {

    /** The record with the event's name from its attributes, where the field has none. */
    RawLog withNameOfAttribute() {
        int index = eventName.isEmpty() ? attributes.indexOf("event.name") : -1;
        return index < 0
                ? this
                : new RawLog(source, traceId, spanId, timeNs, attributes.text(index), attributes, body, unreadable);
    }
}
