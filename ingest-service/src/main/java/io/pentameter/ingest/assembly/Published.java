package io.pentameter.ingest.assembly;

import com.google.protobuf.ByteString;
import io.pentameter.contracts.PartitionKey;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.ingest.publish.LogRecord;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
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

    /** What the log was told last of a span. */
    record State(ByteString spanId, long startNs, ByteString digest) {}

    /**
     * @param made     the trace's spans as they are now
     * @param redacted of each span, words of what was masked in its pieces
     */
    static Published of(List<LogRecord> made, Map<ByteString, List<String>> redacted, Map<ByteString, State> before) {
        List<LogRecord> records = new ArrayList<>();
        List<State> states = new ArrayList<>();
        for (LogRecord record : made) {
            SpanRecord span = withRedacted(SpanRecords.parsed(record), redacted);
            State now = new State(span.getSpanId(), span.getStartNs(), digest(span));
            State old = before.get(span.getSpanId());
            if (old != null && old.digest().equals(now.digest())) {
                continue;
            }
            byte[] key =
                    PartitionKey.ofTrace(span.getTenant(), span.getTraceId().toByteArray());
            if (isElsewhere(old, now)) {
                records.add(new LogRecord(key, mark(span, old).toByteArray()));
            }
            records.add(new LogRecord(key, span.toByteArray()));
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

    /** Of everything but by whom and when it was brought: that is no reason to tell it again. */
    private static ByteString digest(SpanRecord span) {
        try {
            byte[] bytes =
                    span.toBuilder().clearKeyId().clearReceivedAtUs().build().toByteArray();
            return ByteString.copyFrom(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
