package io.pentameter.ingest.assembly;

import com.google.protobuf.ByteString;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * The rows of traces, which are locked by whoever adds to them until the end of the transaction. For one tenant; row-level
 * security holds it to that tenant.
 */
final class PostgresTraces {

    private final Connection connection;
    private final String tenant;

    PostgresTraces(Connection connection, String tenant) {
        this.connection = connection;
        this.tenant = tenant;
    }

    /**
     * A trace whose row is locked until the end of the transaction.
     *
     * @param before    how many pieces and events it had
     * @param versionUs time of receipt for what is told of it now: later than all that was told before
     */
    record Trace(int before, long versionUs) {}

    /** Locks a trace and adds nothing to it. */
    Trace lock(ByteString traceId, long nowUs) throws SQLException {
        SequencedMap<ByteString, Integer> one = new TreeMap<>(ByteString.unsignedLexicographicalComparator());
        one.put(traceId, 0);
        return Objects.requireNonNull(lock(one, nowUs).get(traceId));
    }

    /**
     * Locks traces, and counts what comes to each as if nothing of it were there yet; {@link #add} corrects that.
     *
     * @param more by trace, in the order in which the rows are locked: the same for all, so that none waits in a circle
     */
    Map<ByteString, Trace> lock(SequencedMap<ByteString, Integer> more, long nowUs) throws SQLException {
        String sql = """
                insert into trace (tenant, trace_id, fragments, version_us, touched_at)
                select ?, id, more, ?, now() from unnest(?, ?) with ordinality as asked (id, more, place) order by place
                on conflict (tenant, trace_id) do update
                set fragments = trace.fragments + excluded.fragments,
                    version_us = greatest(trace.version_us + 1, excluded.version_us), touched_at = now()
                returning trace_id, fragments, version_us""";
        Map<ByteString, Trace> locked = HashMap.newHashMap(more.size());
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant);
            statement.setLong(2, nowUs);
            statement.setArray(3, connection.createArrayOf("bytea", bytes(more.keySet())));
            statement.setArray(4, connection.createArrayOf("int4", more.values().toArray(Integer[]::new)));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ByteString traceId = ByteString.copyFrom(rows.getBytes(1));
                    locked.put(traceId, new Trace(rows.getInt(2) - more.getOrDefault(traceId, 0), rows.getLong(3)));
                }
            }
        }
        return locked;
    }

    /** Adds to the counts of locked traces; takes away what is below zero. */
    void add(Map<ByteString, Integer> more) throws SQLException {
        if (more.isEmpty()) {
            return;
        }
        String sql = """
                update trace set fragments = fragments + more from unnest(?, ?) as asked (id, more)
                where trace.tenant = ? and trace.trace_id = asked.id""";
        List<Map.Entry<ByteString, Integer>> entries = List.copyOf(more.entrySet());
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "bytea",
                            bytes(entries.stream().map(Map.Entry::getKey).toList())));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "int4", entries.stream().map(Map.Entry::getValue).toArray(Integer[]::new)));
            statement.setString(3, tenant);
            statement.executeUpdate();
        }
    }

    /** The trace in which a span lies whose client may name it alone. */
    Optional<ByteString> of(ByteString spanId) throws SQLException {
        String sql = "select trace_id from span_place where tenant = ? and span_id = ? order by trace_id limit 1";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant);
            statement.setBytes(2, spanId.toByteArray());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(ByteString.copyFrom(rows.getBytes(1))) : Optional.empty();
            }
        }
    }

    static byte[][] bytes(Collection<ByteString> ids) {
        return ids.stream().map(ByteString::toByteArray).toArray(byte[][]::new);
    }
}
