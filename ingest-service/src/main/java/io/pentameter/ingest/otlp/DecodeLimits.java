package io.pentameter.ingest.otlp;

/**
 * What a request may hold at most; what is beyond is counted, not kept.
 *
 * @param maxSpans      spans of a request
 * @param maxAttributes attributes of a span, an event or a resource
 * @param maxTextBytes  bytes of a text that are taken into memory
 * @param maxDepth      levels of arrays and maps within a value
 * @param maxEvents     events of a span
 */
public record DecodeLimits(int maxSpans, int maxAttributes, int maxTextBytes, int maxDepth, int maxEvents) {

    /** Limits that no setting changes: 512 attributes, 1 MiB and a margin of text, 32 levels, 64 events. */
    public static DecodeLimits ofSpans(int maxSpans) {
        return new DecodeLimits(maxSpans, 512, (1 << 20) + (64 << 10), 32, 64);
    }

    public DecodeLimits {
        if (maxSpans < 1) {
            throw new IllegalArgumentException("maxSpans must be 1 or more: " + maxSpans);
        }
    }
}
