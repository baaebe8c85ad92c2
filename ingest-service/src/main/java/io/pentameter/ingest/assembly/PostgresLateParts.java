package io.pentameter.ingest.assembly;

import com.google.protobuf.ByteString;
import io.pentameter.contracts.PartitionKey;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.ingest.accounting.IntakeRecords;
import io.pentameter.ingest.intake.Intake;
import io.pentameter.ingest.intake.Joinable;
import io.pentameter.ingest.intake.LateParts;
import io.pentameter.ingest.intake.Sender;
import io.pentameter.ingest.publish.LogRecord;
import io.pentameter.ingest.publish.LogUnavailableException;
import io.pentameter.ingest.publish.RecordLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * Late parts in PostgreSQL. Whoever comes first, span or part, is stored; whoever comes second finds the first, because
 * both lock the trace, and the one that comes later has the later time of receipt, so that the log ends with the whole.
 *
 * <p>Only of tenants that have sent late parts before anything is stored; the spans that came just before the first of
 * them are remembered in memory ({@link RecentSpans}). Scores that name an answer instead of a span are written first and
 * looked up in a second transaction, as are spans: at least one of the two sees the other, and the score that both find
 * is the same score.
 */
@ApplicationScoped
class PostgresLateParts implements LateParts, LateSpans {

    private static final int MAX_IDS = 10_000;

    private final DataSource database;
    private final RecordLog log;
    private final AssemblyConfig config;
    private final Semaphore turns;
    private final RecentSpans recent;
    private final Set<String> senders = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    PostgresLateParts(DataSource database, RecordLog log, AssemblyConfig config) {
        this.database = database;
        this.log = log;
        this.config = config;
        this.turns = new Semaphore(config.maxConcurrent());
        this.recent = new RecentSpans(config.maxRecent().asLongValue());
    }

    @Override
    public CompletionStage<List<LogRecord>> complete(Sender sender, Intake intake, Instant now) {
        if (intake.joinable().isEmpty()) {
            return CompletableFuture.completedStage(intake.records());
        }
        if (!senders.contains(sender.tenant())) {
            recent.add(sender.tenant(), intake.joinable(), now);
            if (!senders.contains(sender.tenant())) {
                return CompletableFuture.completedStage(intake.records());
            }
        }
        return CompletableFuture.supplyAsync(() -> completed(sender.tenant(), intake, now), threads);
    }

    private List<LogRecord> completed(String tenant, Intake intake, Instant now) {
        try {
            Map<LogRecord, LogRecord> joined = stored(tenant, intake.joinable(), now);
            appendFoundScores(tenant, responseIds(intake.joinable()));
            return intake.records().stream()
                    .map(record -> joined.getOrDefault(record, record))
                    .toList();
        } catch (Assembly.UnavailableException e) {
            throw new LogUnavailableException(e);
        }
    }

    @Override
    public int take(List<LateEvent> events, List<WaitingScore> scores, Sender sender, Instant now) {
        String tenant = sender.tenant();
        boolean isNew = !senders.contains(tenant);
        List<LogRecord> joined = inTransaction(tenant, connection -> {
            PostgresFragments traces = new PostgresFragments(connection, tenant);
            PostgresLate late = new PostgresLate(connection, tenant);
            if (isNew) {
                late.addSender();
            }
            return withEvents(traces, late, events, now);
        });
        int refused = keepScores(tenant, scores);
        if (isNew) {
            senders.add(tenant);
        }
        append(tenant, sender.keyId(), joined, now);
        appendFoundScores(
                tenant, scores.stream().map(WaitingScore::responseId).distinct().toList());
        drain(tenant);
        return refused;
    }

    /** Spans that came before their tenant was known to send late parts. */
    private void drain(String tenant) {
        List<RecentSpans.Entry> entries = recent.take(tenant);
        for (RecentSpans.Entry entry : entries) {
            List<Joinable> one = List.of(entry.span());
            Map<LogRecord, LogRecord> joined = stored(tenant, one, entry.receivedAt());
            for (LogRecord record : joined.values()) {
                append(tenant, SpanRecords.parsed(record).getKeyId(), List.of(record), entry.receivedAt());
            }
        }
        appendFoundScores(
                tenant,
                responseIds(entries.stream().map(RecentSpans.Entry::span).toList()));
    }

