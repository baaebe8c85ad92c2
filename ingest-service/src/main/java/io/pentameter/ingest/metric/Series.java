package io.pentameter.ingest.metric;

import com.google.protobuf.ByteString;
import io.pentameter.ingest.dialect.Attributes;
import io.pentameter.ingest.otlp.RawMetric;
import io.pentameter.ingest.otlp.RawPoint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The identity of the series that a point belongs to: the first 16 bytes of the SHA-256 of resource, scope, name, unit,
 * type, temporality and attributes. The order of attributes does not matter.
 */
final class Series {

    private static final int BYTES = 16;

    private Series() {}

    static ByteString of(RawMetric metric, RawPoint point) {
        MessageDigest sha = sha();
        add(sha, metric.source().resource().attributes());
        add(sha, metric.source().scopeName());
        add(sha, metric.source().scopeVersion());
        add(sha, metric.name());
        add(sha, metric.unit());
        add(sha, metric.type().name() + metric.temporality() + metric.isMonotonic());
        add(sha, point.attributes());
        return ByteString.copyFrom(sha.digest(), 0, BYTES);
    }

    private static void add(MessageDigest sha, Attributes attributes) {
        Map<String, String> sorted = new TreeMap<>();
        for (int i = 0; i < attributes.size(); i++) {
            sorted.putIfAbsent(attributes.name(i).text(), attributes.text(i));
        }
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, sorted.size()).array());
        sorted.forEach((name, value) -> {
            add(sha, name);
            add(sha, value);
        });
    }

    /** With its length before it, so that no two lists of texts give the same bytes. */
    private static void add(MessageDigest sha, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length).array());
        sha.update(bytes);
    }

    private static MessageDigest sha() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
