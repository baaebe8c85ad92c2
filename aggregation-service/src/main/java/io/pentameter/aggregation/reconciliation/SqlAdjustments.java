package io.pentameter.aggregation.reconciliation;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Insertion;
import io.pentameter.aggregation.engine.Inserts;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.RowBinary;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.aggregation.money.Usd;
import io.pentameter.kit.problem.Problem;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Adjustments of a tenant; written once, never changed. */
final class SqlAdjustments {

    /** Adjustments of a tenant. */
    static final int MAX = 5_000;

    private static final List<String> COLUMNS = List.of(
            "tenant",
            "adjustment_id",
            "provider",
            "from_day",
            "to_day",
            "usd_nano",
            "reason",
            "note",
            "reverses",
            "posted_by",
            "posted_at");

    private final Reads reads;
    private final Inserts inserts;

    SqlAdjustments(Reads reads, Inserts inserts) {
        this.reads = reads;
        this.inserts = inserts;
    }

    /** Latest posted first. */
    List<Adjustment> all(String tenant) {
        String sql = "SELECT adjustment_id, provider, toString(from_day) AS first_day, toString(to_day) AS end_day,"
                + " usd_nano, reason, note, reverses, posted_by, toUnixTimestamp64Micro(posted_at) AS micros"
                + " FROM cost_adjustment FINAL WHERE " + TenantQuery.TENANT
                + " ORDER BY posted_at DESC, adjustment_id";
        return reads.read(new TenantQuery(tenant, sql, new Bindings()), SqlAdjustments::adjustment);
    }

    Optional<Adjustment> find(String tenant, String id) {
        return all(tenant).stream()
                .filter(adjustment -> adjustment.id().equals(id))
                .findFirst();
    }

    void post(String tenant, Adjustment adjustment) {
        RowBinary row = new RowBinary()
                .string(tenant)
                .string(adjustment.id())
                .string(adjustment.provider())
                .int32(adjustment.from().toEpochDay())
                .int32(adjustment.to().toEpochDay())
                .int64(Usd.nano(adjustment.usd()))
                .string(adjustment.reason())
                .string(adjustment.note())
                .string(adjustment.reverses())
                .string(adjustment.postedBy())
                .int64(ChronoUnit.MICROS.between(Instant.EPOCH, adjustment.postedAt()));
        row.endRow();
        String token = tenant + " " + adjustment.id();
        if (!(inserts.insert("cost_adjustment", COLUMNS, row, token) instanceof Insertion.Stored)) {
            throw new ProblemException(
                    Problem.of(ProblemKind.UNAVAILABLE, "the store does not take changes at the moment"),
                    Duration.ofSeconds(2));
        }
    }

    private static Adjustment adjustment(ResultSet row) throws SQLException {
        return new Adjustment(
                row.getString("adjustment_id"),
                row.getString("provider"),
                LocalDate.parse(row.getString("first_day")),
                LocalDate.parse(row.getString("end_day")),
                Usd.ofNano(row.getLong("usd_nano")),
                row.getString("reason"),
                row.getString("note"),
                row.getString("reverses"),
                row.getString("posted_by"),
                Instant.EPOCH.plus(row.getLong("micros"), ChronoUnit.MICROS));
    }
}
