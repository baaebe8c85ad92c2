package io.pentameter.aggregation.pool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Insertion;
import io.pentameter.aggregation.engine.Inserts;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.RowBinary;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.kit.problem.Problem;
import io.pentameter.kit.problem.Problem.Fault;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The pools of a tenant: every version is kept, the last one counts. */
final class SqlPools {

    /** Pools of a tenant. */
    static final int MAX_POOLS = 200;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> COLUMNS =
            List.of("tenant", "pool_id", "version", "is_deleted", "name", "definition", "changed_by", "changed_at");

    private final Reads reads;
    private final Inserts inserts;

    SqlPools(Reads reads, Inserts inserts) {
        this.reads = reads;
        this.inserts = inserts;
    }

    /** Those that there are, by name and first day. */
    List<Pool> list(String tenant) {
        Bindings bindings = new Bindings();
        String sql = "SELECT * FROM (SELECT pool_id, version, is_deleted, name, definition, changed_by,"
                + " toUnixTimestamp64Micro(changed_at) AS micros FROM cost_pool FINAL WHERE " + TenantQuery.TENANT
                + " ORDER BY version DESC LIMIT 1 BY pool_id) WHERE is_deleted = 0 ORDER BY name, definition, pool_id";
        return reads.read(new TenantQuery(tenant, sql, bindings), SqlPools::pool);
    }

    Optional<Pool> find(String tenant, String id) {
        return list(tenant).stream().filter(pool -> pool.id().equals(id)).findFirst();
    }

    /** Adds the versions, all of them or none. */
    void put(String tenant, List<Pool> pools) {
        store(tenant, pools, false);
    }

    /** Ends the pool; its versions stay in the table. */
    void delete(String tenant, Pool last) {
        store(tenant, List.of(last), true);
    }

    private void store(String tenant, List<Pool> pools, boolean isDeleted) {
        RowBinary rows = new RowBinary();
        for (Pool pool : pools) {
            rows.string(tenant)
                    .string(pool.id())
                    .int64(pool.version())
                    .bool(isDeleted)
                    .string(pool.terms().name())
                    .string(definition(pool.terms()))
                    .string(pool.changedBy())
                    .int64(ChronoUnit.MICROS.between(Instant.EPOCH, pool.changedAt()))
                    .endRow();
        }
        String token =
                tenant + " " + pools.getFirst().id() + " " + pools.getFirst().version();
        if (!(inserts.insert("cost_pool", COLUMNS, rows, token) instanceof Insertion.Stored)) {
            throw new ProblemException(
                    Problem.of(ProblemKind.UNAVAILABLE, "the store does not take changes at the moment"),
                    Duration.ofSeconds(2));
        }
    }

    /** The terms as they are stored: the same terms are the same text. */
    static String definition(Pool.Terms terms) {
        try {
            return JSON.writeValueAsString(PoolView.body(terms));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("terms of a pool have no JSON", e);
        }
    }

    private static Pool pool(ResultSet row) throws SQLException {
        long micros = row.getLong("micros");
        return new Pool(
                row.getString("pool_id"),
                row.getLong("version"),
                terms(row.getString("definition")),
                row.getString("changed_by"),
                Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    }

    private static Pool.Terms terms(String definition) {
        List<Fault> faults = new ArrayList<>();
        try {
            return new PoolReader("", faults)
                    .read(JSON.readValue(definition, PoolBody.class))
                    .orElseThrow(() -> new IllegalStateException("stored terms of a pool are refused: " + faults));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored terms of a pool cannot be read", e);
        }
    }
}
