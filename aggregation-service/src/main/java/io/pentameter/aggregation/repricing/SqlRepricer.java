package io.pentameter.aggregation.repricing;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Insertion;
import io.pentameter.aggregation.engine.Inserts;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.RowBinary;
import io.pentameter.aggregation.engine.Statements;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.aggregation.filter.Filter;
import io.pentameter.aggregation.generation.Generations;
import io.pentameter.pricing.PriceKey;
import io.pentameter.pricing.PriceList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;

/**
 * Works a repricing out: kinds of calls, their prices, then the spans piece by piece. May be stopped anywhere and begun
 * again: every row has its key, and nobody sees any of them before the repricing is applied.
 */
final class SqlRepricer {

    /** Kinds of calls of one repricing. */
    static final int MAX_KINDS = 20_000;

    /** Records of a piece, about: what it joins must fit into memory. */
    static final long PIECE_RECORDS = 500_000;

    /** Pieces at a time: much of a piece runs in one thread of the engine. */
    static final int AT_A_TIME = 2;

    private final Reads reads;
    private final Statements statements;
    private final Inserts inserts;

    SqlRepricer(Reads reads, Statements statements, Inserts inserts) {
        this.reads = reads;
        this.statements = statements;
        this.inserts = inserts;
    }

    /** A repricing that cannot be worked out, with what its owner can do. */
    static final class ImpossibleException extends Exception {
        private static final long serialVersionUID = 1;

        ImpossibleException(String message) {
            super(message, null, false, false);
        }
    }

    /** The pieces of an order's time that have spans. */
    List<RepriceSql.Piece> pieces(Repricing repricing) {
        Bindings bindings = new Bindings();
        RepricingOrder order = repricing.order();
        String sql = "SELECT toUnixTimestamp(toStartOfHour(bucket)) AS hour, sum(records) FROM sunk WHERE "
                + TenantQuery.TENANT + " AND reason = '' AND bucket >= toStartOfHour(" + bindings.second(order.from())
                + ") AND bucket < " + bindings.second(order.to().plusSeconds(1)) + " GROUP BY hour ORDER BY hour";
        List<long[]> hours = reads.read(
                new TenantQuery(repricing.tenant(), sql, bindings), row -> new long[] {row.getLong(1), row.getLong(2)});
        List<RepriceSql.Piece> pieces = new ArrayList<>();
        long records = 0;
        Instant from = order.from();
        for (long[] hour : hours) {
            Instant start = Instant.ofEpochSecond(hour[0]);
            if (records > 0 && records + hour[1] > PIECE_RECORDS && start.isAfter(from)) {
                pieces.add(new RepriceSql.Piece(repricing, from, start));
                from = start;
                records = 0;
            }
            records += hour[1];
        }
        if (records > 0 && from.isBefore(order.to())) {
            pieces.add(new RepriceSql.Piece(repricing, from, order.to()));
        }
        return pieces;
    }

    /**
     * Begins: forgets what an attempt before this one has left, whose prices may have been others, resolves the prices of all
     * kinds of calls in the order's time and writes them down.
     *
     * @throws ImpossibleException if there are too many kinds
     */
    void writeLines(Repricing repricing, PriceList prices) throws ImpossibleException {
        drop(repricing);
        PriceLineRows rows = new PriceLineRows(repricing);
        for (PriceKey kind : kinds(repricing)) {
            rows.add(kind, prices.resolve(kind));
        }
        store(PriceLineRows.TABLE, PriceLineRows.COLUMNS, rows.binary(), "reprice lines " + UUID.randomUUID());
    }

    private List<PriceKey> kinds(Repricing repricing) throws ImpossibleException {
        Bindings bindings = new Bindings();
        String sql = "SELECT DISTINCT provider, model, requested_model, service_tier FROM span WHERE "
                + TenantQuery.TENANT + " AND start >= "
                + bindings.instant(repricing.order().from())
                + " AND start < " + bindings.instant(repricing.order().to())
                + " AND has_usage ORDER BY provider, model, requested_model, service_tier LIMIT " + (MAX_KINDS + 1);
        List<PriceKey> kinds = reads.read(
                new TenantQuery(repricing.tenant(), sql, bindings),
                row -> new PriceKey(row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
        if (kinds.size() > MAX_KINDS) {
            throw new ImpossibleException(
                    "more than %d different models in the period: take a shorter one".formatted(MAX_KINDS));
        }
        return kinds;
    }

    /** Prices the spans of the pieces, some at a time; {@code done} hears after each how many are. */
    void price(List<RepriceSql.Piece> pieces, List<Filter> filters, LongConsumer done) {
        try (ExecutorService workers = Executors.newFixedThreadPool(AT_A_TIME)) {
            CompletionService<RepriceSql.Piece> priced = new ExecutorCompletionService<>(workers);
            pieces.forEach(piece -> priced.submit(() -> price(piece, filters), piece));
            try {
                for (long i = 1; i <= pieces.size(); i++) {
                    var _ = priced.take().get();
                    done.accept(i);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted in a repricing", e);
            } catch (ExecutionException e) {
                throw new IllegalStateException("a piece could not be priced", e);
            } finally {
                workers.shutdownNow();
            }
        }
    }

    private void price(RepriceSql.Piece piece, List<Filter> filters) {
        Bindings bindings = new Bindings();
        statements.run(RepriceSql.insert(piece, filters, visible(piece), bindings), bindings);
    }

    private Generations visible(RepriceSql.Piece piece) {
        Bindings bindings = new Bindings();
        String sql = Generations.visible(TenantQuery.TENANT, piece.from(), piece.to(), bindings);
        return new Generations(
                reads.read(new TenantQuery(piece.repricing().tenant(), sql, bindings), row -> row.getLong(1)));
    }

    /** Drops everything that was worked out; it must not be visible. */
    void drop(Repricing repricing) {
        drop(repricing.generation());
    }

    /** The same of any generation. */
    void drop(long generation) {
        for (String table : List.of("repriced_span", PriceLineRows.TABLE)) {
            statements.run("ALTER TABLE " + table + " DROP PARTITION " + generation, new Bindings());
        }
    }

    private void store(String table, List<String> columns, RowBinary rows, String token) {
        if (!(inserts.insert(table, columns, rows, token) instanceof Insertion.Stored)) {
            throw new IllegalStateException("the engine does not take rows of " + table);
        }
    }
}
