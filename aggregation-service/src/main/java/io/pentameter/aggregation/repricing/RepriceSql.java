package io.pentameter.aggregation.repricing;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.filter.Filter;
import io.pentameter.aggregation.generation.Generations;
import io.pentameter.pricing.Bucket;
import io.pentameter.pricing.Pricing;
import io.pentameter.pricing.UnitPrice;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * SQL that prices spans as {@link Pricing} does: of the lines of a kind of call the first that holds at the time and size;
 * each component its units times its price in 1e-18 dollars, rounded half to even to 1e-9; their sum.
 */
final class RepriceSql {

    /** Spans whose cost is a matter of prices: not those whose usage is missing or counted elsewhere, nor what nobody bills. */
    static final String PRICEABLE = "has_usage AND has_cost AND NOT usage_repeated AND usage_source != 'client_cache'"
            + " AND cost_unknown_reason NOT IN ('" + Pricing.USAGE_MISSING + "', '" + Pricing.USAGE_INCOMPLETE + "')";

    private static final String UNITS = Bucket.all().stream()
            .map(bucket -> bucket.isTokens() ? bucket.word() : "unit_counts['" + bucket.word() + "']")
            .collect(Collectors.joining(", ", "[", "]"));

    /** The words of the components, the fee of a call last, as {@link Pricing} writes them. */
    private static final String WORDS = Stream.concat(Bucket.all().stream().map(Bucket::word), Stream.of("requests"))
            .map(word -> "toLowCardinality('" + word + "')")
            .collect(Collectors.joining(", ", "[", "]"));

    /** A price {@code p} in 1e-18 dollars as decimal text of nano-dollars, as {@link UnitPrice#text} is. */
    private static final String TEXT =
            "toLowCardinality(toString(toDecimal128(toString(p), 9) / toDecimal128(1000000000, 0)))";

    private RepriceSql() {}

    /** A stretch of time of one repricing. */
    record Piece(Repricing repricing, Instant from, Instant to) {

        Piece {
            if (repricing.priceVersion().isEmpty()) { // it marks rows that have components
                throw new IllegalArgumentException("the repricing has not begun: " + repricing.id());
            }
        }
    }

