package io.pentameter.ingest.accept;

/**
 * A span that is not taken in.
 *
 * @param sentence names the span, the field, the value and what is allowed
 */
public record Refused(RefusalReason reason, String sentence) {}
