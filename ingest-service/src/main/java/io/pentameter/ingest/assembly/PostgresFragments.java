package io.pentameter.ingest.assembly;

import com.google.protobuf.ByteString;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The statements of one transaction, for one tenant; row-level security holds it to that tenant. */
final class PostgresFragments {

    private final Connection connection;
    private final String tenant;

    PostgresFragments(Connection connection, String tenant) {
        this.connection = connection;
        this.tenant = tenant;
    }

    /**
     * A trace whose row is locked until the end of the transaction.
     *
     * @param fragments how many pieces it has
     * @param versionUs time of receipt for what is told of it now: later than all that was told before
     */
    record Trace(int fragments, long versionUs) {}

    Trace lock(ByteString traceId, long nowUs) throws SQLException {
        String sql = """
                insert into trace (tenant, trace_id, fragments, version_us, touched_at) values (?, ?, 0, ?, now())
                on conflict (tenant, trace_id) do update
                set version_us = greatest(trace.version_us + 1, excluded.version_us), touched_at = now()
                returning fragments, version_us""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant);
            statement.setBytes(2, traceId.toByteArray());
            statement.setLong(3, nowUs);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return new Trace(rows.getInt(1), rows.getLong(2));
            }
        }
    }

    /** Adds pieces; how many were not there yet. */
    int add(ByteString traceId, List<Fragment> fragments) throws SQLException {
        String sql = """
                insert into fragment (tenant, trace_id, span_id, piece, is_update, time_ns, facts)
                values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Fragment fragment : fragments) {
                statement.setString(1, tenant);
                statement.setBytes(2, traceId.toByteArray());
                statement.setBytes(3, fragment.spanId().toByteArray());
                statement.setBytes(4, fragment.order().key().toByteArray());
                statement.setBoolean(5, fragment.order().isUpdate());
                statement.setLong(6, fragment.order().timeNs());
                statement.setBytes(7, FactJson.write(fragment.facts()));
                statement.addBatch();
            }
            int added = 0;
            for (int count : statement.executeBatch()) {
                added += count == Statement.SUCCESS_NO_INFO ? 1 : Math.max(0, count);
            }
            return added;
        }
    }

    void count(ByteString traceId, int added) throws SQLException {
        String sql = "update trace set fragments = fragments + ? where tenant = ? and trace_id = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, added);
            statement.setString(2, tenant);
            statement.setBytes(3, traceId.toByteArray());
            statement.executeUpdate();
        }
    }

    List<Fragment> fragments(ByteString traceId) throws SQLException {
        return fragments(List.of(traceId)).getOrDefault(traceId, List.of());
    }

    /** All pieces of each of the traces. */
    Map<ByteString, List<Fragment>> fragments(Collection<ByteString> traceIds) throws SQLException {
        String sql = "select trace_id, span_id, piece, is_update, time_ns, facts from fragment"
                + " where tenant = ? and trace_id = any(?)";
        Map<ByteString, List<Fragment>> found = new HashMap<>();
        try (PreparedStatement statement = of(sql, traceIds);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                ByteString traceId = ByteString.copyFrom(rows.getBytes(1));
                Fragment.Order order =
                        new Fragment.Order(rows.getBoolean(4), rows.getLong(5), ByteString.copyFrom(rows.getBytes(3)));
                found.computeIfAbsent(traceId, _ -> new ArrayList<>())
                        .add(new Fragment(
                                traceId,
                                ByteString.copyFrom(rows.getBytes(2)),
                                order,
                                FactJson.read(rows.getBytes(6))));
            }
        }
        return found;
    }

    /** What the log was told last of each span of the trace. */
    Map<ByteString, Published.State> states(ByteString traceId) throws SQLException {
        return states(List.of(traceId)).getOrDefault(traceId, Map.of());
    }

    /** What the log was told last of each span, by trace. */
    Map<ByteString, Map<ByteString, Published.State>> states(Collection<ByteString> traceIds) throws SQLException {
        String sql = "select trace_id, span_id, start_ns, digest from told where tenant = ? and trace_id = any(?)";
        Map<ByteString, Map<ByteString, Published.State>> states = new HashMap<>();
        try (PreparedStatement statement = of(sql, traceIds);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                ByteString spanId = ByteString.copyFrom(rows.getBytes(2));
                states.computeIfAbsent(ByteString.copyFrom(rows.getBytes(1)), _ -> new HashMap<>())
                        .put(
                                spanId,
                                new Published.State(spanId, rows.getLong(3), ByteString.copyFrom(rows.getBytes(4))));
            }
        }
        return states;
    }

    private PreparedStatement of(String sql, Collection<ByteString> traceIds) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setString(1, tenant);
        statement.setArray(
                2,
                connection.createArrayOf(
                        "bytea", traceIds.stream().map(ByteString::toByteArray).toArray(byte[][]::new)));
        return statement;
    }

    Optional<ByteString> traceOf(ByteString spanId) throws SQLException {
        String sql = "select trace_id from told where tenant = ? and span_id = ? order by trace_id limit 1";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant);
            statement.setBytes(2, spanId.toByteArray());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(ByteString.copyFrom(rows.getBytes(1))) : Optional.empty();
            }
        }
    }

    void keep(ByteString traceId, List<Published.State> states) throws SQLException {
        String sql = """
                insert into told (tenant, trace_id, span_id, start_ns, digest) values (?, ?, ?, ?, ?)
                on conflict (tenant, trace_id, span_id) do update
                set start_ns = excluded.start_ns, digest = excluded.digest""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Published.State state : states) {
                statement.setString(1, tenant);
                statement.setBytes(2, traceId.toByteArray());
                statement.setBytes(3, state.spanId().toByteArray());
                statement.setLong(4, state.startNs());
                statement.setBytes(5, state.digest().toByteArray());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
