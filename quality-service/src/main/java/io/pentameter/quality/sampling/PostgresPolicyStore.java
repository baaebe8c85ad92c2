package io.pentameter.quality.sampling;

import io.pentameter.contracts.v1.AuditRecord;
import io.pentameter.quality.outbox.Outbox;
import io.pentameter.quality.outbox.PostgresOutbox;
import io.pentameter.quality.store.PostgresTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Sampling policies in PostgreSQL: versions are added, never changed. */
@ApplicationScoped
class PostgresPolicyStore {

    private static final String LATEST = """
            select version, effective_from, judge_floor, check_floor, rules from sampling_policy
            where tenant = $1 order by version desc limit 1
            """;

    private static final String ADD = """
            insert into sampling_policy (tenant, version, effective_from, judge_floor, check_floor, rules)
            values ($1, $2, $3, $4, $5, $6)
            """;

    /** Two who write at once take turns, so that versions rise without a gap. */
    private static final String TAKE_TURNS = "select pg_advisory_xact_lock(hashtextextended($1, 7))";

    private static final String THRESHOLD = """
            select valid_from, nano_usd, sample from cost_threshold where tenant = $1 order by valid_from desc limit 1
            """;

    private final PostgresTransactions transactions;

    PostgresPolicyStore(PostgresTransactions transactions) {
        this.transactions = transactions;
    }

    /** The newest version; empty if the tenant has decided nothing. */
    Optional<PolicyVersion> latest(String tenant) {
        return transactions.inTenant(tenant, connection -> latest(connection, tenant));
    }

    /** The newest threshold; empty if none has been learnt. */
    Optional<CostThreshold> threshold(String tenant) {
        return transactions.inTenant(
                tenant,
                connection -> connection
                        .preparedQuery(THRESHOLD)
                        .execute(Tuple.of(tenant))
                        .map(rows -> rows.size() == 0
                                ? Optional.<CostThreshold>empty()
                                : Optional.of(threshold(rows.iterator().next()))));
    }

    /**
     * Adds a version.
     *
     * @param change makes the new version of the latest
     * @param act    tells of the new version
     */
    PolicyVersion change(
            String tenant,
            PolicyVersion standard,
            UnaryOperator<PolicyVersion> change,
            Function<PolicyVersion, AuditRecord> act) {
        return transactions.inTenant(
                tenant,
                connection -> connection
                        .preparedQuery(TAKE_TURNS)
                        .execute(Tuple.of(tenant))
                        .chain(() -> latest(connection, tenant))
                        .chain(latest -> {
                            PolicyVersion next = change.apply(latest.orElse(standard));
                            return connection
                                    .preparedQuery(ADD)
                                    .execute(Tuple.of(
                                            tenant,
                                            next.version(),
                                            next.effectiveFrom().atOffset(ZoneOffset.UTC),
                                            next.judgeFloor(),
                                            next.checkFloor(),
                                            PolicyRow.written(next.rules())))
                                    .chain(() -> PostgresOutbox.add(connection, Outbox.of(act.apply(next))))
                                    .replaceWith(next);
                        }));
    }

    static PolicyVersion policy(Row row) {
        return new PolicyVersion(
                row.getInteger("version"),
                row.getOffsetDateTime("effective_from").toInstant(),
                row.getDouble("judge_floor"),
                row.getDouble("check_floor"),
                PolicyRow.read(row.getString("rules")));
    }

    static CostThreshold threshold(Row row) {
        Instant from = row.getOffsetDateTime("valid_from").toInstant();
        return new CostThreshold(from, row.getLong("nano_usd"), row.getLong("sample"));
    }

    private static Uni<Optional<PolicyVersion>> latest(SqlConnection connection, String tenant) {
        return connection
                .preparedQuery(LATEST)
                .execute(Tuple.of(tenant))
                .map(rows -> rows.size() == 0
                        ? Optional.<PolicyVersion>empty()
                        : Optional.of(policy(rows.iterator().next())));
    }
}
