package io.pentameter.ingest.dialect;

import com.google.protobuf.ByteString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A span as sent, decoded but neither checked nor understood.
 *
 * @param traceId       as sent, of any length
 * @param spanId        as sent, of any length
 * @param parentId      as sent, of any length; empty for a root
 * @param startNs       nanoseconds since the epoch; negative means beyond the year 2262
 * @param endNs         as {@code startNs}
 * @param statusCode    0 unset, 1 ok, 2 error
 * @param events        the events that matter to us; others are counted only
 * @param eventsLeftOut events that were not kept
 * @param unreadable    what could not be read of it, as a sentence; absent if all could
 */
public record RawSpan(
        SpanSource source,
        ByteString traceId,
        ByteString spanId,
        ByteString parentId,
        String name,
        long startNs,
        long endNs,
        int statusCode,
        String statusMessage,
        Attributes attributes,
        List<RawEvent> events,
        int eventsLeftOut,
        @Nullable String unreadable) {}
