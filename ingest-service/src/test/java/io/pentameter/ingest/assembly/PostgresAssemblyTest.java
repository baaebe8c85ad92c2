package io.pentameter.ingest.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.ingest.accept.RefusalReason;
import io.pentameter.ingest.config.TenantSettings;
import io.pentameter.ingest.intake.IntakeLimits;
import io.pentameter.ingest.intake.IntakePipeline;
import io.pentameter.ingest.intake.Sender;
import io.pentameter.ingest.otlp.DecodeLimits;
import io.pentameter.ingest.pseudonym.PseudonymKeys;
import io.pentameter.ingest.pseudonym.Pseudonyms;
import io.pentameter.ingest.publish.LogRecord;
import io.pentameter.ingest.publish.LogUnavailableException;
import io.pentameter.ingest.publish.RecordLog;
import io.pentameter.pricing.PriceBooks;
import io.pentameter.stack.testing.SharedEngines;
import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Pieces in a real PostgreSQL, with a log in memory. */
class PostgresAssemblyTest {

    private static final Instant NOW = Instant.parse("2026-11-20T16:00:00Z");
    private static final long START = 1_795_180_000_000_000_000L;
    private static final SharedEngines.Postgres POSTGRES = SharedEngines.postgres();
    private static final DataSource DATABASE = source(POSTGRES.app("ingest"));

    private final String tenant = "tenant-" + UUID.randomUUID();
    private final Log log = new Log();
    private final ByteString trace = Ids.trace(UUID.randomUUID().toString());
    private final ByteString span = Ids.span("span of " + tenant);
    private PostgresAssembly assembly = assembly(20_000);

    @BeforeAll
    static void makeTheTables() {
        var _ = Flyway.configure()
                .dataSource(source(POSTGRES.owner("ingest")))
                .locations("db/ingest")
                .schemas("ingest")
                .defaultSchema("ingest")
                .createSchemas(false)
                .placeholders(Map.of("app_role", POSTGRES.app("ingest")))
                .load()
                .migrate();
    }

    @BeforeEach
    void beginAnew() {
        assembly = assembly(20_000);
    }

    @Test
    void aNewTraceIsOneRowHoweverManyPiecesItHas() throws SQLException {
        Assembly.Receipt receipt = take(created(span, "call"), ended(span), created(other(1), "more"));

        assertThat(receipt.accepted()).isEqualTo(2);
        assertThat(log.spans()).extracting(SpanRecord::getName).containsExactlyInAnyOrder("call", "more");
        assertThat(count("parcel")).isEqualTo(1);
        assertThat(number("select fragments from ingest.trace where tenant = '" + tenant + "'"))
                .isEqualTo(3);
        assertThat(assembly.traceOf(tenant, span)).contains(trace);
        assertThat(assembly.traceOf(tenant, other(1))).contains(trace);
        assertThat(assembly.traceOf("another", span)).isEmpty();
    }

    @Test
    void aSpanThatIsNeverNamedAloneHasNoRowOfItsOwn() throws SQLException {
        take(piece(span, false, new TreeMap<>(Map.of(Fact.NAME, "call", Fact.START, START))));

        assertThat(log.spans()).hasSize(1);
        assertThat(count("span_place")).isZero();
    }

    @Test
    void anUpdateInAnotherDeliveryMeetsWhatIsStoredAndOnlyTheSpanThatChangedIsToldAgain() throws SQLException {
        take(created(span, "call"), created(other(1), "more"));
        log.forget();

        Assembly.Receipt receipt = take(ended(span));

        assertThat(receipt.accepted()).isEqualTo(1);
        assertThat(log.spans()).singleElement().satisfies(told -> {
            assertThat(told.getName()).isEqualTo("call");
            assertThat(told.getDurationNs()).isEqualTo(5);
            assertThat(told.getIsRunning()).isFalse();
        });
        assertThat(count("parcel")).isEqualTo(2);
    }

