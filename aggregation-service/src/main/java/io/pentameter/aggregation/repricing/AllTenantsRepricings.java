package io.pentameter.aggregation.repricing;

import io.pentameter.aggregation.engine.AllTenantsQuery;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Reads;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Repricings of all tenants, for the job that works them out. */
final class AllTenantsRepricings {

    private static final int BATCH = 100;

    private final Reads reads;
    private final SqlRepricings repricings;

    AllTenantsRepricings(Reads reads, SqlRepricings repricings) {
        this.reads = reads;
        this.repricings = repricings;
    }

    /** The one that was ordered first of those that are not worked out. */
    Optional<Repricing> next() {
        String sql =
                SqlRepricings.SELECT + "state IN ('queued', 'calculating') ORDER BY created_at, tenant, id LIMIT 1";
        return reads.read(new AllTenantsQuery(sql, new Bindings()), repricings::row).stream()
                .findFirst();
    }

    /**
     * Generations that have rows and belong to no repricing: attempts that were begun again.
     *
     * @param before younger ones are left alone
     */
    List<Long> leftovers(Instant before) {
        Bindings bindings = new Bindings();
        String sql =
                "SELECT DISTINCT toUInt64(partition) AS number FROM system.parts WHERE database = currentDatabase()"
                        + " AND table IN ('repriced_span', 'repricing_line') AND active AND number < "
                        + bindings.number(SqlRepricings.micros(before))
                        + " AND number NOT IN (SELECT generation FROM repricing FINAL)"
                        + " AND number NOT IN (SELECT generation FROM repricing_event) ORDER BY number LIMIT " + BATCH;
        return reads.read(new AllTenantsQuery(sql, bindings), row -> row.getLong(1));
    }

    /** Those that were ordered before and never applied. */
    List<Repricing> forgotten(Instant before) {
        Bindings bindings = new Bindings();
        String sql = SqlRepricings.SELECT + "state IN ('calculated', 'failed') AND created_at < "
                + bindings.second(before)
                + " AND (tenant, generation) NOT IN (SELECT tenant, generation FROM repricing_event) LIMIT " + BATCH;
        return reads.read(new AllTenantsQuery(sql, bindings), repricings::row);
    }
}
