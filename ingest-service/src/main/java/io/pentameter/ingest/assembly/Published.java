package io.pentameter.ingest.assembly;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.pentameter.contracts.PartitionKey;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.ingest.publish.LogRecord;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of a trace has to be told to the log: spans that differ from what it was told last, and a mark where one was that
 * has moved.
 *
 * @param records for the log, in order
 * @param states  of the spans that are told, to be kept
 */
record Published(List<LogRecord> records, List<State> states) {

    /** Rows of the table {@code span} lie by minute: a span that moves within one replaces itself. */
    private static final long NANOS_PER_MINUTE = 60_000_000_000L;

    private static final int DIGEST = 16;

    /**
     * What the log was told last of a span.
     *
     * @param digest of its record, 16 bytes
     */
    record State(ByteString spanId, long startNs, ByteString digest) {

        /** Bytes of a stored state: id, start, digest. The table's migration knows them too. */
        private static final int STORED = 32;

        private static final int SPAN_ID = 8;

        static byte[] write(Collection<State> states) {
            ByteBuffer bytes = ByteBuffer.allocate(STORED * states.size());
            for (State state : states) {
                state.spanId().copyTo(bytes);
                bytes.putLong(state.startNs());
                state.digest().copyTo(bytes);
            }
            return bytes.array();
        }

        static List<State> read(byte[] stored) {
            List<State> states = new ArrayList<>(stored.length / STORED);
            for (int at = 0; at < stored.length; at += STORED) {
                states.add(new State(
                        ByteString.copyFrom(stored, at, SPAN_ID),
                        ByteBuffer.wrap(stored).getLong(at + SPAN_ID),
                        ByteString.copyFrom(stored, at + SPAN_ID + Long.BYTES, DIGEST)));
            }
            return states;
        }
    }

    /**
     * @param made     the trace's spans as they are now
     * @param redacted of each span, words of what was masked in its pieces
     */
    static Published of(List<SpanRecord> made, Map<ByteString, List<String>> redacted, Map<ByteString, State> before) {
        List<LogRecord> records = new ArrayList<>();
        List<State> states = new ArrayList<>();
        for (SpanRecord record : made) {
            SpanRecord span = withRedacted(record, redacted);
            byte[] bytes = span.toByteArray();
            State now = new State(span.getSpanId(), span.getStartNs(), digest(span, bytes));
            State old = before.get(span.getSpanId());
            if (old != null && old.digest().equals(now.digest())) {
                continue;
            }
            byte[] key =
                    PartitionKey.ofTrace(span.getTenant(), span.getTraceId().toByteArray());
            if (isElsewhere(old, now)) {
                records.add(new LogRecord(key, mark(span, old).toByteArray()));
            }
            records.add(new LogRecord(key, bytes));
            states.add(now);
        }
        return new Published(records, states);
    }

    private static boolean isElsewhere(@Nullable State old, State now) {
        return old != null
                && Math.floorDiv(old.startNs(), NANOS_PER_MINUTE) != Math.floorDiv(now.startNs(), NANOS_PER_MINUTE);
    }

    private static SpanRecord mark(SpanRecord span, @Nullable State old) {
        return SpanRecord.newBuilder()
                .setSchemaVersion(span.getSchemaVersion())
                .setTenant(span.getTenant())
                .setKeyId(span.getKeyId())
                .setReceivedAtUs(span.getReceivedAtUs())
                .setTraceId(span.getTraceId())
                .setSpanId(span.getSpanId())
                .setStartNs(old == null ? span.getStartNs() : old.startNs())
                .setIsDeleted(true)
                .build();
    }

    private static SpanRecord withRedacted(SpanRecord span, Map<ByteString, List<String>> redacted) {
        List<String> words = redacted.getOrDefault(span.getSpanId(), List.of());
        return words.isEmpty()
                ? span
                : span.toBuilder().clearRedacted().addAllRedacted(words).build();
    }

    /**
     * Of everything but by whom and when it was brought: that is no reason to tell it again. Those two fields are left out where
     * they lie among the bytes.
     */
    static ByteString digest(SpanRecord span, byte[] bytes) {
        int from = (span.getSchemaVersion() == 0
                        ? 0
                        : CodedOutputStream.computeUInt32Size(
                                SpanRecord.SCHEMA_VERSION_FIELD_NUMBER, span.getSchemaVersion()))
                + size(SpanRecord.TENANT_FIELD_NUMBER, span.getTenant());
        int to = from
                + size(SpanRecord.KEY_ID_FIELD_NUMBER, span.getKeyId())
                + (span.getReceivedAtUs() == 0
                        ? 0
                        : CodedOutputStream.computeInt64Size(
                                SpanRecord.RECEIVED_AT_US_FIELD_NUMBER, span.getReceivedAtUs()));
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, from);
            digest.update(bytes, to, bytes.length - to);
            return ByteString.copyFrom(digest.digest(), 0, DIGEST);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static int size(int field, String text) {
        return text.isEmpty() ? 0 : CodedOutputStream.computeStringSize(field, text);
    }
}
