package io.pentameter.ingest.assembly;

import com.google.protobuf.ByteString;
import io.pentameter.contracts.Topics;
import io.pentameter.ingest.accept.RefusalReason;
import io.pentameter.ingest.intake.IntakeParts;
import io.pentameter.ingest.intake.Sender;
import io.pentameter.ingest.pseudonym.Pseudonyms;
import io.pentameter.ingest.publish.LogRecord;
import io.pentameter.ingest.publish.LogUnavailableException;
import io.pentameter.ingest.publish.RecordLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;

/**
 * Pieces in PostgreSQL, one transaction a delivery: lock the traces, keep the pieces, append what has changed to the log,
 * commit.
 *
 * <p>The log is written before the commit. If the commit fails, the client is told to send again, and the same is
 * appended once more: a repetition, never a loss. A piece that is there already was told to the log before, so a resent
 * batch costs no record.
 */
@ApplicationScoped
class PostgresAssembly implements Assembly {

    /** Pieces of several traces that are merged at a time: a bound on memory, not on what is taken. */
    private static final int TOGETHER = 2_000;

    private final PostgresTransactions transactions;
    private final TracePublisher publisher;
    private final RecordLog log;
    private final Pseudonyms pseudonyms;
    private final AssemblyConfig config;

    PostgresAssembly(
            PostgresTransactions transactions,
            IntakeParts parts,
            RecordLog log,
            Pseudonyms pseudonyms,
            AssemblyConfig config) {
        this.transactions = transactions;
        this.publisher = new TracePublisher(parts.pipeline());
        this.log = log;
        this.pseudonyms = pseudonyms;
        this.config = config;
    }

    @Override
    public Receipt take(List<Fragment> fragments, Sender sender, Instant now) {
        FragmentRedaction redaction = new FragmentRedaction(sender, pseudonyms);
        Map<ByteString, List<Fragment>> byTrace = new TreeMap<>(ByteString.unsignedLexicographicalComparator());
        for (Fragment fragment : fragments) {
            byTrace.computeIfAbsent(fragment.traceId(), _ -> new ArrayList<>()).add(redaction.of(fragment));
        }
        return transactions.of(sender.tenant(), connection -> taken(connection, byTrace, sender, now));
    }

    @Override
    public Optional<ByteString> traceOf(String tenant, ByteString spanId) {
        return transactions.of(tenant, connection -> new PostgresFragments(connection, tenant).traceOf(spanId));
    }

    private Receipt taken(Connection connection, Map<ByteString, List<Fragment>> byTrace, Sender sender, Instant now)
            throws SQLException {
        PostgresBatch sql = new PostgresBatch(connection, sender.tenant());
        Tally tally = new Tally();
        // in the order of their ids: two deliveries that share traces lock them in the same order
        Map<ByteString, PostgresFragments.Trace> locked = sql.lock(List.copyOf(byTrace.keySet()), micros(now));
        List<Fragment> kept = new ArrayList<>();
        byTrace.forEach((traceId, fragments) ->
                kept.addAll(withinRoom(traceId, fragments, of(locked, traceId).fragments(), tally)));
        Map<ByteString, Integer> added = sql.add(kept);
        List<LogRecord> records = new ArrayList<>();
        List<ByteString> together = new ArrayList<>();
        int pieces = 0;
        for (ByteString traceId : byTrace.keySet()) {
            int more = added.getOrDefault(traceId, 0);
            if (more == 0) {
                continue;
            }
            int ofTrace = of(locked, traceId).fragments() + more;
            if (pieces > 0 && pieces + ofTrace > TOGETHER) {
                publish(sql, together, locked, sender, records, tally);
                together.clear();
                pieces = 0;
            }
            together.add(traceId);
            pieces += ofTrace;
        }
        publish(sql, together, locked, sender, records, tally);
        append(records, tally);
        return tally.receipt();
    }

    private List<Fragment> withinRoom(ByteString traceId, List<Fragment> fragments, int before, Tally tally) {
        int room = Math.max(0, config.maxFragments() - before);
        if (fragments.size() <= room) {
            return fragments;
        }
        tally.refuse(
                RefusalReason.TOO_MANY_SPANS,
                (long) fragments.size() - room,
                "trace " + hex(traceId) + ": a trace may have " + config.maxFragments() + " pieces");
        return fragments.subList(0, room);
    }

    private void publish(
            PostgresBatch sql,
            List<ByteString> traceIds,
            Map<ByteString, PostgresFragments.Trace> locked,
            Sender sender,
            List<LogRecord> records,
            Tally tally)
            throws SQLException {
        if (traceIds.isEmpty()) {
            return;
        }
        Map<ByteString, List<Fragment>> fragments = sql.fragments(traceIds);
        Map<ByteString, Map<ByteString, Published.State>> states = sql.states(traceIds);
        Map<ByteString, List<Published.State>> told = new HashMap<>();
        for (ByteString traceId : traceIds) {
            TracePublisher.Outcome outcome = publisher.outcome(
                    fragments.getOrDefault(traceId, List.of()),
                    states.getOrDefault(traceId, Map.of()),
                    sender,
                    Instant.EPOCH.plus(of(locked, traceId).versionUs(), ChronoUnit.MICROS));
            records.addAll(outcome.published().records());
            told.put(traceId, outcome.published().states());
            tally.add(outcome);
        }
        sql.keep(told);
    }

    private static PostgresFragments.Trace of(Map<ByteString, PostgresFragments.Trace> locked, ByteString traceId) {
        PostgresFragments.Trace trace = locked.get(traceId);
        if (trace == null) {
            throw new IllegalStateException("the store did not lock a trace");
        }
        return trace;
    }

    private void append(List<LogRecord> records, Tally tally) {
        try {
            RecordLog.Appended appended =
                    log.append(Topics.SPANS, records).toCompletableFuture().join();
            tally.accepted = appended.accepted();
            if (appended.tooLarge() > 0) {
                tally.refuse(
                        RefusalReason.SPAN_TOO_LARGE,
                        appended.tooLarge(),
                        appended.tooLarge() + " spans are larger than the log takes");
            }
        } catch (CompletionException e) {
            if (e.getCause() instanceof LogUnavailableException) {
                throw new UnavailableException("the log did not confirm", e);
            }
            throw e;
        }
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static String hex(ByteString id) {
        return java.util.HexFormat.of().formatHex(id.toByteArray());
    }

    /** Adds up over the traces of a delivery. */
    private static final class Tally {

        private final Map<RefusalReason, Long> refused = new EnumMap<>(RefusalReason.class);
        private final List<String> sentences = new ArrayList<>();
        private final Map<String, Long> redactions = new HashMap<>();
        private final Map<String, Long> unpriced = new HashMap<>();
        private long accepted;

        void refuse(RefusalReason reason, long count, String sentence) {
            refused.merge(reason, count, Long::sum);
            sentences.add(sentence);
        }

        void add(TracePublisher.Outcome outcome) {
            outcome.intake().refusals().counts().forEach((reason, count) -> refused.merge(reason, count, Long::sum));
            String message = outcome.intake().refusals().message();
            if (!message.isEmpty()) {
                sentences.add(message);
            }
            outcome.redactions().forEach((word, count) -> redactions.merge(word, count, Long::sum));
            outcome.intake().unpriced().forEach((reason, count) -> unpriced.merge(reason, count, Long::sum));
        }

        Receipt receipt() {
            return new Receipt(accepted, refused, String.join("; ", sentences), redactions, unpriced);
        }
    }
}
