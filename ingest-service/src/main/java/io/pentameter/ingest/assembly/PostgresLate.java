package io.pentameter.ingest.assembly;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.ingest.intake.Joinable;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The statements about late parts of one transaction, for one tenant, whose scope {@link PostgresTransactions} has set. */
final class PostgresLate {

    private final Connection connection;
    private final String tenant;

    PostgresLate(Connection connection, String tenant) {
        this.connection = connection;
        this.tenant = tenant;
    }

    void addSender(boolean namesSpans) throws SQLException {
        String sql = """
                insert into event_sender (tenant, names_spans) values (?, ?) on conflict (tenant) do update
                set names_spans = event_sender.names_spans or excluded.names_spans""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant);
            statement.setBoolean(2, namesSpans);
            statement.executeUpdate();
        }
    }

    /** Keeps the spans of one trace; a span that came again replaces itself. */
    void putSpans(ByteString traceId, Collection<Joinable> spans) throws SQLException {
        String sql = """
                insert into late_span (tenant, trace_id, span_id, record) values (?, ?, ?, ?)
                on conflict (tenant, trace_id, span_id) do update set record = excluded.record""";
        String named =
                "insert into late_name (tenant, name, trace_id, span_id) values (?, ?, ?, ?) on conflict do nothing";
        try (PreparedStatement statement = connection.prepareStatement(sql);
                PreparedStatement names = connection.prepareStatement(named)) {
            for (Joinable span : spans) {
                if (span.lacksPayload()) {
                    statement.setString(1, tenant);
                    statement.setBytes(2, traceId.toByteArray());
                    statement.setBytes(3, span.spanId().toByteArray());
                    statement.setBytes(4, span.logged().value());
                    statement.addBatch();
                }
                for (String name : span.names()) {
                    names.setString(1, tenant);
                    names.setString(2, storable(name));
                    names.setBytes(3, traceId.toByteArray());
                    names.setBytes(4, span.spanId().toByteArray());
                    names.addBatch();
                }
            }
            statement.executeBatch();
            names.executeBatch();
        }
    }

    /** The span without its payload; absent if it has not come, or has a payload of its own. */
    @Nullable
    SpanRecord span(ByteString traceId, ByteString spanId) throws SQLException {
        String sql = "select record from late_span where tenant = ? and trace_id = ? and span_id = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant);
            statement.setBytes(2, traceId.toByteArray());
            statement.setBytes(3, spanId.toByteArray());
            try (ResultSet rows = statement.executeQuery()) {
                byte[] record = rows.next() ? rows.getBytes(1) : null;
                return record == null ? null : SpanRecord.parseFrom(record);
            }
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a stored span cannot be read", e);
        }
    }

    /** Adds events of one trace; how many were not there yet. */
    int addEvents(ByteString traceId, List<LateEvent> events) throws SQLException {
        String sql = """
                insert into late_event (tenant, trace_id, span_id, piece, time_ns, position, kind, input, input_size,
                                        output, output_size, finish, redacted, facts)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (LateEvent event : events) {
                statement.setString(1, tenant);
                statement.setBytes(2, traceId.toByteArray());
                statement.setBytes(3, event.spanId().toByteArray());
                statement.setBytes(4, event.key().toByteArray());
                statement.setLong(5, event.timeNs());
                statement.setInt(6, event.position());
                statement.setInt(7, event.kind().code());
                statement.setBytes(8, event.input().getBytes(StandardCharsets.UTF_8));
                statement.setLong(9, event.inputSize());
                statement.setBytes(10, event.output().getBytes(StandardCharsets.UTF_8));
                statement.setLong(11, event.outputSize());
                statement.setString(12, storable(event.finish()));
                statement.setArray(
                        13, connection.createArrayOf("text", event.redacted().toArray()));
                statement.setString(14, storable(event.facts().json()));
                statement.addBatch();
            }
            int added = 0;
            for (int count : statement.executeBatch()) {
                added += count == Statement.SUCCESS_NO_INFO ? 1 : Math.max(0, count);
            }
            return added;
        }
    }

    /** All events of one trace, by span. */
    Map<ByteString, List<LateEvent>> events(ByteString traceId) throws SQLException {
        String sql = """
                select span_id, piece, time_ns, position, kind, input, input_size, output, output_size, finish, redacted, facts
                from late_event where tenant = ? and trace_id = ?""";
        Map<ByteString, List<LateEvent>> found = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant);
            statement.setBytes(2, traceId.toByteArray());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    LateEvent event = event(traceId, rows);
                    found.computeIfAbsent(event.spanId(), _ -> new ArrayList<>())
                            .add(event);
                }
            }
        }
        return found;
    }

    private static LateEvent event(ByteString traceId, ResultSet row) throws SQLException {
        Array redacted = row.getArray(11);
        Set<String> words = new HashSet<>(Arrays.asList((String[]) redacted.getArray()));
        return new LateEvent(
                traceId,
                ByteString.copyFrom(row.getBytes(1)),
                ByteString.copyFrom(row.getBytes(2)),
                row.getLong(3),
                row.getInt(4),
                LateEvent.Kind.of(row.getInt(5)),
                new String(row.getBytes(6), StandardCharsets.UTF_8),
                row.getLong(7),
                new String(row.getBytes(8), StandardCharsets.UTF_8),
                row.getLong(9),
                row.getString(10),
                words,
                LateFacts.of(row.getString(12)));
    }

    /** PostgreSQL has no zero character in a text. */
    static String storable(String text) {
        return text.replace("\0", "");
    }
}
