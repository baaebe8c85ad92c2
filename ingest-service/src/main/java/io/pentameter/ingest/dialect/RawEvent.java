package io.pentameter.ingest.dialect;

/**
 * Something that happened during a span, as sent.
 *
 * @param timeNs nanoseconds since the epoch; 0 if not said
 */
public record RawEvent(String name, long timeNs, Attributes attributes) {

    /** Text of the attribute, empty if there is none. */
    public String text(String attribute) {
        int index = attributes.indexOf(attribute);
        return index < 0 ? "" : attributes.text(index);
    }
}
