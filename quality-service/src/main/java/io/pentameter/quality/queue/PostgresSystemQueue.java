package io.pentameter.quality.queue;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.quality.outbox.Outbox;
import io.pentameter.quality.outbox.PostgresOutbox;
import io.pentameter.quality.rating.Drawn;
import io.pentameter.quality.store.PostgresSystemTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The queue of judgements in PostgreSQL: survives restarts, serves tenants in turn, lets each judgement end once. */
@ApplicationScoped
public class PostgresSystemQueue {

    private static final String ADD = """
            insert into judgement (id, tenant, trace_id, span_id, judge_id, rubric_version, state, next_at, probability,
                                   rules, rv, policy_version, created_at, subject)
            values ($1, $2, $3, $4, $5, $6, 'open', $7, $8, $9, $10, $11, $7, $12)
            on conflict (id) do update
                set probability = excluded.probability, rules = excluded.rules, policy_version = excluded.policy_version
                where judgement.probability < excluded.probability
            returning id, state, grade, probability, rules, policy_version
            """;

    /** One round takes the first of every tenant, then the second of every tenant, and so on. */
    private static final String TAKE = """
            with recursive tenants (tenant) as (
                (select tenant from judgement where state = 'open' order by tenant limit 1)
                union all
                select (select j.tenant from judgement j where j.state = 'open' and j.tenant > t.tenant
                        order by j.tenant limit 1)
                from tenants t where t.tenant is not null
            ), candidates as (
                select c.id from tenants t cross join lateral (
                    select d.id, row_number() over (order by d.next_at, d.id) as place from (
                        select j.id, j.next_at from judgement j
                        where j.tenant = t.tenant and j.state = 'open' and j.next_at <= $1
                        order by j.next_at
                        limit greatest(0, $3 - (select count(*) from judgement b
                            where b.tenant = t.tenant and b.state = 'open' and b.next_at > $1 and b.lease is not null))
                        for update skip locked
                    ) d
                ) c
                where t.tenant is not null
                order by c.place, md5(c.id) limit $2
            )
            update judgement j set lease = $4, next_at = $5, attempts = attempts + 1
            from candidates c where j.id = c.id
            returning j.id, j.judge_id, j.rubric_version, j.probability, j.rules, j.rv, j.policy_version, j.subject,
                      j.attempts, j.created_at
            """;

    private static final String HOLD = """
            select probability, rules, rv, policy_version, cost_nano_usd from judgement
            where id = $1 and lease = $2 and state = 'open' for update
            """;

    private static final String END = """
            update judgement set state = $2, reason = $3, cost_nano_usd = cost_nano_usd + $4, finished_at = $5,
                lease = null, subject = null, grade = $6
            where id = $1
            """;

    private static final String AGAIN = """
            update judgement set reason = $3, cost_nano_usd = cost_nano_usd + $4, next_at = $5, lease = null,
                attempts = attempts - $6
            where id = $1 and lease = $2 and state = 'open'
            """;

    private static final String HOLD_BACK = """
            update judgement set next_at = $3
            where tenant = $1 and judge_id = $2 and state = 'open' and lease is null and next_at < $3
            """;

    private static final String WAITING =
            "select tenant, count(*) as length, min(created_at) as oldest from judgement where state = 'open' group by 1";

    private final PostgresSystemTransactions transactions;

    PostgresSystemQueue(PostgresSystemTransactions transactions) {
        this.transactions = transactions;
    }

    /** How a judgement ended: {@code state} graded, failed or skipped. */
    record End(String state, String reason, long costNanoUsd, Instant at) {}

    /** Makes a score of what the database knows about how the span was drawn, and what the judgement cost so far. */
    interface Grading {
        ScoreRecord score(Drawn drawn, long earlierCostNanoUsd);
    }

    /** What waits for one tenant. */
    record Waiting(long length, Instant oldest) {}

    /**
     * Adds judgements. One that is there already stays as it is, but for a higher probability: that is taken over, also into
     * a grade that was already given.
     */
    public void add(List<Order> orders, Instant now) {
        if (orders.isEmpty()) {
            return;
        }
        List<Tuple> rows = orders.stream()
                .sorted(Comparator.comparing(Order::id)) // the same order in every instance: no deadlock
                .map(order -> row(order, now))
                .toList();
        transactions.inSystem(connection ->
                connection.preparedQuery(ADD).executeBatch(rows).chain(results -> raise(connection, results)));
    }

    List<Taken> take(int max, int perTenant, Instant now, Duration lease) {
        UUID token = UUID.randomUUID();
        return transactions.inSystem(connection -> connection
                .preparedQuery(TAKE)
                .execute(Tuple.from(List.of(utc(now), (long) max, (long) perTenant, token, utc(now.plus(lease)))))
                .map(rows -> {
                    List<Taken> taken = new ArrayList<>();
                    rows.forEach(row -> taken.add(taken(row, token)));
                    return taken;
                }));
    }

    /** Ends with a grade; false if the lease was lost meanwhile, then nothing has changed. */
    boolean grade(Taken taken, End end, Grading grading) {
        return transactions.inSystem(connection -> held(connection, taken).chain(row -> {
            if (row == null) {
                return Uni.createFrom().item(false);
            }
            ScoreRecord score = grading.score(drawn(row), row.getLong("cost_nano_usd"));
            return end(connection, taken, end, score)
                    .chain(() -> PostgresOutbox.add(connection, Outbox.of(score)))
                    .replaceWith(true);
        }));
    }

