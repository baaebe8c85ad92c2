package io.pentameter.aggregation.owndimension;

import io.pentameter.aggregation.engine.ArrayColumn;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Insertion;
import io.pentameter.aggregation.engine.Inserts;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.RowBinary;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.kit.problem.Problem;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** Declarations of tenants: a row for each, never changed; the last one counts. */
public final class SqlOwnDimensions {

    private static final List<String> COLUMNS =
            List.of("tenant", "version", "change_id", "attributes", "changed_by", "changed_at");

    private SqlOwnDimensions() {}

    /** What is in force, and how often something was declared, as of one moment. */
    public static OwnDimensions of(Reads reads, String tenant) {
        String newest = "(version, change_id)";
        String sql = "SELECT uniqExact(change_id) AS changes, max(version) AS newest, argMax(attributes, " + newest
                + ") AS declared, argMax(changed_by, " + newest + ") AS who, toUnixTimestamp64Micro(argMax(changed_at, "
                + newest + ")) AS micros FROM own_dimension WHERE " + TenantQuery.TENANT;
        return reads.read(new TenantQuery(tenant, sql, new Bindings()), SqlOwnDimensions::declared)
                .getFirst();
    }

    /**
     * Declares these, and no others, from now on.
     *
     * @param next its version must be above all that the tenant had
     * @throws ProblemException if it could not be stored
     */
    public static void declare(Inserts inserts, String tenant, OwnDimensions next) {
        String id = UUID.randomUUID().toString();
        RowBinary row = new RowBinary()
                .string(tenant)
                .int64(next.version())
                .string(id)
                .strings(next.attributes())
                .string(next.changedBy())
                .int64(ChronoUnit.MICROS.between(Instant.EPOCH, next.changedAt()));
        row.endRow();
        if (!(inserts.insert("own_dimension", COLUMNS, row, id) instanceof Insertion.Stored)) {
            throw new ProblemException(
                    Problem.of(ProblemKind.UNAVAILABLE, "the store does not take changes at the moment"),
                    Duration.ofSeconds(2));
        }
    }

    private static OwnDimensions declared(ResultSet row) throws SQLException {
        return new OwnDimensions(
                ArrayColumn.texts(row, "declared"),
                row.getLong("changes"),
                row.getLong("newest"),
                row.getString("who"),
                Instant.EPOCH.plus(row.getLong("micros"), ChronoUnit.MICROS));
    }
}
