package io.pentameter.aggregation.outcome;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pentameter.aggregation.engine.ArrayColumn;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Micros;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.aggregation.money.Usd;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists outcomes of a tenant, newest first; of each id the latest, and none that was taken back. */
final class SqlOutcomes {

    private static final String NO_TRACE = "00000000000000000000000000000000";

    private final Reads reads;

    SqlOutcomes(Reads reads) {
        this.reads = reads;
    }

    /**
     * What to list.
     *
     * @param position last entry of the page before: time in microseconds and outcome id
     */
    record Question(
            Optional<String> name,
            Optional<String> traceId,
            Optional<String> session,
            Optional<String> customer,
            Instant from,
            Instant to,
            int limit,
            Optional<List<String>> position) {}

    /**
     * An outcome as it is shown; what is not known is left out.
     *
     * @param success  whether it is what the tenant wanted
     * @param valueUsd decimal text, where the value is money
     * @param value    a number in {@code unit} that is no money
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record OutcomeView(
            String outcomeId,
            String name,
            @Nullable String traceId,
            @Nullable String session,
            @Nullable Boolean success,
            @Nullable String valueUsd,
            @Nullable Double value,
            @Nullable String unit,
            @Nullable String customer,
            @Nullable String user,
            @Nullable String feature,
            Map<String, String> attributes,
            Instant occurredAt,
            Instant receivedAt) {}

    /** One more than asked for, if there are more. */
    List<OutcomeView> list(String tenant, Question question) {
        Bindings bindings = new Bindings();
        StringBuilder sql = new StringBuilder(
                "SELECT outcome_id, name, lower(hex(trace_id)) AS trace, session, success, value_nano,"
                        + " value, unit, customer, user, feature, mapKeys(attributes) AS attribute_keys,"
                        + " mapValues(attributes) AS attribute_values, toUnixTimestamp64Micro(occurred_at) AS occurred,"
                        + " toUnixTimestamp64Micro(received_at) AS received FROM outcome FINAL WHERE "
                        + TenantQuery.TENANT + " AND NOT is_deleted AND occurred_at >= ");
        sql.append(bindings.instant(question.from()))
                .append(" AND occurred_at < ")
                .append(bindings.instant(question.to()));
        question.name().ifPresent(name -> sql.append(" AND name = ").append(bindings.text(name)));
        question.traceId().ifPresent(trace -> sql.append(" AND trace_id = ").append(bindings.hex(trace)));
        question.session().ifPresent(session -> sql.append(" AND session = ").append(bindings.text(session)));
        question.customer().ifPresent(customer -> sql.append(" AND customer = ").append(bindings.text(customer)));
        question.position()
                .ifPresent(position -> sql.append(" AND (toUnixTimestamp64Micro(occurred_at), outcome_id) < (")
                        .append(bindings.number(Long.parseLong(position.getFirst())))
                        .append(", ")
                        .append(bindings.text(position.getLast()))
                        .append(")"));
        sql.append(" ORDER BY occurred_at DESC, outcome_id DESC LIMIT ").append(question.limit() + 1);
        return reads.read(new TenantQuery(tenant, sql.toString(), bindings), SqlOutcomes::view);
    }

    private static OutcomeView view(ResultSet row) throws SQLException {
        boolean success = row.getInt("success") == 1;
        boolean hasSuccess = !row.wasNull();
        long nano = row.getLong("value_nano");
        boolean hasNano = !row.wasNull();
        double value = row.getDouble("value");
        boolean hasValue = !row.wasNull();
        String trace = row.getString("trace");
        return new OutcomeView(
                row.getString("outcome_id"),
                row.getString("name"),
                trace.equals(NO_TRACE) ? null : trace,
                row.getString("session"),
                hasSuccess ? success : null,
                hasNano ? Usd.text(nano) : null,
                hasValue ? value : null,
                row.getString("unit"),
                row.getString("customer"),
                row.getString("user"),
                row.getString("feature"),
                ArrayColumn.map(row, "attribute_keys", "attribute_values"),
                Micros.instant(row.getLong("occurred")),
                Micros.instant(row.getLong("received")));
    }
}
