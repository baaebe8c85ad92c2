package io.pentameter.ingest.assembly;

import com.google.protobuf.ByteString;
import io.pentameter.ingest.dialect.JsonText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A piece of a run, as one event of a client tells it.
 *
 * @param traceId 16 bytes
 * @param spanId  8 bytes
 * @param order   which of two pieces that contradict each other counts
 * @param facts   names of {@link Fact} or of attributes, and values as {@link
 *                io.pentameter.ingest.dialect.Attributes} holds them; what the client did not say is not in it
 */
public record Fragment(ByteString traceId, ByteString spanId, Order order, SortedMap<String, Object> facts) {

    private static final int TRACE_ID = 16;
    private static final int SPAN_ID = 8;
    private static final int KEY = 16;

    public Fragment {
        if (traceId.size() != TRACE_ID || spanId.size() != SPAN_ID) {
            throw new IllegalArgumentException("a trace id has 16 bytes and a span id 8, but these have "
                    + traceId.size() + " and " + spanId.size());
        }
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    /**
     * The place of a piece among those of its run. It must come from the piece itself, never from its arrival.
     *
     * @param isUpdate an update counts before a creation, however their clocks stand
     * @param timeNs   when the client made it; 0 if it does not say
     * @param key      16 bytes that are the same for the same piece sent again, and tell apart any two others
     */
    public record Order(boolean isUpdate, long timeNs, ByteString key) implements Comparable<Order> {

        @Override
        public int compareTo(Order other) {
            int order = Boolean.compare(isUpdate, other.isUpdate);
            order = order == 0 ? Long.compare(timeNs, other.timeNs) : order;
            return order == 0 ? ByteString.unsignedLexicographicalComparator().compare(key, other.key) : order;
        }
    }

    /**
     * A key for {@link Order}: the first 16 bytes of the SHA-256 of what a piece says.
     *
     * @param about what tells it apart besides its facts
     */
    public static ByteString key(SortedMap<String, Object> facts, String... about) {
        ByteArrayOutputStream said = new ByteArrayOutputStream(512);
        for (String text : about) {
            add(text, said);
        }
        facts.forEach((name, value) -> {
            add(name, said);
            said.write(value.getClass().getSimpleName().charAt(0));
            add(
                    switch (value) {
                        case String text -> text;
                        case JsonText json -> json.text();
                        default -> value.toString();
                    },
                    said);
        });
        return ByteString.copyFrom(sha256().digest(said.toByteArray()), 0, KEY);
    }

    /** With its length before it, so that no two lists of texts are the same bytes. */
    private static void add(String text, ByteArrayOutputStream said) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            said.write(bytes.length >>> shift);
        }
        said.writeBytes(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    Fragment withFacts(SortedMap<String, Object> other) {
        return new Fragment(traceId, spanId, order, other);
    }
}
