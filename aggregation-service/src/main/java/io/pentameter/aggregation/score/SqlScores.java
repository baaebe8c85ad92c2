package io.pentameter.aggregation.score;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pentameter.aggregation.engine.ArrayColumn;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.TenantQuery;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists scores of a tenant, newest first; of each id the latest. */
final class SqlScores {

    private static final String NONE = "0";

    private final Reads reads;

    SqlScores(Reads reads) {
        this.reads = reads;
    }

    /**
     * What to list.
     *
     * @param position last entry of the page before: creation in microseconds and score id
     */
    record Question(
            Optional<String> name,
            Optional<String> source,
            Optional<String> traceId,
            Instant from,
            Instant to,
            int limit,
            Optional<List<String>> position) {}

    /** A score as it is shown; what is not known is left out. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record ScoreView(
            String scoreId,
            @Nullable String traceId,
            @Nullable String spanId,
            @Nullable String session,
            String name,
            String source,
            @Nullable String rater,
            @Nullable Double value,
            @Nullable String label,
            @Nullable Boolean passed,
            @Nullable String comment,
            @Nullable String judgeModel,
            @Nullable String rubric,
            @Nullable String rubricVersion,
            @Nullable Double inclusionProbability,
            List<String> samplingRules,
            @Nullable String samplingRv,
            @Nullable String costUsd,
            Instant createdAt) {}

    /** One more than asked for, if there are more. */
    List<ScoreView> list(String tenant, Question question) {
        Bindings bindings = new Bindings();
        StringBuilder sql =
                new StringBuilder("SELECT score_id, lower(hex(trace_id)) AS trace, lower(hex(span_id)) AS span,"
                        + " session, name, source, rater, value, label, passed, comment, judge_model, rubric, rubric_version,"
                        + " inclusion_probability, sampling_rules, sampling_rv, cost_nano, toUnixTimestamp64Micro(created_at) AS created FROM score FINAL WHERE "
                        + TenantQuery.TENANT + " AND created_at >= ");
        sql.append(bindings.instant(question.from()))
                .append(" AND created_at < ")
                .append(bindings.instant(question.to()));
        question.name().ifPresent(name -> sql.append(" AND name = ").append(bindings.text(name)));
        question.source().ifPresent(source -> sql.append(" AND source = ").append(bindings.text(source)));
        question.traceId().ifPresent(trace -> sql.append(" AND trace_id = ").append(bindings.hex(trace)));
        question.position()
                .ifPresent(position -> sql.append(" AND (toUnixTimestamp64Micro(created_at), score_id) < (")
                        .append(bindings.number(Long.parseLong(position.getFirst())))
                        .append(", ")
                        .append(bindings.text(position.getLast()))
                        .append(")"));
        sql.append(" ORDER BY created_at DESC, score_id DESC LIMIT ").append(question.limit() + 1);
        return reads.read(new TenantQuery(tenant, sql.toString(), bindings), SqlScores::view);
    }

    private static ScoreView view(ResultSet row) throws SQLException {
        double value = row.getDouble("value");
        boolean hasValue = !row.wasNull();
        boolean passed = row.getInt("passed") == 1;
        boolean hasPassed = !row.wasNull();
        long cost = row.getLong("cost_nano");
        double inclusion = row.getDouble("inclusion_probability");
        long created = row.getLong("created");
        return new ScoreView(
                row.getString("score_id"),
                id(row.getString("trace")),
                id(row.getString("span")),
                row.getString("session"),
                row.getString("name"),
                row.getString("source"),
                row.getString("rater"),
                hasValue ? value : null,
                row.getString("label"),
                hasPassed ? passed : null,
                row.getString("comment"),
                row.getString("judge_model"),
                row.getString("rubric"),
                row.getString("rubric_version"),
                inclusion > 0 ? inclusion : null,
                ArrayColumn.texts(row, "sampling_rules"),
                row.getString("sampling_rv"),
                cost < 0 ? null : dollars(cost),
                Instant.ofEpochSecond(Math.floorDiv(created, 1_000_000L), Math.floorMod(created, 1_000_000L) * 1_000L));
    }

    private static String dollars(long nano) {
        BigDecimal dollars = BigDecimal.valueOf(nano, 9).stripTrailingZeros();
        return dollars.toPlainString();
    }

    private static @Nullable String id(String digits) {
        return digits.replace(NONE, "").isEmpty() ? null : digits;
    }
}
