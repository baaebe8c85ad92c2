package io.pentameter.ingest.intent;

import io.pentameter.ingest.classify.Training;
import io.pentameter.ingest.signal.DerivedId;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;

/** Examples and the state of training in PostgreSQL; row-level security holds each transaction to its tenant. */
@Singleton
class PostgresIntents {

    private final DataSource database;

    PostgresIntents(DataSource database) {
        this.database = database;
    }

    /** The store is away; the same request may succeed later. */
    static final class AwayException extends RuntimeException {

        AwayException(SQLException cause) {
            super("the store of examples is away", cause);
        }
    }

    /**
     * What was trained last.
     *
     * @param version empty for the default
     * @param quality JSON
     */
    record State(long number, String version, Instant trainedAt, String quality) {}

    /** Something to do in a transaction. */
    @FunctionalInterface
    interface Work<T> {

        T in(Connection connection) throws SQLException;
    }

    /** @throws AwayException if the database is */
    <T> T transaction(String tenant, Work<T> work) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                try (PreparedStatement scope =
                        connection.prepareStatement("select set_config('app.tenant', ?, true)")) {
                    scope.setString(1, tenant);
                    scope.execute();
                }
                T result = work.in(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw new AwayException(e);
        }
    }

    /** Keeps examples; the same text again takes the new label. */
    static void keep(Connection connection, String tenant, List<Training.Labelled> examples) throws SQLException {
        String sql = """
                insert into intent_example (tenant, id, label, text) values (?, ?, ?, ?)
                on conflict (tenant, id) do update set label = excluded.label""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Training.Labelled example : examples) {
                statement.setString(1, tenant);
                statement.setBytes(2, HexFormat.of().parseHex(DerivedId.of("", example.text())));
                statement.setString(3, example.label());
                statement.setString(4, example.text());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** Most examples of a label that come from clients. */
    private static final int MAX_LEARNED = 200;

    /** Keeps examples that clients gave, as long as their label has few; what was given by hand stays as it is. */
    static void learn(Connection connection, String tenant, List<Training.Labelled> examples) throws SQLException {
        String sql = """
                insert into intent_example (tenant, id, label, text)
                select ?, ?, ?, ? where (select count(*) from intent_example where tenant = ? and label = ?) < ?
                  and (select count(*) from intent_example where tenant = ?) < ?
                  and (select count(distinct label) from intent_example where tenant = ? and label <> ?) < ?
                on conflict do nothing""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Training.Labelled example : examples) {
                statement.setString(1, tenant);
                statement.setBytes(2, HexFormat.of().parseHex(DerivedId.of("", example.text())));
                statement.setString(3, example.label());
                statement.setString(4, example.text());
                statement.setString(5, tenant);
                statement.setString(6, example.label());
                statement.setInt(7, MAX_LEARNED);
                statement.setString(8, tenant);
                statement.setInt(9, Training.MAX_EXAMPLES);
                statement.setString(10, tenant);
                statement.setString(11, example.label());
                statement.setInt(12, Training.MAX_LABELS);
                statement.executeUpdate();
            }
        }
    }

    static void setLearning(Connection connection, String tenant, boolean learns) throws SQLException {
        String sql = learns
                ? "insert into intent_learning (tenant) values (?) on conflict do nothing"
                : "delete from intent_learning where tenant = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant);
            statement.executeUpdate();
        }
    }

    static boolean isLearning(Connection connection, String tenant) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select 1 from intent_learning where tenant = ?")) {
            statement.setString(1, tenant);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** All tenants that want to learn from what their clients say. */
    Set<String> learning() throws SQLException {
        Set<String> tenants = new HashSet<>();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement scope = connection.createStatement();
                    PreparedStatement statement = connection.prepareStatement("select tenant from intent_learning")) {
                scope.execute("set local app.scope = 'system'");
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        tenants.add(rows.getString(1));
                    }
                }
            } finally {
                connection.rollback();
            }
        }
        return tenants;
    }

    /** How many examples each label has. */
    static SortedMap<String, Integer> counts(Connection connection, String tenant) throws SQLException {
        String sql = "select label, count(*) from intent_example where tenant = ? group by label";
        SortedMap<String, Integer> counts = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    counts.put(rows.getString(1), rows.getInt(2));
                }
            }
        }
        return counts;
    }

    static List<Training.Labelled> examples(Connection connection, String tenant) throws SQLException {
        String sql = "select text, label from intent_example where tenant = ? order by id limit ?";
        List<Training.Labelled> examples = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant);
            statement.setInt(2, Training.MAX_EXAMPLES);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    examples.add(new Training.Labelled(rows.getString(1), rows.getString(2)));
                }
            }
        }
        return examples;
    }

    /** How many there were. */
    static int remove(Connection connection, String tenant, String label) throws SQLException {
        String sql = "delete from intent_example where tenant = ? and label = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant);
            statement.setString(2, label);
            return statement.executeUpdate();
        }
    }

    static Optional<State> state(Connection connection, String tenant) throws SQLException {
        String sql = "select number, version, trained_at, quality from intent_model where tenant = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? Optional.of(new State(
                                rows.getLong(1),
                                rows.getString(2),
                                rows.getTimestamp(3).toInstant(),
                                rows.getString(4)))
                        : Optional.empty();
            }
        }
    }

    /** Notes a training, and locks it until the end of the transaction; returns its number. */
    static long trained(Connection connection, String tenant, String version, Instant at, String quality)
            throws SQLException {
        String sql = """
                insert into intent_model (tenant, number, version, trained_at, quality) values (?, 1, ?, ?, ?)
                on conflict (tenant) do update set number = intent_model.number + 1, version = excluded.version,
                trained_at = excluded.trained_at, quality = excluded.quality
                returning number""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant);
            statement.setString(2, version);
            statement.setTimestamp(3, Timestamp.from(at));
            statement.setString(4, quality);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }
}