    @Test
    void whatIsThereAlreadyTellsTheLogNothingAndCountsOnce() throws SQLException {
        take(created(span, "call"), ended(span));
        log.forget();

        Assembly.Receipt whole = take(ended(span), created(span, "call"), ended(span));
        Assembly.Receipt part = take(ended(span), created(other(1), "more"));

        assertThat(whole.accepted()).isZero();
        assertThat(whole.refused()).isEmpty();
        assertThat(part.accepted()).isEqualTo(1);
        assertThat(count("parcel")).isEqualTo(2);
        assertThat(number("select fragments from ingest.trace where tenant = '" + tenant + "'"))
                .isEqualTo(3);
    }

    @Test
    void aTraceHasItsMostPiecesAndThoseThatItHasAreStillKnown() throws SQLException {
        assembly = assembly(3);
        take(created(span, "call"), ended(span));

        Assembly.Receipt receipt = take(created(span, "call"), created(other(1), "third"), created(other(2), "fourth"));

        assertThat(receipt.accepted()).isEqualTo(1);
        assertThat(receipt.refused()).isEqualTo(Map.of(RefusalReason.TOO_MANY_SPANS, 1L));
        assertThat(receipt.message()).endsWith("a trace may have 3 pieces");
        assertThat(number("select fragments from ingest.trace where tenant = '" + tenant + "'"))
                .isEqualTo(3);
        assertThat(take(created(other(1), "third")).refused()).isEmpty();
    }

    @Test
    void nothingIsKeptThatTheLogHasNotConfirmed() throws SQLException {
        log.isAway = true;
        assertThatThrownBy(() -> take(created(span, "call"))).isInstanceOf(Assembly.UnavailableException.class);

        log.isAway = false;
        assertThat(count("parcel")).isZero();
        assertThat(take(created(span, "call")).accepted()).isEqualTo(1);
    }

