package io.pentameter.aggregation.rollup;

import io.pentameter.aggregation.engine.AllTenantsQuery;
import io.pentameter.aggregation.engine.ArrayColumn;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Insertion;
import io.pentameter.aggregation.engine.Inserts;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.RowBinary;
import io.pentameter.aggregation.engine.Statements;
import io.pentameter.aggregation.generation.Generations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Seals the buckets that are closed and have changed since their seal.
 *
 * <p>A seal is: read how many records the bucket has, make its rows from the deduplicated spans, then note the number. A
 * reader trusts the rows only while the number is still the one that the sink has counted; so a crash in between, or spans
 * that come while a bucket is sealed, leave it dirty, and it is read raw and sealed again. One insert holds, for the
 * buckets of a {@link Chunk}, the new rows and a deletion mark for each old row. What is past ({@link DirtySql}) is not sealed again.
 */
public final class AllTenantsSealer {

    private static final List<String> SEAL_COLUMNS =
            List.of("rollup", "tenant", "bucket", "records", "sealed_at", "version");

    /** Tenants that ever declared own dimensions; of the others that rollup holds nothing, and nothing of it is sealed. */
    private static final String DECLARED = "tenant IN (SELECT tenant FROM own_dimension)";

    private final Reads reads;
    private final Statements statements;
    private final Inserts inserts;
    private final InstantSource clock;

    public AllTenantsSealer(Reads reads, Statements statements, Inserts inserts, InstantSource clock) {
        this.reads = reads;
        this.statements = statements;
        this.inserts = inserts;
        this.clock = clock;
    }

    /**
     * What to look at.
     *
     * @param horizon buckets that began longer ago are not looked at
     * @param delay   a bucket is closed so long after its end
     * @param pause   least time between two seals of a bucket, which a rollup may lengthen; zero for none at all
     * @param limit   most buckets of one call
     */
    public record Round(Duration horizon, Duration delay, Duration pause, int limit) {}

    /** Seals what is due, and returns how many buckets that was. */
    public int seal(RollupTable rollup, Round round) {
        List<DirtyBucket> dirty = dirty(rollup, round);
        for (Chunk chunk : rollup.isOfOwnDimensions() ? Chunk.ofEachTenant(dirty) : Chunk.of(dirty)) {
            seal(rollup, chunk);
        }
        return dirty.size();
    }

    /**
     * How many times a repricing became visible or invisible, or a tenant declared other own dimensions; each may have made old
     * buckets dirty.
     */
    long changesOfOldBuckets() {
        return reads.read(
                        new AllTenantsQuery(
                                "SELECT (SELECT count() FROM repricing_event FINAL)"
                                        + " + (SELECT uniqExact(tenant, change_id) FROM own_dimension)",
                                new Bindings()),
                        row -> row.getLong(1))
                .getFirst();
    }

    private List<DirtyBucket> dirty(RollupTable rollup, Round round) {
        Instant now = clock.instant();
        Bindings bindings = new Bindings();
        String since = bindings.second(now.minus(round.horizon()));
        String until = bindings.second(now.minus(round.delay()).minus(rollup.width()));
        String sql = "SELECT tenant, toUnixTimestamp(bucket) AS start, records, attributes FROM ("
                + DirtySql.of(
                        rollup,
                        rollup.isOfOwnDimensions() ? DECLARED : "tenant != ''",
                        "bucket >= toStartOfInterval(" + since + ", INTERVAL "
                                + rollup.width().toSeconds() + " SECOND)")
                + ") WHERE NOT past AND bucket <= " + until
                + " AND sealed_at <= "
                + bindings.second(now.minus(round.pause().isZero() ? Duration.ZERO : rollup.pause(round.pause())))
                + " ORDER BY bucket, tenant LIMIT " + round.limit();
        return reads.read(
                new AllTenantsQuery(sql, bindings),
                row -> new DirtyBucket(
                        row.getString("tenant"),
                        Instant.ofEpochSecond(row.getLong("start")),
                        row.getLong("records"),
                        ArrayColumn.texts(row, "attributes")));
    }

    private void seal(RollupTable rollup, Chunk chunk) {
        Instant now = clock.instant();
        long version = Math.multiplyExact(2, now.getEpochSecond() * 1_000_000 + now.getNano() / 1000);
        Bindings bindings = new Bindings();
        statements.run(SealSql.of(rollup, chunk, visible(rollup, chunk), version, bindings), bindings);
        RowBinary seals = new RowBinary();
        for (DirtyBucket bucket : chunk.buckets()) {
            seals.string(rollup.sealName())
                    .string(bucket.tenant())
                    .int32(bucket.start().getEpochSecond())
                    .int64(bucket.records())
                    .int64(now.toEpochMilli())
                    .int64(version)
                    .endRow();
        }
        if (!(inserts.insert("seal", SEAL_COLUMNS, seals, "seal " + rollup.table() + " " + version)
                instanceof Insertion.Stored)) {
            throw new IllegalStateException("seals were not stored; the buckets stay dirty");
        }
    }

    private Generations visible(RollupTable rollup, Chunk chunk) {
        Bindings bindings = new Bindings();
        String sql = Generations.visible(
                "tenant IN " + bindings.texts(chunk.tenants()),
                chunk.starts().first(),
                chunk.starts().last().plus(rollup.width()),
                bindings);
        return new Generations(reads.read(new AllTenantsQuery(sql, bindings), row -> row.getLong(1)));
    }
}
