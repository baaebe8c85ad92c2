package io.pentameter.ingest.datadog;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.pentameter.ingest.assembly.Ids;
import java.nio.ByteBuffer;

/** Ids of Datadog: traces in 32 hex digits or decimal, spans as unsigned decimal numbers of 64 bits. */
final class DatadogIds {

    private DatadogIds() {}

    /** The trace's id; empty for an empty text. */
    static ByteString trace(String text) {
        if (text.isEmpty()) {
            return ByteString.EMPTY;
        }
        ByteString hex = Ids.hex(text, 16);
        if (hex != null) {
            return hex;
        }
        Long number = number(text);
        return number == null
                ? Ids.trace(text)
                : UnsafeByteOperations.unsafeWrap(
                        ByteBuffer.allocate(16).putLong(0).putLong(number).array());
    }

    /** The span's id; empty for an empty text. */
    static ByteString span(String text) {
        if (text.isEmpty()) {
            return ByteString.EMPTY;
        }
        Long number = number(text);
        return number == null
                ? Ids.span(text)
                : UnsafeByteOperations.unsafeWrap(
                        ByteBuffer.allocate(8).putLong(number).array());
    }

    /** The parent's id, empty for a root: tracers write "undefined", or 0. */
    static ByteString parent(String text) {
        return text.equals("undefined") || text.equals("0") ? ByteString.EMPTY : span(text);
    }

    private static @org.jspecify.annotations.Nullable Long number(String text) {
        try {
            long number = Long.parseUnsignedLong(text);
            return number == 0 ? null : (Long) number;
        } catch (NumberFormatException _) {
            return null;
        }
    }
}