    /** Ends without a grade; false if the lease was lost meanwhile. */
    boolean close(Taken taken, End end) {
        return transactions.inSystem(connection -> held(connection, taken)
                .chain(row -> row == null
                        ? Uni.createFrom().item(false)
                        : end(connection, taken, end, null).replaceWith(true)));
    }

    /**
     * Puts it back.
     *
     * @param countsAsAttempt false if the endpoint only asked for patience
     */
    void putBack(Taken taken, String reason, long costNanoUsd, Instant next, boolean countsAsAttempt) {
        transactions.inSystem(connection -> connection
                .preparedQuery(AGAIN)
                .execute(Tuple.of(
                        taken.order().id(), taken.lease(), reason, costNanoUsd, utc(next), countsAsAttempt ? 0 : 1)));
    }

    /** Lets nothing of the judge be taken before that time. */
    void holdBack(Order order, Instant until) {
        transactions.inSystem(connection ->
                connection.preparedQuery(HOLD_BACK).execute(Tuple.of(order.tenant(), order.judgeId(), utc(until))));
    }

    Map<String, Waiting> waiting() {
        Map<String, Waiting> byTenant = new HashMap<>();
        transactions
                .inSystem(connection -> connection.query(WAITING).execute())
                .forEach(row -> byTenant.put(
                        row.getString("tenant"),
                        new Waiting(
                                row.getLong("length"),
                                row.getOffsetDateTime("oldest").toInstant())));
        return byTenant;
    }

    private static Uni<@Nullable Row> held(SqlConnection connection, Taken taken) {
        return connection
                .preparedQuery(HOLD)
                .execute(Tuple.of(taken.order().id(), taken.lease()))
                .map(rows -> rows.size() == 0 ? null : rows.iterator().next());
    }

    private static Uni<RowSet<Row>> end(SqlConnection connection, Taken taken, End end, @Nullable ScoreRecord score) {
        Tuple values = Tuple.tuple()
                .addString(taken.order().id())
                .addString(end.state())
                .addString(end.reason())
                .addLong(end.costNanoUsd())
                .addOffsetDateTime(utc(end.at()));
        values.getDelegate().addBuffer(score == null ? null : Buffer.buffer(score.toByteArray()));
        return connection.preparedQuery(END).execute(values);
    }

    /** Tells the log again of grades whose probability has become higher. */
    private static Uni<Void> raise(SqlConnection connection, @Nullable RowSet<Row> first) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (RowSet<Row> rows = first; rows != null; rows = rows.next()) {
            for (Row row : rows) {
                Buffer grade = row.getDelegate().getBuffer("grade");
                if (grade != null) {
                    ScoreRecord raised = raised(grade, row);
                    all = all.chain(() -> connection
                                    .preparedQuery("update judgement set grade = $2 where id = $1")
                                    .execute(Tuple.from(
                                            List.of(raised.getScoreId(), Buffer.buffer(raised.toByteArray())))))
                            .chain(() -> PostgresOutbox.add(connection, Outbox.of(raised)));
                }
            }
        }
        return all;
    }

    private static ScoreRecord raised(Buffer grade, Row row) {
        try {
            return ScoreRecord.parseFrom(grade.getBytes()).toBuilder()
                    .setInclusionProbability(row.getDouble("probability"))
                    .clearSamplingRules()
                    .addAllSamplingRules(List.of(row.getString("rules").split(",")))
                    .setSamplingPolicyVersion(row.getString("policy_version"))
                    .build();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("judgement.grade is no ScoreRecord", e);
        }
    }

    private static Tuple row(Order order, Instant now) {
        Tuple tuple = Tuple.tuple().addString(order.id()).addString(order.tenant());
        tuple.getDelegate()
                .addBuffer(Buffer.buffer(order.subject().getTraceId().toByteArray()))
                .addBuffer(Buffer.buffer(order.subject().getSpanId().toByteArray()))
                .addString(order.judgeId())
                .addInteger(order.rubricVersion())
                .addOffsetDateTime(utc(now))
                .addDouble(order.drawn().probability())
                .addString(String.join(",", order.drawn().rules()))
                .addString(order.drawn().rv())
                .addString(order.drawn().policyVersion())
                .addBuffer(Buffer.buffer(order.subject().toByteArray()));
        return tuple;
    }

    private static Taken taken(Row row, UUID lease) {
        try {
            Order order = new Order(
                    row.getString("id"),
                    row.getString("judge_id"),
                    row.getInteger("rubric_version"),
                    drawn(row),
                    SpanRecord.parseFrom(row.getDelegate().getBuffer("subject").getBytes()));
            Instant createdAt = row.getOffsetDateTime("created_at").toInstant();
            return new Taken(order, lease, row.getInteger("attempts"), createdAt);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("judgement.subject is no SpanRecord", e);
        }
    }

    private static Drawn drawn(Row row) {
        return new Drawn(
                row.getDouble("probability"),
                List.of(row.getString("rules").split(",")),
                row.getString("rv"),
                row.getString("policy_version"));
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