    /** Learns of the tenants that other replicas have heard of, and takes up what is remembered of them. */
    void refresh() throws SQLException {
        Set<String> known = new HashSet<>();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("set local app.scope = 'system'");
                try (ResultSet rows = statement.executeQuery("select tenant from event_sender")) {
                    while (rows.next()) {
                        known.add(rows.getString(1));
                    }
                }
            } finally {
                connection.rollback();
            }
        }
        for (String tenant : known) {
            if (senders.add(tenant)) {
                drain(tenant);
            }
        }
    }

    /** Stores spans; those for which events have come before, with their payload, by the record without it. */
    private Map<LogRecord, LogRecord> stored(String tenant, List<Joinable> spans, Instant now) {
        Map<ByteString, List<Joinable>> byTrace = new TreeMap<>(ByteString.unsignedLexicographicalComparator());
        spans.forEach(span ->
                byTrace.computeIfAbsent(span.traceId(), _ -> new ArrayList<>()).add(span));
        return inTransaction(tenant, connection -> {
            PostgresFragments traces = new PostgresFragments(connection, tenant);
            PostgresLate late = new PostgresLate(connection, tenant);
            Map<LogRecord, LogRecord> joined = new IdentityHashMap<>();
            for (Map.Entry<ByteString, List<Joinable>> trace : byTrace.entrySet()) {
                PostgresFragments.Trace locked = traces.lock(trace.getKey(), micros(now));
                late.putSpans(trace.getKey(), trace.getValue());
                Map<ByteString, List<LateEvent>> events = late.events(trace.getKey());
                for (Joinable span : trace.getValue()) {
                    List<LateEvent> own = events.get(span.spanId());
                    if (own != null && span.lacksPayload()) {
                        SpanRecord whole =
                                LatePayload.joined(SpanRecords.parsed(span.logged()), own, locked.versionUs());
                        joined.put(span.logged(), new LogRecord(span.logged().key(), whole.toByteArray()));
                    }
                }
            }
            return joined;
        });
    }

    private List<LogRecord> withEvents(PostgresFragments traces, PostgresLate late, List<LateEvent> events, Instant now)
            throws SQLException {
        Map<ByteString, List<LateEvent>> byTrace = new TreeMap<>(ByteString.unsignedLexicographicalComparator());
        events.forEach(event ->
                byTrace.computeIfAbsent(event.traceId(), _ -> new ArrayList<>()).add(event));
        List<LogRecord> joined = new ArrayList<>();
        for (Map.Entry<ByteString, List<LateEvent>> trace : byTrace.entrySet()) {
            PostgresFragments.Trace locked = traces.lock(trace.getKey(), micros(now));
            int room = Math.max(0, config.maxFragments() - locked.fragments());
            List<LateEvent> kept =
                    trace.getValue().subList(0, Math.min(room, trace.getValue().size()));
            traces.count(trace.getKey(), late.addEvents(trace.getKey(), kept));
            Map<ByteString, List<LateEvent>> all = late.events(trace.getKey());
            Set<ByteString> spans = new HashSet<>();
            trace.getValue().forEach(event -> spans.add(event.spanId()));
            for (ByteString spanId : spans) {
                SpanRecord span = late.span(trace.getKey(), spanId);
                List<LateEvent> own = all.get(spanId);
                if (span != null && own != null) {
                    long version = Math.max(locked.versionUs(), span.getReceivedAtUs() + 1);
                    byte[] key = PartitionKey.ofTrace(
                            span.getTenant(), trace.getKey().toByteArray());
                    joined.add(new LogRecord(
                            key, LatePayload.joined(span, own, version).toByteArray()));
                }
            }
        }
        return joined;
    }

    /** How many there is no room for. */
    private int keepScores(String tenant, List<WaitingScore> scores) {
        if (scores.isEmpty()) {
            return 0;
        }
        return inTransaction(tenant, connection -> {
            var _ = new PostgresFragments(connection, tenant);
            PostgresLate late = new PostgresLate(connection, tenant);
            if (!late.hasRoomForScores(config.maxWaitingScores())) {
                return scores.size();
            }
            late.putScores(scores);
            return 0;
        });
    }

    private void appendFoundScores(String tenant, List<String> responseIds) {
        for (int from = 0; from < responseIds.size(); from += MAX_IDS) {
            List<String> ids = responseIds.subList(from, Math.min(responseIds.size(), from + MAX_IDS));
            List<WaitingScore> found = inTransaction(tenant, connection -> {
                var _ = new PostgresFragments(connection, tenant);
                return new PostgresLate(connection, tenant).foundScores(ids);
            });
            if (found.isEmpty()) {
                continue;
            }
            append(
                    Topics.SCORES,
                    found.stream()
                            .map(score -> new LogRecord(
                                    PartitionKey.ofTrace(
                                            tenant, score.score().getTraceId().toByteArray()),
                                    score.score().toByteArray()))
                            .toList());
            inTransaction(tenant, connection -> {
                var _ = new PostgresFragments(connection, tenant);
                new PostgresLate(connection, tenant).removeScores(found);
                return true;
            });
        }
    }

    private static List<String> responseIds(List<Joinable> spans) {
        return spans.stream()
                .map(Joinable::responseId)
                .filter(id -> !id.isEmpty())
                .distinct()
                .toList();
    }

    /** Spans that are told again are records of their own in the accounting. */
    private void append(String tenant, String keyId, List<LogRecord> spans, Instant now) {
        if (spans.isEmpty()) {
            return;
        }
        int accepted = append(Topics.SPANS, spans);
        IntakeRecords.DeliveryFacts facts =
                new IntakeRecords.DeliveryFacts(tenant, keyId, UUID.randomUUID().toString(), now, 0, "log_events");
        var _ = append(Topics.ACCOUNTING, List.of(IntakeRecords.ofSpans(facts, accepted, Map.of())));
    }

    private int append(Topics topic, List<LogRecord> records) {
        try {
            return log.append(topic, records).toCompletableFuture().join().accepted();
        } catch (CompletionException e) {
            if (e.getCause() instanceof LogUnavailableException) {
                throw new Assembly.UnavailableException("the log did not confirm", e);
            }
            throw e;
        }
    }

    private interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    private <T> T inTransaction(String tenant, Work<T> work) {
        awaitTurn();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T done = work.in(connection);
                connection.commit();
                return done;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw new Assembly.UnavailableException("the store of pieces is away, tenant=" + tenant, e);
        } finally {
            turns.release();
        }
    }

    private void awaitTurn() {
        try {
            if (!turns.tryAcquire(config.maxWait().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Assembly.UnavailableException("too many deliveries wait for the store of pieces");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Assembly.UnavailableException("interrupted", e);
        }
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
