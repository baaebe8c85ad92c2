package io.pentameter.ingest.assembly;

import com.google.protobuf.ByteString;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;

/**
 * What {@link PostgresFragments} does for one trace, done for all traces of a delivery by one statement each: a delivery costs
 * as many round trips as a trace.
 */
final class PostgresBatch {

    private final Connection connection;
    private final String tenant;
    private final PostgresFragments single;

    PostgresBatch(Connection connection, String tenant) {
        this.connection = connection;
        this.tenant = tenant;
        this.single = new PostgresFragments(connection, tenant);
    }

    /** @param traceIds in the order in which their rows are locked: the same for all deliveries, so that none waits in a circle */
    Map<ByteString, PostgresFragments.Trace> lock(SequencedCollection<ByteString> traceIds, long nowUs)
            throws SQLException {
        String sql = """
                insert into trace (tenant, trace_id, fragments, version_us, touched_at)
                select ?, id, 0, ?, now() from unnest(?) with ordinality as asked (id, place) order by place
                on conflict (tenant, trace_id) do update
                set version_us = greatest(trace.version_us + 1, excluded.version_us), touched_at = now()
                returning trace_id, fragments, version_us""";
        Map<ByteString, PostgresFragments.Trace> locked = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant);
            statement.setLong(2, nowUs);
            statement.setArray(3, connection.createArrayOf("bytea", bytes(traceIds)));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    locked.put(
                            ByteString.copyFrom(rows.getBytes(1)),
                            new PostgresFragments.Trace(rows.getInt(2), rows.getLong(3)));
                }
            }
        }
        return locked;
    }

    /** Adds pieces of locked traces; how many were not there yet, of each trace that got any. */
    Map<ByteString, Integer> add(List<Fragment> fragments) throws SQLException {
        String sql = """
                with added as (
                    insert into fragment (tenant, trace_id, span_id, piece, is_update, time_ns, facts)
                    select ?, piece.* from unnest(?, ?, ?, ?, ?, ?) as piece
                    on conflict do nothing returning trace_id),
                counted as (select trace_id, count(*)::integer as pieces from added group by trace_id)
                update trace set fragments = fragments + pieces from counted
                where trace.tenant = ? and trace.trace_id = counted.trace_id
                returning trace.trace_id, pieces""";
        int size = fragments.size();
        byte[][] traceIds = new byte[size][];
        byte[][] spanIds = new byte[size][];
        byte[][] pieces = new byte[size][];
        Boolean[] updates = new Boolean[size];
        Long[] times = new Long[size];
        byte[][] facts = new byte[size][];
        for (int i = 0; i < size; i++) {
            Fragment fragment = fragments.get(i);
            traceIds[i] = fragment.traceId().toByteArray();
            spanIds[i] = fragment.spanId().toByteArray();
            pieces[i] = fragment.order().key().toByteArray();
            updates[i] = fragment.order().isUpdate();
            times[i] = fragment.order().timeNs();
            facts[i] = FactJson.write(fragment.facts());
        }
        Map<ByteString, Integer> added = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant);
            statement.setArray(2, connection.createArrayOf("bytea", traceIds));
            statement.setArray(3, connection.createArrayOf("bytea", spanIds));
            statement.setArray(4, connection.createArrayOf("bytea", pieces));
            statement.setArray(5, connection.createArrayOf("bool", updates));
            statement.setArray(6, connection.createArrayOf("int8", times));
            statement.setArray(7, connection.createArrayOf("bytea", facts));
            statement.setString(8, tenant);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    added.put(ByteString.copyFrom(rows.getBytes(1)), rows.getInt(2));
                }
            }
        }
        return added;
    }

    /** All pieces of each of the traces. */
    Map<ByteString, List<Fragment>> fragments(Collection<ByteString> traceIds) throws SQLException {
        return single.fragments(traceIds);
    }

    /** What the log was told last of each span, by trace. */
    Map<ByteString, Map<ByteString, Published.State>> states(Collection<ByteString> traceIds) throws SQLException {
        return single.states(traceIds);
    }

    /** Notes what the log is told now, by trace. */
    void keep(Map<ByteString, List<Published.State>> told) throws SQLException {
        Map<List<ByteString>, Published.State> last = new LinkedHashMap<>();
        told.forEach((traceId, states) -> states.forEach(state -> last.put(List.of(traceId, state.spanId()), state)));
        if (last.isEmpty()) {
            return;
        }
        String sql = """
                insert into told (tenant, trace_id, span_id, start_ns, digest)
                select ?, state.* from unnest(?, ?, ?, ?) as state
                on conflict (tenant, trace_id, span_id) do update
                set start_ns = excluded.start_ns, digest = excluded.digest""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant);
            statement.setArray(2, connection.createArrayOf("bytea", bytes(column(last, 0))));
            statement.setArray(3, connection.createArrayOf("bytea", bytes(column(last, 1))));
            statement.setArray(
                    4,
                    connection.createArrayOf(
                            "int8",
                            last.values().stream().map(Published.State::startNs).toArray(Long[]::new)));
            statement.setArray(
                    5,
                    connection.createArrayOf(
                            "bytea",
                            bytes(last.values().stream()
                                    .map(Published.State::digest)
                                    .toList())));
            statement.executeUpdate();
        }
    }

    private static List<ByteString> column(Map<List<ByteString>, Published.State> states, int index) {
        return states.keySet().stream().map(ids -> ids.get(index)).toList();
    }

    private static byte[][] bytes(Collection<ByteString> ids) {
        return ids.stream().map(ByteString::toByteArray).toArray(byte[][]::new);
    }
}
