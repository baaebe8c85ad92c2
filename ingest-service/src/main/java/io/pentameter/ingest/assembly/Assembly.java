package io.pentameter.ingest.assembly;

import com.google.protobuf.ByteString;
import io.pentameter.ingest.accept.RefusalReason;
import io.pentameter.ingest.intake.Sender;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes pieces of runs in, and tells the log what has become of their traces. */
public interface Assembly {

    /**
     * Keeps pieces, and appends to the log the spans that they change. Blocks until the log has them.
     *
     * @param fragments as sent, not redacted yet, of any traces
     * @throws UnavailableException if the pieces are not kept, or the log does not confirm: all of them may be sent again
     */
    Receipt take(List<Fragment> fragments, Sender sender, Instant now);

    /**
     * The trace of a span that was made of pieces and may be named alone ({@link Fact#NAMED_ALONE}); empty if it is not known,
     * or forgotten. Blocks.
     *
     * @param spanId 8 bytes
     * @throws UnavailableException if the store is away
     */
    Optional<ByteString> traceOf(String tenant, ByteString spanId);

    /**
     * What came of pieces.
     *
     * @param accepted   records that the log has
     * @param refused    pieces and spans that were refused, by reason
     * @param message    why, empty if none was
     * @param redactions how many spans each kind of secret or personal data was found in
     * @param unpriced   how many calls have no known cost, by reason
     */
    record Receipt(
            long accepted,
            Map<RefusalReason, Long> refused,
            String message,
            Map<String, Long> redactions,
            Map<String, Long> unpriced) {

        public Receipt {
            refused = Map.copyOf(refused);
            redactions = Map.copyOf(redactions);
            unpriced = Map.copyOf(unpriced);
        }
    }

    /** The store or the log is away, or too much waits for it. */
    final class UnavailableException extends RuntimeException {

        public UnavailableException(String message, Throwable cause) {
            super(message, cause);
        }

        UnavailableException(String message) {
            super(message);
        }
    }
}
