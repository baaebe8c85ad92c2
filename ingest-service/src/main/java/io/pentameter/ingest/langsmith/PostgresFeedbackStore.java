package io.pentameter.ingest.langsmith;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.ingest.assembly.PostgresTransactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Optional;

/** In PostgreSQL; row-level security holds each transaction to its tenant. */
@ApplicationScoped
class PostgresFeedbackStore implements FeedbackStore {

    private final PostgresTransactions transactions;

    PostgresFeedbackStore(PostgresTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public void put(String tenant, Kept feedback) {
        String sql = """
                insert into langsmith_feedback
                  (tenant, feedback_id, run_id, trace_id, source, record, created_at, modified_at)
                values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (tenant, feedback_id) do update
                set run_id = excluded.run_id, trace_id = excluded.trace_id, source = excluded.source,
                    record = excluded.record, modified_at = excluded.modified_at""";
        in(tenant, sql, statement -> {
            statement.setString(1, tenant);
            statement.setString(2, feedback.id());
            statement.setString(3, feedback.runId());
            statement.setString(4, feedback.traceId());
            statement.setString(5, feedback.source());
            statement.setBytes(6, feedback.score().toByteArray());
            statement.setTimestamp(7, Timestamp.from(feedback.createdAt()));
            statement.setTimestamp(8, Timestamp.from(feedback.modifiedAt()));
            return statement.executeUpdate();
        });
    }

    @Override
    public Optional<Kept> get(String tenant, String id) {
        String sql = """
                select run_id, trace_id, source, record, created_at, modified_at from langsmith_feedback
                where tenant = ? and feedback_id = ?""";
        return in(tenant, sql, statement -> {
            statement.setString(1, tenant);
            statement.setString(2, id);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(kept(id, rows)) : Optional.empty();
            }
        });
    }

    @Override
    public void remove(String tenant, String id) {
        String sql = "delete from langsmith_feedback where tenant = ? and feedback_id = ?";
        in(tenant, sql, statement -> {
            statement.setString(1, tenant);
            statement.setString(2, id);
            return statement.executeUpdate();
        });
    }

    private static Kept kept(String id, ResultSet row) throws SQLException {
        try {
            return new Kept(
                    id,
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    ScoreRecord.parseFrom(row.getBytes(4)),
                    row.getTimestamp(5).toInstant(),
                    row.getTimestamp(6).toInstant());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a stored score cannot be read", e);
        }
    }

    private interface Work<T> {
        T with(PreparedStatement statement) throws SQLException;
    }

    private <T> T in(String tenant, String sql, Work<T> work) {
        return transactions.of(tenant, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                return work.with(statement);
            }
        });
    }
}
