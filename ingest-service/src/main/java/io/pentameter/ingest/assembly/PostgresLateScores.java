package io.pentameter.ingest.assembly;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.pentameter.contracts.PartitionKey;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.ingest.publish.LogRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Scores that do not know the ids of their span, and wait until it comes. */
final class PostgresLateScores {

    private static final int MAX_IDS = 10_000;

    private final PostgresTransactions transactions;
    private final LateLog log;
    private final int most;

    /** @param most scores of a tenant that may wait */
    PostgresLateScores(PostgresTransactions transactions, LateLog log, int most) {
        this.transactions = transactions;
        this.log = log;
        this.most = most;
    }

    /** Keeps scores; all or none. How many there is no room for. */
    int keep(String tenant, List<LateSpans.WaitingScore> scores) {
        if (scores.isEmpty()) {
            return 0;
        }
        return transactions.of(tenant, connection -> {
            Statements statements = new Statements(connection, tenant);
            if (!statements.hasRoom(most)) {
                return scores.size();
            }
            statements.put(scores);
            return 0;
        });
    }

    /** Tells the log of those that wait for one of these names and whose span is known now. */
    void appendFound(String tenant, List<String> names) {
        for (int from = 0; from < names.size(); from += MAX_IDS) {
            List<String> ids = names.subList(from, Math.min(names.size(), from + MAX_IDS));
            List<LateSpans.WaitingScore> found =
                    transactions.of(tenant, connection -> new Statements(connection, tenant).found(ids));
            if (found.isEmpty()) {
                continue;
            }
            log.scores(found.stream()
                    .map(score -> new LogRecord(
                            PartitionKey.ofTrace(
                                    tenant, score.score().getTraceId().toByteArray()),
                            score.score().toByteArray()))
                    .toList());
            transactions.of(tenant, connection -> {
                new Statements(connection, tenant).remove(found);
                return true;
            });
        }
    }

    /** Those of one transaction. */
    private static final class Statements {

        private final Connection connection;
        private final String tenant;

        Statements(Connection connection, String tenant) {
            this.connection = connection;
            this.tenant = tenant;
        }

        /** Whether there is room for more scores that wait. */
        boolean hasRoom(int most) throws SQLException {
            String sql = "select count(*) from (select 1 from late_score where tenant = ? limit ?) as few";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, tenant);
                statement.setInt(2, most);
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next() && rows.getInt(1) < most;
                }
            }
        }

        void put(List<LateSpans.WaitingScore> scores) throws SQLException {
            String sql = """
                    insert into late_score (tenant, name, score_id, record) values (?, ?, ?, ?)
                    on conflict (tenant, name, score_id) do update set record = excluded.record, touched_at = now()""";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (LateSpans.WaitingScore score : scores) {
                    statement.setString(1, tenant);
                    statement.setString(2, PostgresLate.storable(score.name()));
                    statement.setString(3, PostgresLate.storable(score.score().getScoreId()));
                    statement.setBytes(4, score.score().toByteArray());
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        }

        /** The scores that wait for one of these names and whose span is known now, with its ids; each once. */
        List<LateSpans.WaitingScore> found(Collection<String> names) throws SQLException {
            String sql = """
                    select name, score.record, span.trace_id, span.span_id
                    from late_score as score join late_name as span using (tenant, name)
                    where tenant = ? and name = any(?) order by span.trace_id, span.span_id""";
            Map<String, LateSpans.WaitingScore> found = new LinkedHashMap<>();
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, tenant);
                statement.setArray(
                        2,
                        connection.createArrayOf(
                                "text",
                                names.stream().map(PostgresLate::storable).toArray()));
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        ScoreRecord score = ScoreRecord.parseFrom(rows.getBytes(2)).toBuilder()
                                .setTraceId(ByteString.copyFrom(rows.getBytes(3)))
                                .setSpanId(ByteString.copyFrom(rows.getBytes(4)))
                                .build();
                        found.putIfAbsent(score.getScoreId(), new LateSpans.WaitingScore(rows.getString(1), score));
                    }
                }
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException("a stored score cannot be read", e);
            }
            return List.copyOf(found.values());
        }

        void remove(List<LateSpans.WaitingScore> scores) throws SQLException {
            String sql = "delete from late_score where tenant = ? and name = ? and score_id = ?";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (LateSpans.WaitingScore score : scores) {
                    statement.setString(1, tenant);
                    statement.setString(2, score.name());
                    statement.setString(3, PostgresLate.storable(score.score().getScoreId()));
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        }
    }
}
