package io.pentameter.aggregation.reconciliation;

import io.pentameter.aggregation.cost.SqlLedger;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.aggregation.generation.PriceBasis;
import io.pentameter.aggregation.invoice.TokenClass;
import io.pentameter.aggregation.metrics.Window;
import io.pentameter.aggregation.money.Usd;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what the ledger has of a provider, by day, model and project. */
final class SqlBooked {

    /** Days, models and projects of one answer. */
    private static final int MAX_CELLS = 200_000;

    private static final String ALL_TOKENS =
            "in_uncached + in_cache_read + in_cache_write_5m + in_cache_write_1h + in_audio + in_image + out_text"
                    + " + out_reasoning + out_audio";

    private final Reads reads;

    SqlBooked(Reads reads) {
        this.reads = reads;
    }

    /** Where a part of the ledger belongs; the project is empty if none is asked for. */
    record Cell(LocalDate day, String model, String project) {}

    /** What of the spans is asked for. */
    record Question(String provider, LocalDate from, LocalDate to, Optional<Dimension> project, PriceBasis basis) {}

    /** By cell; calls that are not to be priced are left out. */
    Map<Cell, Booked> read(String tenant, Question question) {
        Bindings bindings = new Bindings();
        StringBuilder sql = new StringBuilder("SELECT toString(toDate(start, 'UTC')) AS day, toString(model) AS g0, ")
                .append(question.project()
                        .map(dimension -> "toString(" + dimension.sql(bindings) + ")")
                        .orElse("''"))
                .append(" AS g1, sum(cost_nano) AS nano, count() AS calls, countIf(NOT cost_known) AS unpriced, sumIf(")
                .append(ALL_TOKENS)
                .append(", service_tier NOT IN ('', 'standard', 'default', 'auto')) AS other_tier");
        for (TokenClass tokenClass : TokenClass.values()) {
            String word = tokenClass.word();
            sql.append(", sumIf(%s, cost_known) AS k_%s, sumIf(%s, NOT cost_known) AS w_%s"
                            .formatted(tokens(tokenClass), word, tokens(tokenClass), word))
                    .append(", sum(arraySum((b, p) -> if(b IN (%s), p, 0), cost_buckets, cost_parts_nano)) AS n_%s"
                            .formatted(buckets(tokenClass), word));
        }
        Window window = new Window(
                question.from().atStartOfDay(ZoneOffset.UTC).toInstant(),
                question.to().atStartOfDay(ZoneOffset.UTC).toInstant());
        sql.append(" ")
                .append(SqlLedger.of(reads, tenant, window, question.basis()).spans(window, List.of(), bindings))
                .append(" AND provider = ")
                .append(bindings.text(question.provider()))
                .append(" AND (has_cost OR has_usage) AND NOT usage_repeated")
                .append(" GROUP BY day, g0, g1 LIMIT ")
                .append(MAX_CELLS + 1);
        List<Map.Entry<Cell, Booked>> rows =
                reads.read(new TenantQuery(tenant, sql.toString(), bindings), SqlBooked::entry);
        if (rows.size() > MAX_CELLS) {
            throw new ProblemException(
                    ProblemKind.UNPROCESSABLE,
                    "the ledger has more than %d days, models and projects there: ask for a shorter window"
                            .formatted(MAX_CELLS));
        }
        Map<Cell, Booked> booked = new HashMap<>();
        rows.forEach(row -> booked.merge(row.getKey(), row.getValue(), Booked::plus));
        return booked;
    }

    private static Map.Entry<Cell, Booked> entry(ResultSet row) throws SQLException {
        Map<TokenClass, Long> priced = new EnumMap<>(TokenClass.class);
        Map<TokenClass, Long> waiting = new EnumMap<>(TokenClass.class);
        Map<TokenClass, BigDecimal> parts = new EnumMap<>(TokenClass.class);
        for (TokenClass tokenClass : TokenClass.values()) {
            priced.put(tokenClass, row.getLong("k_" + tokenClass.word()));
            waiting.put(tokenClass, row.getLong("w_" + tokenClass.word()));
            parts.put(tokenClass, Usd.ofNano(row.getLong("n_" + tokenClass.word())));
        }
        return Map.entry(
                new Cell(LocalDate.parse(row.getString("day")), row.getString("g0"), row.getString("g1")),
                new Booked(
                        Usd.ofNano(row.getLong("nano")),
                        row.getLong("calls"),
                        row.getLong("unpriced"),
                        priced,
                        parts,
                        waiting,
                        row.getLong("other_tier")));
    }

    private static String tokens(TokenClass tokenClass) {
        return switch (tokenClass) {
            case INPUT -> "in_uncached + in_audio + in_image";
            case CACHE_READ -> "in_cache_read";
            case CACHE_WRITE -> "in_cache_write_5m + in_cache_write_1h";
            case OUTPUT -> "out_text + out_reasoning + out_audio";
        };
    }

    private static String buckets(TokenClass tokenClass) {
        return switch (tokenClass) {
            case INPUT -> "'in_uncached', 'in_audio', 'in_image'";
            case CACHE_READ -> "'in_cache_read'";
            case CACHE_WRITE -> "'in_cache_write_5m', 'in_cache_write_1h'";
            case OUTPUT -> "'out_text', 'out_reasoning', 'out_audio'";
        };
    }
}
