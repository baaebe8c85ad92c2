package io.pentameter.aggregation.accounting;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.TenantQuery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Lists records that could not be stored. */
final class SqlDeadLetters {

    private final Reads reads;

    SqlDeadLetters(Reads reads) {
        this.reads = reads;
    }

    /** @param id topic, partition and offset in the log */
    record Letter(
            String id,
            String reason,
            String key,
            Instant receivedAt,
            long bytes,
            @JsonIgnore List<String> position) {}

    /** One more than asked for, if there are more. */
    List<Letter> list(String tenant, int limit, Optional<List<String>> position) {
        Bindings bindings = new Bindings();
        String after = position.map(
                        last -> " AND (toUnixTimestamp64Micro(received_at), topic, kafka_partition, kafka_offset)"
                                + " < (" + bindings.number(Long.parseLong(last.get(0))) + ", "
                                + bindings.text(last.get(1)) + ", "
                                + bindings.number(Long.parseLong(last.get(2))) + ", "
                                + bindings.number(Long.parseLong(last.get(3))) + ")")
                .orElse("");
        String sql = "SELECT toUnixTimestamp64Micro(received_at), topic, kafka_partition, kafka_offset, reason, key_id,"
                + " length(record) FROM dead_letter FINAL WHERE " + TenantQuery.TENANT + after
                + " ORDER BY received_at DESC, topic DESC, kafka_partition DESC, kafka_offset DESC LIMIT "
                + (limit + 1);
        return reads.read(new TenantQuery(tenant, sql, bindings), row -> {
            long micros = row.getLong(1);
            List<String> place = List.of(String.valueOf(micros), row.getString(2), row.getString(3), row.getString(4));
            return new Letter(
                    String.join(":", place.subList(1, 4)),
                    row.getString(5),
                    row.getString(6),
                    Instant.ofEpochSecond(
                            Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L),
                    row.getLong(7),
                    place);
        });
    }
}
