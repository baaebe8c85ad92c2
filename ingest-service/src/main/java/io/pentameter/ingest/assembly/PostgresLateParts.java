package io.pentameter.ingest.assembly;

import com.google.protobuf.ByteString;
import io.pentameter.contracts.PartitionKey;
import io.pentameter.contracts.v1.SpanRecord;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;

/**
 * Late parts in PostgreSQL. Whoever comes first, span or part, is stored; whoever comes second finds the first, because
 * both lock the trace, and the one that comes later has the later time of receipt, so that the log ends with the whole.
 *
 * <p>Only of tenants that have sent late parts before anything is stored; the spans that came just before the first of
 * them are remembered in memory ({@link RecentSpans}). Scores that do not know the ids of their span are written first and
 * looked up in a second transaction, as are spans: at least one of the two sees the other, and the score that both find
 * is the same score.
 */
@ApplicationScoped
class PostgresLateParts implements LateParts, LateSpans {

    private final DataSource database;
    private final PostgresTransactions transactions;
    private final LateLog log;
    private final PostgresLateScores waiting;
    private final AssemblyConfig config;
    private final RecentSpans recent;
    /** Tenants that have sent late parts, and whether they name spans by their id alone. */
    private final Map<String, Boolean> senders = new ConcurrentHashMap<>();

    /** Of them those whose remembered spans are not stored yet. */
    private final Set<String> undrained = ConcurrentHashMap.newKeySet();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    PostgresLateParts(DataSource database, PostgresTransactions transactions, RecordLog log, AssemblyConfig config) {
        this.database = database;
        this.transactions = transactions;
        this.log = new LateLog(log);
        this.waiting = new PostgresLateScores(transactions, this.log, config.maxWaitingScores());
        this.config = config;
        this.recent = new RecentSpans(config.maxRecent().asLongValue());
    }

    @Override
    public CompletionStage<List<LogRecord>> complete(Sender sender, Intake intake, Instant now) {
        String tenant = sender.tenant();
        if (Boolean.TRUE.equals(senders.get(tenant))) {
            List<Joinable> all = withOwnNames(intake);
            return CompletableFuture.supplyAsync(() -> completed(tenant, intake, all, now), threads);
        }
        if (intake.joinable().isEmpty()) {
            return CompletableFuture.completedStage(intake.records());
        }
        if (!senders.containsKey(tenant)) {
            recent.add(tenant, intake.joinable(), now);
            if (!senders.containsKey(tenant)) {
                return CompletableFuture.completedStage(intake.records());
            }
        }
        return CompletableFuture.supplyAsync(() -> completed(tenant, intake, intake.joinable(), now), threads);
    }

    /** All spans of a delivery, each also by its own id. */
    private static List<Joinable> withOwnNames(Intake intake) {
        List<Joinable> all = new ArrayList<>(intake.joinable());
        for (LogRecord record : intake.records()) {
            SpanRecord span = SpanRecords.parsed(record);
            if (!span.getIsRunning()) {
                List<String> name = List.of(Joinable.bySpan(span.getSpanId()));
                all.add(new Joinable(NO_RECORD, span.getTraceId(), span.getSpanId(), name, false));
            }
        }
        return all;
    }

    private List<LogRecord> completed(String tenant, Intake intake, List<Joinable> spans, Instant now) {
        try {
            Map<LogRecord, LogRecord> joined = stored(tenant, spans, now);
            waiting.appendFound(tenant, names(spans));
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
        boolean namesSpans = scores.stream().anyMatch(score -> score.name().startsWith("span:"));
        Boolean known = senders.get(tenant);
        boolean isNew = known == null || (namesSpans && !known);
        List<LogRecord> joined = transactions.of(tenant, connection -> {
            PostgresTraces traces = new PostgresTraces(connection, tenant);
            PostgresLate late = new PostgresLate(connection, tenant);
            if (isNew) {
                late.addSender(namesSpans);
            }
            return withEvents(traces, late, events, now);
        });
        int refused = waiting.keep(tenant, scores);
        if (isNew) {
            undrained.add(tenant);
            senders.merge(tenant, namesSpans, Boolean::logicalOr);
        }
        log.spans(tenant, sender.keyId(), joined, now);
        waiting.appendFound(
                tenant, scores.stream().map(WaitingScore::name).distinct().toList());
        if (undrained.contains(tenant)) {
            drain(tenant);
        }
        return refused;
    }

    /** Spans that came before their tenant was known to send late parts. */
    private void drain(String tenant) {
        List<RecentSpans.Entry> entries = recent.take(tenant);
        for (RecentSpans.Entry entry : entries) {
            List<Joinable> one = List.of(entry.span());
            Map<LogRecord, LogRecord> joined = stored(tenant, one, entry.receivedAt());
            for (LogRecord record : joined.values()) {
                log.spans(tenant, SpanRecords.parsed(record).getKeyId(), List.of(record), entry.receivedAt());
            }
        }
        waiting.appendFound(
                tenant, names(entries.stream().map(RecentSpans.Entry::span).toList()));
    }

    /** Learns of the tenants that other replicas have heard of, and takes up what is remembered of them. */
    void refresh() throws SQLException {
        Map<String, Boolean> known = new HashMap<>();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("set local app.scope = 'system'");
                try (ResultSet rows = statement.executeQuery("select tenant, names_spans from event_sender")) {
                    while (rows.next()) {
                        known.put(rows.getString(1), rows.getBoolean(2));
                    }
                }
            } finally {
                connection.rollback();
            }
        }
        known.forEach((tenant, namesSpans) -> {
            if (senders.put(tenant, namesSpans) == null) {
                undrained.add(tenant);
            }
        });
        undrained.forEach(this::drain);
    }

    /** Stores spans; those for which events have come before, with their payload, by the record without it. */
    private Map<LogRecord, LogRecord> stored(String tenant, List<Joinable> spans, Instant now) {
        Map<ByteString, List<Joinable>> byTrace = new TreeMap<>(ByteString.unsignedLexicographicalComparator());
        spans.forEach(span ->
                byTrace.computeIfAbsent(span.traceId(), _ -> new ArrayList<>()).add(span));
        return transactions.of(tenant, connection -> {
            PostgresTraces traces = new PostgresTraces(connection, tenant);
            PostgresLate late = new PostgresLate(connection, tenant);
            Map<LogRecord, LogRecord> joined = new HashMap<>();
            for (Map.Entry<ByteString, List<Joinable>> trace : byTrace.entrySet()) {
                PostgresTraces.Trace locked = traces.lock(trace.getKey(), micros(now));
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

    private List<LogRecord> withEvents(PostgresTraces traces, PostgresLate late, List<LateEvent> events, Instant now)
            throws SQLException {
        Map<ByteString, List<LateEvent>> byTrace = new TreeMap<>(ByteString.unsignedLexicographicalComparator());
        events.forEach(event ->
                byTrace.computeIfAbsent(event.traceId(), _ -> new ArrayList<>()).add(event));
        List<LogRecord> joined = new ArrayList<>();
        for (Map.Entry<ByteString, List<LateEvent>> trace : byTrace.entrySet()) {
            PostgresTraces.Trace locked = traces.lock(trace.getKey(), micros(now));
            int room = Math.max(0, config.maxFragments() - locked.before());
            List<LateEvent> kept =
                    trace.getValue().subList(0, Math.min(room, trace.getValue().size()));
            traces.add(Map.of(trace.getKey(), late.addEvents(trace.getKey(), kept)));
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

    private static List<String> names(List<Joinable> spans) {
        return spans.stream().flatMap(span -> span.names().stream()).distinct().toList();
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
