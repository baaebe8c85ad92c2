package io.pentameter.ingest.assembly;

import com.google.protobuf.ByteString;
import io.pentameter.contracts.Topics;
import io.pentameter.ingest.accept.RefusalReason;
import io.pentameter.ingest.intake.IntakeParts;
import io.pentameter.ingest.intake.IntakePipeline;
import io.pentameter.ingest.intake.Sender;
import io.pentameter.ingest.pseudonym.Pseudonyms;
import io.pentameter.ingest.publish.LogRecord;
import io.pentameter.ingest.publish.LogUnavailableException;
import io.pentameter.ingest.publish.RecordLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

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

    @Inject
    PostgresAssembly(
            PostgresTransactions transactions,
            IntakeParts parts,
            RecordLog log,
            Pseudonyms pseudonyms,
            AssemblyConfig config) {
        this(transactions, parts.pipeline(), log, pseudonyms, config);
    }

    PostgresAssembly(
            PostgresTransactions transactions,
            IntakePipeline pipeline,
            RecordLog log,
            Pseudonyms pseudonyms,
            AssemblyConfig config) {
        this.transactions = transactions;
        this.publisher = new TracePublisher(pipeline);
        this.log = log;
        this.pseudonyms = pseudonyms;
        this.config = config;
    }

    @Override
    public Receipt take(List<Fragment> fragments, Sender sender, Instant now) {
        FragmentRedaction redaction = new FragmentRedaction(sender, pseudonyms);
        SortedMap<ByteString, List<Fragment>> byTrace = new TreeMap<>(ByteString.unsignedLexicographicalComparator());
        for (Fragment fragment : fragments) {
            byTrace.computeIfAbsent(fragment.traceId(), _ -> new ArrayList<>()).add(redaction.of(fragment));
        }
        return transactions.of(sender.tenant(), connection -> taken(connection, byTrace, sender, now));
    }

    @Override
    public Optional<ByteString> traceOf(String tenant, ByteString spanId) {
        return transactions.of(tenant, connection -> new PostgresTraces(connection, tenant).of(spanId));
    }

    private Receipt taken(
            Connection connection, SortedMap<ByteString, List<Fragment>> byTrace, Sender sender, Instant now)
            throws SQLException {
        PostgresTraces traces = new PostgresTraces(connection, sender.tenant());
        // in the order of their ids: two deliveries that share traces lock them in the same order
        SortedMap<ByteString, Integer> sizes = new TreeMap<>(byTrace.comparator());
        byTrace.forEach((traceId, pieces) -> sizes.put(traceId, pieces.size()));
        Map<ByteString, PostgresTraces.Trace> locked = traces.lock(sizes, micros(now));
        Delivery delivery = new Delivery(new PostgresParcels(connection, sender.tenant()), byTrace, locked, sender);
        List<ByteString> together = new ArrayList<>();
        int pieces = 0;
        for (ByteString traceId : byTrace.keySet()) {
            int ofTrace =
                    delivery.trace(traceId).before() + delivery.pieces(traceId).size();
            if (pieces > 0 && pieces + ofTrace > TOGETHER) {
                add(delivery, together);
                together.clear();
                pieces = 0;
            }
            together.add(traceId);
            pieces += ofTrace;
        }
        add(delivery, together);
        CompletionStage<RecordLog.Appended> appended = log.append(Topics.SPANS, delivery.records);
        // while the log confirms
        delivery.parcels.add(delivery.added);
        delivery.parcels.place(delivery.places);
        traces.add(delivery.notAdded);
        confirm(appended, delivery.tally);
        return delivery.tally.receipt();
    }

    /** Adds to some of the traces what is new to them, and works out what the log is to be told of it. */
    private void add(Delivery delivery, List<ByteString> traceIds) throws SQLException {
        Map<ByteString, TraceStore> stored = delivery.parcels.of(traceIds.stream()
                .filter(traceId -> delivery.trace(traceId).before() > 0)
                .toList());
        for (ByteString traceId : traceIds) {
            PostgresTraces.Trace trace = delivery.trace(traceId);
            TraceStore store = stored.getOrDefault(traceId, new TraceStore());
            List<Fragment> fresh = fresh(delivery, traceId, store);
            if (fresh.isEmpty()) {
                continue;
            }
            TracePublisher.Outcome outcome = publisher.outcome(
                    store.pieces(),
                    store.told(),
                    delivery.sender,
                    Instant.EPOCH.plus(trace.versionUs(), ChronoUnit.MICROS));
            List<Published.State> told = outcome.published().states();
            delivery.added.add(new PostgresParcels.Parcel(traceId, trace.versionUs(), fresh, told));
            told.stream()
                    .filter(state -> !store.told().containsKey(state.spanId()) && store.isNamedAlone(state.spanId()))
                    .forEach(state -> delivery.places.add(new PostgresParcels.Place(state.spanId(), traceId)));
            delivery.records.addAll(outcome.published().records());
            delivery.tally.add(outcome);
        }
    }

    /** Those pieces of the delivery that the trace has not yet and has room for; they are in the store then. */
    private List<Fragment> fresh(Delivery delivery, ByteString traceId, TraceStore store) {
        List<Fragment> pieces = delivery.pieces(traceId);
        int room = Math.max(0, config.maxFragments() - delivery.trace(traceId).before());
        TraceStore.Added added = store.addWithin(room, pieces);
        if (added.beyond() > 0) {
            delivery.tally.refuse(
                    RefusalReason.TOO_MANY_SPANS,
                    added.beyond(),
                    "trace " + hex(traceId) + ": a trace may have " + config.maxFragments() + " pieces");
        }
        if (added.fresh().size() < pieces.size()) {
            delivery.notAdded.put(traceId, added.fresh().size() - pieces.size());
        }
        return added.fresh();
    }

    private static void confirm(CompletionStage<RecordLog.Appended> appending, Tally tally) {
        try {
            RecordLog.Appended appended = appending.toCompletableFuture().join();
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

    /** A delivery while it is taken in. */
    private static final class Delivery {

        private final PostgresParcels parcels;
        private final Map<ByteString, List<Fragment>> byTrace;
        private final Map<ByteString, PostgresTraces.Trace> locked;
        private final Sender sender;
        private final Tally tally = new Tally();
        private final List<LogRecord> records = new ArrayList<>();
        private final List<PostgresParcels.Parcel> added = new ArrayList<>();
        private final List<PostgresParcels.Place> places = new ArrayList<>();
        /** By how much the counts of traces are too high, below zero, because some pieces were there already. */
        private final Map<ByteString, Integer> notAdded = new HashMap<>();

        Delivery(
                PostgresParcels parcels,
                Map<ByteString, List<Fragment>> byTrace,
                Map<ByteString, PostgresTraces.Trace> locked,
                Sender sender) {
            this.parcels = parcels;
            this.byTrace = byTrace;
            this.locked = locked;
            this.sender = sender;
        }

        List<Fragment> pieces(ByteString traceId) {
            return byTrace.getOrDefault(traceId, List.of());
        }

        PostgresTraces.Trace trace(ByteString traceId) {
            PostgresTraces.Trace trace = locked.get(traceId);
            if (trace == null) {
                throw new IllegalStateException("the store did not lock a trace");
            }
            return trace;
        }
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
            outcome.refusals().counts().forEach((reason, count) -> refused.merge(reason, count, Long::sum));
            String message = outcome.refusals().message();
            if (!message.isEmpty()) {
                sentences.add(message);
            }
            outcome.redactions().forEach((word, count) -> redactions.merge(word, count, Long::sum));
            outcome.unpriced().forEach((reason, count) -> unpriced.merge(reason, count, Long::sum));
        }

        Receipt receipt() {
            return new Receipt(accepted, refused, String.join("; ", sentences), redactions, unpriced);
        }
    }
}
