package io.pentameter.quality.judge;

import io.pentameter.quality.store.PostgresTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** Budgets in PostgreSQL: one row per judge and day decides, so that any number of instances keep it. */
@ApplicationScoped
public class PostgresBudget implements Budget {

    private static final String TAKE = """
            insert into judge_spend as s (tenant, judge_id, day, reserved_nano_usd, spent_nano_usd)
            select $1, $2, $3, $4::bigint, 0 where $4::bigint <= $5::bigint
            on conflict (tenant, judge_id, day) do update
                set reserved_nano_usd = s.reserved_nano_usd + excluded.reserved_nano_usd
                where s.spent_nano_usd + s.reserved_nano_usd + excluded.reserved_nano_usd <= $5::bigint
            """;

    private static final String REMEMBER = """
            insert into reservation (id, tenant, judge_id, day, nano_usd, created_at) values ($1, $2, $3, $4, $5, $6)
            """;

    private static final String RELEASE = "delete from reservation where id = $1 and tenant = $2";

    private static final String SPEND = """
            update judge_spend
            set reserved_nano_usd = reserved_nano_usd - $4, spent_nano_usd = spent_nano_usd + $5
            where tenant = $1 and judge_id = $2 and day = $3
            """;

    private static final String SPENT = """
            select spent_nano_usd + reserved_nano_usd from judge_spend
            where tenant = $1 and judge_id = $2 and day = $3
            """;

    private final PostgresTransactions transactions;
    private final InstantSource clock;

    PostgresBudget(PostgresTransactions transactions, InstantSource clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public Optional<Reservation> reserve(Judge judge, long nanoUsd) {
        LocalDate day = today();
        Reservation reservation = new Reservation(UUID.randomUUID(), judge.tenant(), judge.id(), day, nanoUsd);
        return transactions.inTenant(
                judge.tenant(),
                connection -> connection
                        .preparedQuery(TAKE)
                        .execute(Tuple.of(judge.tenant(), judge.id(), day, nanoUsd, judge.dailyBudgetNanoUsd()))
                        .chain(rows -> rows.rowCount() == 0
                                ? Uni.createFrom().item(Optional.<Reservation>empty())
                                : remember(connection, reservation).replaceWith(Optional.of(reservation))));
    }

    @Override
    public void settle(Reservation reservation, long nanoUsd) {
        transactions.inTenant(
                reservation.tenant(),
                connection -> connection
                        .preparedQuery(RELEASE)
                        .execute(Tuple.of(reservation.id(), reservation.tenant()))
                        .chain(rows -> rows.rowCount() == 0
                                ? Uni.createFrom().voidItem()
                                : connection
                                        .preparedQuery(SPEND)
                                        .execute(Tuple.of(
                                                reservation.tenant(),
                                                reservation.judgeId(),
                                                reservation.day(),
                                                reservation.nanoUsd(),
                                                nanoUsd))
                                        .replaceWithVoid()));
    }

    /** Spent and set aside today, nano-dollars. */
    long today(String tenant, String judgeId) {
        return transactions.inTenant(
                tenant,
                connection -> connection
                        .preparedQuery(SPENT)
                        .execute(Tuple.of(tenant, judgeId, today()))
                        .map(rows ->
                                rows.size() == 0 ? 0L : rows.iterator().next().getLong(0)));
    }

    private Uni<Void> remember(SqlConnection connection, Reservation reservation) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        return connection
                .preparedQuery(REMEMBER)
                .execute(Tuple.of(
                        reservation.id(),
                        reservation.tenant(),
                        reservation.judgeId(),
                        reservation.day(),
                        reservation.nanoUsd(),
                        now))
                .replaceWithVoid();
    }

    private LocalDate today() {
        return clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
    }
}