    /**
     * Writes the rows of a piece. Doing it again replaces them with the same.
     *
     * @param visible generations that are visible in it
     */
    static String insert(Piece piece, List<Filter> filters, Generations visible, Bindings bindings) {
        Repricing repricing = piece.repricing();
        String tenant = "tenant = " + bindings.text(repricing.tenant());
        String lines = tenant + " AND generation = " + bindings.number(repricing.generation());
        String during = "start >= " + bindings.instant(piece.from()) + " AND start < " + bindings.instant(piece.to());
        String conditions = filters.stream()
                .map(filter -> " AND " + filter.sql(bindings, dimension -> dimension.sql(bindings)))
                .collect(Collectors.joining());
        String changed = repricing.order().onlyUnknown()
                ? "was_known = 0 AND now_known"
                : "now_known != billed_known OR now_nano != billed_nano OR newest > 0"
                        + " OR parts.4 != billed_parts OR parts.1 != billed_buckets";
        return """
                INSERT INTO repriced_span (tenant, generation, trace_id, span_id, start, span_version, feature, customer,
                  provider, model, billed_known, billed_nano, was_known, was_nano, cost_known, cost_unknown_reason,
                  cost_nano, line, price_version, price_id, cost_buckets, cost_units, cost_unit_prices, cost_parts_nano)
                SELECT tenant, %1$d, trace_id, span_id, start, span_version, feature, customer, provider, model,
                  billed_known, billed_nano, was_known, was_nano, now_known, reason, now_nano, line, %15$s,
                  if(now_known, price_id, ''), parts.1, parts.2, parts.3, parts.4
                FROM (
                  SELECT *, multiIf(unknown_reason != '', toString(unknown_reason),
                      arrayExists(b -> b.3 < 0, bought), '%2$s',
                      nano > %3$d OR arrayExists(b -> b.2 > %4$d, bought), '%5$s', '') AS reason,
                    reason = '' AS now_known, if(now_known, toInt64(nano), 0) AS now_nano,
                    if(now_known, bought, []) AS kept,
                    (kept.1, kept.2, kept.4, if(now_known, arrayMap(a -> toInt64(a), amounts), [])) AS parts
                  FROM (
                    SELECT picked.*, priced.price_id AS price_id, priced.unknown_reason AS unknown_reason,
                      arrayPushBack(units, priced.fee) AS used,
                      arrayFilter((part, u) -> u != 0, arrayZip(%16$s, used, priced.prices, priced.texts), used) AS bought,
                      arrayMap(b -> if(b.3 < 0 OR b.2 > %4$d, toInt128(0), toInt128(b.2) * b.3), bought) AS exact,
                      arrayMap((x, q) -> q + ((x - q * %6$s) * 2 > %6$s OR ((x - q * %6$s) * 2 = %6$s AND bitAnd(q, 1) = 1)),
                        exact, arrayMap(x -> intDiv(x, %6$s), exact)) AS amounts, arraySum(amounts) AS nano
                    FROM (
                      SELECT s.*, billed.newest AS newest,
                        cost_known AS billed_known, cost_nano AS billed_nano,
                        cost_buckets AS billed_buckets, cost_parts_nano AS billed_parts,
                        if(newest > 0, billed.known, cost_known) AS was_known,
                        if(newest > 0, billed.nano, cost_nano) AS was_nano,
                        tupleElement(arrayFirst(l -> input > l.6 AND at >= l.2 AND at < l.3
                          AND (l.4 < 0 OR if(l.4 <= l.5, second >= l.4 AND second < l.5, second >= l.4 OR second < l.5)),
                          kinds.lines), 1) AS line
                      FROM (
                        SELECT tenant, trace_id, span_id, start,
                          toUInt64(toUnixTimestamp64Micro(received_at)) AS span_version, feature, customer, provider, model,
                          requested_model, service_tier, cost_known, cost_nano, cost_buckets, cost_parts_nano,
                          %7$s AS units,
                          in_uncached + in_cache_read + in_cache_write_5m + in_cache_write_1h + in_audio + in_image
                            AS input,
                          toInt64(toUnixTimestamp(toDateTime(start, 'UTC'))) AS at, at %% 86400 AS second
                        FROM span FINAL
                        WHERE %8$s AND %9$s AND %10$s%11$s) AS s
                      INNER JOIN (
                        SELECT provider AS k_provider, model AS k_model, requested_model AS k_requested,
                          service_tier AS k_tier, arraySort(l -> l.1, groupArray(
                          (line, valid_from, valid_until, day_from, day_until, above))) AS lines
                        FROM repricing_line FINAL WHERE %12$s AND line > 0
                        GROUP BY k_provider, k_model, k_requested, k_tier) AS kinds
                      ON s.provider = kinds.k_provider AND s.model = kinds.k_model
                        AND s.requested_model = kinds.k_requested AND s.service_tier = kinds.k_tier
                      LEFT JOIN (%13$s) AS billed
                      ON s.trace_id = billed.b_trace AND s.span_id = billed.b_span AND s.span_version = billed.b_version
                    ) AS picked
                    INNER JOIN (
                      SELECT line AS priced_line, arrayMap(p -> toInt128(p), arrayPushBack(repricing_line.prices, repricing_line.fee)) AS prices,
                        toInt64(toInt128(repricing_line.fee) > 0) AS fee,
                        arrayMap(p -> %17$s, arrayPushBack(repricing_line.prices, repricing_line.fee)) AS texts, price_id, unknown_reason
                      FROM repricing_line FINAL WHERE %12$s) AS priced
                    ON picked.line = priced.priced_line))
                WHERE %14$s""".formatted(
                        repricing.generation(),
                        Pricing.PRICE_INCOMPLETE,
                        UnitPrice.MAX_AMOUNT,
                        UnitPrice.MAX_UNITS,
                        Pricing.AMOUNT_OUT_OF_RANGE,
                        "1000000000",
                        UNITS,
                        tenant,
                        during,
                        PRICEABLE,
                        conditions,
                        lines,
                        earlier(visible, tenant, during, bindings),
                        changed,
                        bindings.text(repricing.priceVersion()),
                        WORDS,
                        TEXT);
    }

    /** What the visible generations say of the piece's spans. */
    private static String earlier(Generations visible, String tenant, String during, Bindings bindings) {
        if (visible.isEmpty()) {
            return """
                    SELECT toFixedString('', 16) AS b_trace, toFixedString('', 8) AS b_span, toUInt64(0) AS b_version,
                      toUInt64(0) AS newest, toUInt8(0) AS known, toInt64(0) AS nano WHERE 0""";
        }
        return """
                SELECT trace_id AS b_trace, span_id AS b_span, span_version AS b_version, max(generation) AS newest,
                  argMax(cost_known, generation) AS known, argMax(cost_nano, generation) AS nano
                FROM repriced_span FINAL WHERE %s AND %s AND generation IN (%s)
                GROUP BY b_trace, b_span, b_version""".formatted(
                tenant, during, visible.numbers().stream().map(bindings::number).collect(Collectors.joining(", ")));
    }
}
