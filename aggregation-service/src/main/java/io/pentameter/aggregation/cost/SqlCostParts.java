package io.pentameter.aggregation.cost;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.aggregation.money.Usd;
import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.RatioOfSums;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the parts of an answer that were asked for, for the groups that are shown, the others together and the whole. */
final class SqlCostParts {

    private final Reads reads;
    private final String tenant;

    SqlCostParts(Reads reads, String tenant) {
        this.reads = reads;
        this.tenant = tenant;
    }

    /**
     * Parts by key; a key without anything has none.
     *
     * @param byKey of the groups that are shown, and {@link Keys#OTHER}
     */
    record Found(Map<String, CostParts> byKey, CostParts whole) {

        CostParts of(String key) {
            return byKey.getOrDefault(key, CostParts.NONE);
        }
    }

    Found read(CostQuery query, List<List<String>> shown) {
        Map<String, CostParts> byKey = new HashMap<>();
        CostParts whole = CostParts.NONE;
        for (Part part : query.include()) {
            for (Keyed keyed : read(part, query, shown)) {
                if (keyed.whole()) {
                    whole = whole.with(part, keyed.value());
                } else {
                    byKey.put(
                            keyed.key(),
                            byKey.getOrDefault(keyed.key(), CostParts.NONE).with(part, keyed.value()));
                }
            }
        }
        return new Found(byKey, whole);
    }

    private record Keyed(String key, boolean whole, Object value) {}

    private List<Keyed> read(Part part, CostQuery query, List<List<String>> shown) {
        if (part == Part.QUALITY && !QualitySql.canAnswer(query)) {
            return List.of();
        }
        Bindings bindings = new Bindings();
        KeyedSql sql = new KeyedSql(SqlLedger.of(reads, tenant, query.window(), query.basis()), query, shown, bindings);
        String text = switch (part) {
            case UNITS -> sql.units();
            case WASTE -> sql.waste();
            case CACHE -> sql.cache();
            case QUALITY -> QualitySql.of(query, shown, bindings);
        };
        return reads.read(
                new TenantQuery(tenant, text, bindings),
                row -> new Keyed(row.getString("k"), row.getInt("whole") == 1, value(part, row)));
    }

    private static Object value(Part part, ResultSet row) throws SQLException {
        return switch (part) {
            case UNITS -> units(row);
            case WASTE ->
                new CostParts.Waste(
                        Usd.text(row.getLong("failed")),
                        row.getDouble("failed_unpriced"),
                        Usd.text(row.getLong("failed_requests")),
                        Usd.text(row.getLong("superseded")),
                        Usd.text(row.getLong("wasted")),
                        Usd.text(row.getLong("retries")),
                        Usd.text(row.getLong("fallbacks")));
            case CACHE ->
                new CostParts.Cache(
                        Usd.text(row.getLong("read_saved")),
                        Usd.text(row.getLong("write_extra")),
                        Usd.text(row.getLong("read_saved") - row.getLong("write_extra")),
                        row.getLong("known_tokens"),
                        row.getLong("unknown_tokens"));
            case QUALITY ->
                new CostParts.Quality(
                        known(row.getLong("judge_nano"), row.getLong("judged"), row.getLong("judged_priced")),
                        row.getLong("judged"),
                        row.getLong("judged_priced"),
                        known(row.getLong("review_nano"), row.getLong("reviewed"), row.getLong("reviewed_priced")),
                        row.getLong("reviewed"),
                        row.getLong("reviewed_priced"));
        };
    }

    private static @Nullable String known(long nano, long all, long priced) {
        return all > 0 && priced == 0 ? null : Usd.text(nano);
    }

    private static CostParts.Units units(ResultSet row) throws SQLException {
        long stated = row.getLong("stated");
        long resolved = row.getLong("resolved");
        double dollars = row.getLong("stated_nano") / 1e9;
        RatioOfSums.Sums perCase =
                new RatioOfSums.Sums(stated, dollars, resolved, row.getDouble("xx"), row.getDouble("xr"), resolved);
        RatioOfSums.Sums perSuccess = new RatioOfSums.Sums(
                stated,
                dollars,
                row.getDouble("successes"),
                row.getDouble("xx"),
                row.getDouble("xy"),
                row.getDouble("yy"));
        return new CostParts.Units(
                row.getLong("traces"),
                per(row.getLong("paid"), row.getLong("traces")),
                row.getLong("conversations"),
                per(row.getLong("conversation_nano"), row.getLong("conversations")),
                row.getLong("cases"),
                stated,
                resolved,
                row.getLong("successes"),
                CostParts.Interval.of(RatioOfSums.of(perCase, Confidence.NINETY_FIVE)),
                CostParts.Interval.of(RatioOfSums.of(perSuccess, Confidence.NINETY_FIVE)));
    }

    private static @Nullable String per(long nano, long units) {
        return units == 0
                ? null
                : Usd.text(BigDecimal.valueOf(nano, Usd.SCALE)
                        .divide(BigDecimal.valueOf(units), Usd.SCALE, RoundingMode.HALF_EVEN));
    }
}
