package io.pentameter.ingest.assembly;

import com.google.protobuf.ByteString;
import java.util.Set;

/**
 * Something of a span's input or output that came as a log event of its own; redacted.
 *
 * @param traceId    16 bytes
 * @param spanId     8 bytes
 * @param key        16 bytes, the same for the same event sent again
 * @param timeNs     nanoseconds since the epoch
 * @param position   within its delivery, for events of the same time
 * @param input      empty if it says nothing of it, or the tenant keeps no payloads
 * @param inputSize  bytes before anything was cut or masked
 * @param finish     why the answer ended, as sent; empty if not said
 * @param redacted   words of what was masked
 * @param facts      what it says unredacted
 */
public record LateEvent(
        ByteString traceId,
        ByteString spanId,
        ByteString key,
        long timeNs,
        int position,
        Kind kind,
        String input,
        long inputSize,
        String output,
        long outputSize,
        String finish,
        Set<String> redacted,
        LateFacts facts) {

    public LateEvent {
        redacted = Set.copyOf(redacted);
    }

    /** What an event holds. The codes are stored. */
    public enum Kind {
        /** All of input and output. */
        DETAILS(1),
        /** One message of the input, as JSON. */
        MESSAGE(2),
        /** One message of the output, as JSON. */
        CHOICE(3);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }

        static Kind of(int code) {
            return switch (code) {
                case 1 -> DETAILS;
                case 2 -> MESSAGE;
                default -> CHOICE;
            };
        }
    }
}
