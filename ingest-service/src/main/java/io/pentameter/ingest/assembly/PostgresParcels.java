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

/**
 * What deliveries have brought to traces: one row for each delivery and trace, with the pieces that were new and what the log
 * was told because of them. For one tenant; row-level security holds it to that tenant. The traces must be locked.
 */
final class PostgresParcels {

    private final Connection connection;
    private final String tenant;

    PostgresParcels(Connection connection, String tenant) {
        this.connection = connection;
        this.tenant = tenant;
    }

    /**
     * What a delivery brought to a trace.
     *
     * @param versionUs the trace's when it was brought
     * @param pieces    that were not there before, one or more
     * @param told      the spans that the log was told
     */
    record Parcel(ByteString traceId, long versionUs, Collection<Fragment> pieces, List<Published.State> told) {}

    /** All that was brought to each of the traces so far; nothing for a trace that nothing was brought to. */
    Map<ByteString, TraceStore> of(Collection<ByteString> traceIds) throws SQLException {
        if (traceIds.isEmpty()) {
            return Map.of();
        }
        String sql = """
                select trace_id, pieces, told from parcel
                where tenant = ? and trace_id = any(?) order by trace_id, version_us""";
        Map<ByteString, TraceStore> found = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant);
            statement.setArray(2, connection.createArrayOf("bytea", PostgresTraces.bytes(traceIds)));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ByteString traceId = ByteString.copyFrom(rows.getBytes(1));
                    TraceStore store = found.computeIfAbsent(traceId, _ -> new TraceStore());
                    store.add(PieceBytes.read(traceId, rows.getBytes(2)));
                    store.told(Published.State.read(rows.getBytes(3)));
                }
            }
        }
        return found;
    }

    void add(List<Parcel> parcels) throws SQLException {
        if (parcels.isEmpty()) {
            return;
        }
        String sql = """
                insert into parcel (tenant, trace_id, version_us, pieces, told)
                select ?, parcel.* from unnest(?, ?, ?, ?) as parcel""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant);
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "bytea",
                            PostgresTraces.bytes(
                                    parcels.stream().map(Parcel::traceId).toList())));
            statement.setArray(
                    3,
                    connection.createArrayOf(
                            "int8", parcels.stream().map(Parcel::versionUs).toArray(Long[]::new)));
            statement.setArray(
                    4,
                    connection.createArrayOf(
                            "bytea",
                            parcels.stream()
                                    .map(parcel -> PieceBytes.write(parcel.pieces()))
                                    .toArray(byte[][]::new)));
            statement.setArray(
                    5,
                    connection.createArrayOf(
                            "bytea",
                            parcels.stream()
                                    .map(parcel -> Published.State.write(parcel.told()))
                                    .toArray(byte[][]::new)));
            statement.executeUpdate();
        }
    }

    /** Notes where spans lie, so that what names a span alone finds its trace. */
    void place(List<Place> places) throws SQLException {
        if (places.isEmpty()) {
            return;
        }
        String sql = """
                insert into span_place (tenant, span_id, trace_id)
                select ?, place.* from unnest(?, ?) as place on conflict do nothing""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant);
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "bytea",
                            PostgresTraces.bytes(
                                    places.stream().map(Place::spanId).toList())));
            statement.setArray(
                    3,
                    connection.createArrayOf(
                            "bytea",
                            PostgresTraces.bytes(
                                    places.stream().map(Place::traceId).toList())));
            statement.executeUpdate();
        }
    }

    /** A span and its trace. */
    record Place(ByteString spanId, ByteString traceId) {}
}
