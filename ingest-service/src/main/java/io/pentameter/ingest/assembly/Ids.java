package io.pentameter.ingest.assembly;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Turns the ids of vendors, which are UUIDs, numbers or any text, into trace ids of 16 and span ids of 8 bytes.
 *
 * <p>What is an id of OpenTelemetry already stays it, so that spans of both ways meet. The bytes of a UUID are a trace
 * id; for a span id its half is not enough (of version 7 it is the time), so it is hashed like any other text.
 */
public final class Ids {

    private static final int TRACE_ID = 16;
    private static final int SPAN_ID = 8;

    private Ids() {}

    /** The trace id of a text of 1 character or more. */
    public static ByteString trace(String id) {
        ByteString hex = hex(id, TRACE_ID);
        if (hex != null) {
            return hex;
        }
        ByteString uuid = uuid(id);
        return uuid == null ? hash(TRACE_ID, "trace", id) : uuid;
    }

    /** The span id of a text of 1 character or more. */
    public static ByteString span(String id) {
        ByteString hex = hex(id, SPAN_ID);
        return hex == null ? hash(SPAN_ID, "span", id) : hex;
    }

    /** Id of the span that stands for a trace as a whole. */
    public static ByteString root(ByteString traceId) {
        return hash(SPAN_ID, "root", HexFormat.of().formatHex(traceId.toByteArray()));
    }

    /** The first bytes of the SHA-256 of texts; none of them may hold a zero character. */
    public static ByteString hash(int length, String... texts) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\0", texts).getBytes(StandardCharsets.UTF_8));
            return UnsafeByteOperations.unsafeWrap(Arrays.copyOf(hash, length));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Bytes of hex digits; absent unless there are exactly so many bytes and not all are zero. */
    public static @Nullable ByteString hex(String text, int length) {
        if (text.length() != 2 * length) {
            return null;
        }
        try {
            byte[] bytes = HexFormat.of().parseHex(text);
            for (byte b : bytes) {
                if (b != 0) {
                    return UnsafeByteOperations.unsafeWrap(bytes);
                }
            }
            return null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static @Nullable ByteString uuid(String text) {
        if (text.length() != 36) {
            return null;
        }
        try {
            UUID id = UUID.fromString(text);
            if (id.getMostSignificantBits() == 0 && id.getLeastSignificantBits() == 0) {
                return null;
            }
            return UnsafeByteOperations.unsafeWrap(ByteBuffer.allocate(TRACE_ID)
                    .putLong(id.getMostSignificantBits())
                    .putLong(id.getLeastSignificantBits())
                    .array());
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
