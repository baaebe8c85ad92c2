package io.pentameter.aggregation.testing;

import com.google.protobuf.Message;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pentameter.aggregation.engine.AllTenantsQuery;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.ClickHouseConfig;
import io.pentameter.aggregation.engine.ClickHouseInserts;
import io.pentameter.aggregation.engine.ClickHouseReads;
import io.pentameter.aggregation.engine.Insertion;
import io.pentameter.aggregation.engine.Inserts;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.RowBinary;
import io.pentameter.aggregation.mapping.BatchRows;
import io.pentameter.aggregation.mapping.RawRecord;
import io.pentameter.aggregation.mapping.RecordMapper;
import io.pentameter.aggregation.mapping.SpanMapper;
import io.pentameter.aggregation.mapping.SunkRows;
import io.pentameter.aggregation.mapping.Table;
import io.pentameter.aggregation.schema.Layout;
import io.pentameter.aggregation.schema.SqlMigrations;
import io.pentameter.aggregation.settlement.AllTenantsSettlement;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.stack.testing.SharedEngines;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A database of its own on the shared engine, with all tables. */
public record Store(ClickHouseReads reads, ClickHouseInserts inserts, String database) {

    private static final AtomicLong TOKENS = new AtomicLong();

    /** @param database created if it does not exist */
    public static Store of(String database) {
        SharedEngines.ClickHouse engine = SharedEngines.clickHouse();
        new ClickHouseReads(config(engine, engine.database()), new SimpleMeterRegistry())
                .run("CREATE DATABASE IF NOT EXISTS " + database + " ENGINE = Atomic", new Bindings());
        ClickHouseConfig config = config(engine, database);
        ClickHouseReads reads = new ClickHouseReads(config, new SimpleMeterRegistry());
        new SqlMigrations(reads, reads, Layout.SINGLE).apply();
        return new Store(reads, new ClickHouseInserts(config), database);
    }

    /** Stores spans as the sink does, without a log. */
    public void put(List<SpanRecord> spans) {
        BatchRows rows = rows(spans);
        String token = token();
        store(rows, token, inserts);
        insert(SunkRows.TABLE, rows.sunk(), token);
    }

    /** The same, but a first attempt ends where this table would be written; the second is of the same batch. */
    public void putAfterACrashBefore(String table, List<SpanRecord> spans) {
        String token = token();
        Inserts dying = (name, columns, rows, batch) -> name.equals(table)
                ? new Insertion.Away("crashed before " + table)
                : inserts.insert(name, columns, rows, batch);
        try {
            store(rows(spans), token, dying);
        } catch (IllegalStateException e) {
            BatchRows again = rows(spans);
            store(again, token, inserts);
            insert(SunkRows.TABLE, again.sunk(), token);
            return;
        }
        throw new IllegalArgumentException("nothing was written to " + table);
    }

    private static String token() {
        return "test " + TOKENS.incrementAndGet();
    }

    private static BatchRows rows(List<SpanRecord> spans) {
        BatchRows rows = new BatchRows();
        for (SpanRecord span : spans) {
            RawRecord record =
                    new RawRecord("spans.v1", 0, TOKENS.incrementAndGet(), 0, new byte[0], span.toByteArray());
            new SpanMapper().map(record, rows).ifPresent(rejection -> {
                throw new IllegalArgumentException(rejection.toString());
            });
        }
        return rows;
    }

    private void store(BatchRows rows, String token, Inserts used) {
        rows.tables().forEach((table, binary) -> insert(table, binary, token));
        new AllTenantsSettlement(reads, reads, used).settle(rows.spans(), token).ifPresent(reason -> {
            throw new IllegalStateException(reason);
        });
    }

    /** Stores records of another topic. */
    public void put(RecordMapper mapper, Message... records) {
        BatchRows rows = new BatchRows();
        String token = token();
        for (Message message : records) {
            mapper.map(new RawRecord("test", 0, 0, 0, new byte[0], message.toByteArray()), rows);
        }
        rows.tables().forEach((table, binary) -> insert(table, binary, token));
    }

    private void insert(Table table, RowBinary rows, String token) {
        if (!(inserts.insert(table.name(), table.columns(), rows, token) instanceof Insertion.Stored)) {
            throw new IllegalStateException("not stored: " + table.name());
        }
    }

    /** The first column of the first row. */
    public long number(String sql) {
        return all(sql, row -> row.getLong(1)).getFirst();
    }

    public <T> List<T> all(String sql, Reads.Row<T> row) {
        return reads.read(new AllTenantsQuery(sql, new Bindings()), row);
    }

    /** How to reach the shared engine. */
    public static ClickHouseConfig config(SharedEngines.ClickHouse engine, String database) {
        return new EngineSettings(engine.url(), engine.user(), Optional.of(engine.password()), database);
    }

    private record EngineSettings(String url, String user, Optional<String> password, String database)
            implements ClickHouseConfig {

        @Override
        public Optional<String> readerUser() {
            return Optional.empty();
        }

        @Override
        public Optional<String> readerPassword() {
            return Optional.empty();
        }

        @Override
        public String layout() {
            return "single";
        }

        @Override
        public Duration insertTimeout() {
            return Duration.ofSeconds(30);
        }

        @Override
        public int maxQueries() {
            return 4;
        }

        @Override
        public Duration maxQueryTime() {
            return Duration.ofSeconds(30);
        }

        @Override
        public long maxRowsToRead() {
            return 1_000_000_000;
        }

        @Override
        public long maxQueryMemory() {
            return 1_000_000_000;
        }
    }
}