    @Test
    void whateverTheOrderTheEndIsThatOfAllAtOnce() {
        List<Fragment> pieces = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            pieces.add(created(other(i), "run " + i));
            pieces.add(ended(other(i)));
            pieces.add(moved(other(i), i));
        }
        take(pieces.toArray(Fragment[]::new));
        Map<ByteString, SpanRecord> expected = log.latest(trace);
        for (int seed = 1; seed <= 20; seed++) {
            ByteString copy = Ids.trace(UUID.randomUUID().toString());
            List<Fragment> order = new ArrayList<>(pieces);
            order.addAll(pieces.subList(0, 7));
            Collections.shuffle(order, new Random(seed));
            for (int at = 0; at < order.size(); at += 4) {
                take(order.subList(at, Math.min(order.size(), at + 4)).stream()
                        .map(piece -> new Fragment(copy, piece.spanId(), piece.order(), piece.facts()))
                        .toArray(Fragment[]::new));
            }
            assertThat(log.latest(copy)).as("seed " + seed).isEqualTo(expected);
        }
    }

    @Test
    void anOldTraceIsForgottenWithAllThatWasKeptOfItAndNoOther() throws SQLException {
        take(created(span, "call"), created(other(1), "more"));
        take(ended(span));
        Fragment young = new Fragment(
                Ids.trace("young of " + tenant),
                other(2),
                created(other(2), "young").order(),
                facts("young"));
        take(young);
        execute("update ingest.trace set touched_at = now() - interval '8 days' where tenant = '" + tenant
                + "' and trace_id = decode('" + hex(trace) + "', 'hex')");

        while (new AssemblyJob(Flyway.configure().load(), DATABASE, config(20_000)).sweep() > 0) {
            // until nothing is old
        }

        assertThat(count("trace")).isEqualTo(1);
        assertThat(count("parcel")).isEqualTo(1);
        assertThat(count("span_place")).isEqualTo(1);
        assertThat(assembly.traceOf(tenant, span)).isEmpty();
        assertThat(assembly.traceOf(tenant, other(2))).contains(young.traceId());
    }

    private Assembly.Receipt take(Fragment... pieces) {
        return assembly.take(List.of(pieces), new Sender(tenant, "key", TenantSettings.STANDARD), NOW);
    }

    private Fragment created(ByteString spanId, String name) {
        return piece(spanId, false, facts(name));
    }

    private static SortedMap<String, Object> facts(String name) {
        return new TreeMap<>(Map.of(Fact.NAME, name, Fact.START, START, Fact.NAMED_ALONE, true));
    }

    private Fragment ended(ByteString spanId) {
        return piece(spanId, true, new TreeMap<>(Map.of(Fact.END, START + 5)));
    }

    private Fragment moved(ByteString spanId, int minutes) {
        return piece(spanId, true, new TreeMap<>(Map.of(Fact.START, START - minutes * 60_000_000_000L)));
    }

    private Fragment piece(ByteString spanId, boolean isUpdate, SortedMap<String, Object> facts) {
        return new Fragment(trace, spanId, new Fragment.Order(isUpdate, 0, Fragment.key(facts, hex(spanId))), facts);
    }

    private static ByteString other(int number) {
        return Ids.span("other " + number);
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    private PostgresAssembly assembly(int maxFragments) {
        AssemblyConfig config = config(maxFragments);
        Pseudonyms pseudonyms = new Pseudonyms("test", PseudonymKeys.NONE);
        IntakePipeline pipeline = new IntakePipeline(
                PriceBooks.shipped(),
                pseudonyms,
                new IntakeLimits(DecodeLimits.ofSpans(50_000), Duration.ofDays(30), Duration.ofMinutes(10), 2 << 20));
        return new PostgresAssembly(new PostgresTransactions(DATABASE, config), pipeline, log, pseudonyms, config);
    }

    private int count(String table) throws SQLException {
        return number("select count(*) from ingest." + table + " where tenant = '" + tenant + "'");
    }

    private static int number(String sql) throws SQLException {
        try (Connection connection = source(POSTGRES.superuser()).getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = source(POSTGRES.superuser()).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static DataSource source(String user) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(POSTGRES.jdbcUrl());
        source.setUser(user);
        source.setPassword(POSTGRES.password());
        source.setCurrentSchema("ingest");
        return source;
    }

    private static AssemblyConfig config(int maxFragments) {
        return new AssemblyConfig() {
            @Override
            public Duration keep() {
                return Duration.ofDays(7);
            }

            @Override
            public int maxFragments() {
                return maxFragments;
            }

            @Override
            public int maxConcurrent() {
                return 2;
            }

            @Override
            public Duration maxWait() {
                return Duration.ofSeconds(5);
            }

            @Override
            public Duration sweepEvery() {
                return Duration.ofMinutes(10);
            }

            @Override
            public MemorySize maxRecent() {
                return new MemorySize(BigInteger.ONE);
            }

            @Override
            public int maxWaitingScores() {
                return 1;
            }

            @Override
            public Duration keepFeedback() {
                return Duration.ofDays(90);
            }
        };
    }

    /** What the log was told, in order. */
    private static final class Log implements RecordLog {

        private final List<SpanRecord> spans = new ArrayList<>();
        private boolean isAway;

        @Override
        public CompletionStage<Appended> append(Topics topic, List<LogRecord> records) {
            if (isAway) {
                return CompletableFuture.failedStage(new LogUnavailableException(new IllegalStateException("away")));
            }
            for (LogRecord logged : records) {
                try {
                    spans.add(SpanRecord.parseFrom(logged.value()));
                } catch (InvalidProtocolBufferException e) {
                    throw new IllegalStateException(e);
                }
            }
            return CompletableFuture.completedStage(new Appended(records.size(), 0));
        }

        void forget() {
            spans.clear();
        }

        List<SpanRecord> spans() {
            return spans;
        }

        /** What is not deleted, without trace and receipt, by span. */
        Map<ByteString, SpanRecord> latest(ByteString traceId) {
            Map<String, SpanRecord> rows = new TreeMap<>();
            for (SpanRecord span : spans) {
                if (span.getTraceId().equals(traceId)) {
                    rows.put(span.getStartNs() / 60_000_000_000L + hex(span.getSpanId()), span);
                }
            }
            Map<ByteString, SpanRecord> latest = new TreeMap<>(ByteString.unsignedLexicographicalComparator());
            rows.values().stream()
                    .filter(span -> !span.getIsDeleted())
                    .forEach(span -> latest.merge(
                            span.getSpanId(),
                            span.toBuilder().clearTraceId().clearReceivedAtUs().build(),
                            (_, _) -> {
                                throw new AssertionError("two rows of one span");
                            }));
            return latest;
        }
    }
}
