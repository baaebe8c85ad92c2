package io.pentameter.quality.intake;

import com.google.protobuf.ByteString;
import io.pentameter.quality.sampling.Rule;
import io.pentameter.quality.store.PostgresSystemTransactions;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Rules that came to match after the span had passed, until they are acted on. */
@ApplicationScoped
class PostgresSystemMarks {

    private static final int MOST = 2_000;

    private static final String ADD = """
            insert into late_mark (tenant, trace_id, span_id, rule, created_at) values ($1, $2, $3, $4, $5)
            on conflict do nothing
            """;

    private static final String READ = """
            select tenant, trace_id, span_id, rule, created_at from late_mark
            where created_at <= $1 order by created_at desc limit $2
            """;

    private static final String REMOVE = """
            delete from late_mark where tenant = $1 and trace_id = $2 and span_id = $3 and rule = $4
            """;

    private static final String EXPIRE = "delete from late_mark where created_at < $1";

    private final PostgresSystemTransactions transactions;

    PostgresSystemMarks(PostgresSystemTransactions transactions) {
        this.transactions = transactions;
    }

    /** @param spanId empty for all answers of the trace */
    record Mark(String tenant, ByteString traceId, ByteString spanId, Rule rule, Instant createdAt) {}

    void add(List<Mark> marks) {
        if (marks.isEmpty()) {
            return;
        }
        List<Tuple> rows = marks.stream()
                .sorted(Comparator.comparing(Mark::toString))
                .map(mark -> key(mark).addOffsetDateTime(mark.createdAt().atOffset(ZoneOffset.UTC)))
                .toList();
        transactions.inSystem(connection -> connection.preparedQuery(ADD).executeBatch(rows));
    }

    /** Marks made before that time, newest first, at most 2,000. */
    List<Mark> read(Instant before) {
        List<Mark> marks = new ArrayList<>();
        transactions
                .inSystem(connection ->
                        connection.preparedQuery(READ).execute(Tuple.of(before.atOffset(ZoneOffset.UTC), MOST)))
                .forEach(row -> marks.add(mark(row)));
        return marks;
    }

    void remove(List<Mark> marks) {
        if (marks.isEmpty()) {
            return;
        }
        List<Tuple> rows = marks.stream().map(PostgresSystemMarks::key).toList();
        transactions.inSystem(connection -> connection.preparedQuery(REMOVE).executeBatch(rows));
    }

    /** How many were made before that time and are given up now. */
    int expire(Instant before) {
        return transactions.inSystem(connection -> connection
                .preparedQuery(EXPIRE)
                .execute(Tuple.of(before.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.rowCount()));
    }

    private static Tuple key(Mark mark) {
        Tuple tuple = Tuple.tuple().addString(mark.tenant());
        tuple.getDelegate()
                .addBuffer(Buffer.buffer(mark.traceId().toByteArray()))
                .addBuffer(Buffer.buffer(mark.spanId().toByteArray()))
                .addString(mark.rule().id());
        return tuple;
    }

    private static Mark mark(Row row) {
        return new Mark(
                row.getString("tenant"),
                bytes(row, "trace_id"),
                bytes(row, "span_id"),
                Rule.valueOf(row.getString("rule").toUpperCase(Locale.ROOT).replace('-', '_')),
                row.getOffsetDateTime("created_at").toInstant());
    }

    private static ByteString bytes(Row row, String column) {
        return ByteString.copyFrom(row.getDelegate().getBuffer(column).getBytes());
    }
}
