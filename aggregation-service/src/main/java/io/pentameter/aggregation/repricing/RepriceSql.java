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
import java.util.stream.IntStream;
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
            .collect(Collectors.joining("', '", "['", "']"));

    /** Their numbers, from 1. */
    private static final String NUMBERS = IntStream.rangeClosed(1, Bucket.all().size() + 1)
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(", ", "[", "]"));

    /** The number of a line's price: the line's number times this, and the component's number. */
    private static final String STRIDE = String.valueOf(Bucket.all().size() + 2);

    /** A price {@code p} in 1e-18 dollars as decimal text of nano-dollars, as {@link UnitPrice#text} is. */
    private static final String TEXT = "toString(toDecimal128(p, 9) / toDecimal128(1000000000, 0))";

    /** Ends a name: in the names themselves a zero byte is two. */
    private static final String END = ", '\\0.', ";

    /** What tells kinds of calls apart, whatever bytes are in their names. */
    private static final String KIND = "concat(" + doubled("provider") + END + doubled("model") + END
            + doubled("requested_model") + END + "service_tier)";

    private static final List<String> COLUMNS = List.of(
            "tenant",
            "generation",
            "trace_id",
            "span_id",
            "start",
            "span_version",
            "feature",
            "customer",
            "provider",
            "model",
            "billed_known",
            "billed_nano",
            "was_known",
            "was_nano",
            "cost_known",
            "cost_unknown_reason",
            "cost_nano",
            "line",
            "price_version",
            "price_id",
            "cost_buckets",
            "cost_units",
            "cost_unit_prices",
            "cost_parts_nano");

    /** The cost now of a span that no visible generation knows. */
    private static final String UNTOUCHED = "toUInt64(0) AS newest, cost_known AS was_known, cost_nano AS was_nano";

    private static final String TOUCHED =
            "billed.newest AS newest, if(newest > 0, billed.known, cost_known) AS was_known,"
                    + " if(newest > 0, billed.nano, cost_nano) AS was_nano";

    private RepriceSql() {}

    private static String doubled(String name) {
        return "replaceAll(" + name + ", '\\0', '\\0\\0')";
    }

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
                : "now_known != cost_known OR now_nano != cost_nano OR newest > 0"
                        + " OR parts != cost_parts_nano OR words != cost_buckets";
        return "INSERT INTO repriced_span (" + String.join(", ", COLUMNS) + ")\n" + book(lines)
                + """

                SELECT tenant, %1$d, trace_id, span_id, start, span_version, feature, customer, provider, model,
                  cost_known, cost_nano, was_known, was_nano, now_known, reason, now_nano, line, %2$s,
                  if(now_known, transform(line, book.1, book.9, ''), ''), words, if(now_known, bought, []),
                  if(now_known, arrayMap(i -> transform(line * %3$s + i, price.1, price.3, ''), components), []), parts
                FROM (
                  SELECT *, transform(line, book.1, book.8, '') AS unknown_reason,
                    multiIf(unknown_reason != '', unknown_reason, arrayExists(p -> p < 0, paid), '%4$s',
                      nano > %5$d OR arrayExists(u -> u > %6$d, bought), '%7$s', '') AS reason,
                    reason = '' AS now_known, if(now_known, toInt64(nano), 0) AS now_nano,
                    if(now_known, arrayMap(i -> transform(i, %8$s, %9$s, ''), components), []) AS words,
                    if(now_known, arrayMap(a -> toInt64(a), amounts), []) AS parts
                  FROM (
                    SELECT *, arrayPushBack(units, transform(line, book.1, book.7, toInt64(0))) AS used,
                      arrayFilter((i, u) -> u != 0, %8$s, used) AS components, arrayFilter(u -> u != 0, used) AS bought,
                      arrayMap(i -> toInt128(transform(line * %3$s + i, price.1, price.2, '-1')), components) AS paid,
                      arrayMap((u, p) -> if(p < 0 OR u > %6$d, toInt128(0), toInt128(u) * p), bought, paid) AS exact,
                      arrayMap((x, q) -> q + ((x - q * %10$s) * 2 > %10$s OR ((x - q * %10$s) * 2 = %10$s AND bitAnd(q, 1) = 1)),
                        exact, arrayMap(x -> intDiv(x, %10$s), exact)) AS amounts, arraySum(amounts) AS nano
                    FROM (
                      SELECT *, arrayFirst(l -> input > %20$s AND at >= %21$s AND at < %22$s
                          AND multiIf(%23$s < 0, true, %23$s <= %24$s, second >= %23$s AND second < %24$s,
                            second >= %23$s OR second < %24$s),
                          range(first_line, last_line + 1)) AS line
                      FROM (
                        SELECT s.*, transform(kind, kinds.1, kinds.2, toUInt64(0)) AS first_line,
                          transform(kind, kinds.1, kinds.3, toUInt64(0)) AS last_line, %11$s
                        FROM (
                          SELECT tenant, trace_id, span_id, start,
                            toUInt64(toUnixTimestamp64Micro(received_at)) AS span_version, feature, customer, provider, model,
                            %12$s AS kind, cost_known, cost_nano, cost_buckets, cost_parts_nano, %13$s AS units,
                            in_uncached + in_cache_read + in_cache_write_5m + in_cache_write_1h + in_audio + in_image AS input,
                            toInt64(toUnixTimestamp(toDateTime(start, 'UTC'))) AS at, at %% 86400 AS second
                          FROM span FINAL
                          WHERE %14$s AND %15$s AND %16$s%17$s) AS s%18$s
                        WHERE first_line > 0))))
                WHERE %19$s""".formatted(
                                repricing.generation(),
                                bindings.text(repricing.priceVersion()),
                                STRIDE,
                                Pricing.PRICE_INCOMPLETE,
                                UnitPrice.MAX_AMOUNT,
                                UnitPrice.MAX_UNITS,
                                Pricing.AMOUNT_OUT_OF_RANGE,
                                NUMBERS,
                                WORDS,
                                "1000000000",
                                visible.isEmpty() ? UNTOUCHED : TOUCHED,
                                KIND,
                                UNITS,
                                tenant,
                                during,
                                PRICEABLE,
                                conditions,
                                visible.isEmpty() ? "" : earlier(visible, tenant, during, bindings),
                                changed,
                                ofLine(2),
                                ofLine(3),
                                ofLine(4),
                                ofLine(5),
                                ofLine(6));
    }

    /** A property of line {@code l} in {@code book}. */
    private static String ofLine(int property) {
        return "transform(l, book.1, book.%d, toInt64(0))".formatted(property);
    }

    /**
     * The lines as constants, which are looked up by number: joined to each span, their arrays would be copied for each.
     *
     * <p>{@code book}: numbers of the lines, above, valid from, until, day from, until, whether there is a fee, reason why not known, price.
     * {@code price}: numbers of the prices, in 1e-18 dollars, as text. {@code kinds}: kinds of calls with their first and last line.
     */
    private static String book(String lines) {
        return """
                WITH (SELECT (groupArray(toUInt64(line)), groupArray(above), groupArray(valid_from), groupArray(valid_until),
                    groupArray(toInt64(day_from)), groupArray(toInt64(day_until)), groupArray(toInt64(toInt128(fee) > 0)),
                    groupArray(toString(unknown_reason)), groupArray(toString(price_id)))
                  FROM (SELECT * FROM repricing_line FINAL WHERE %1$s ORDER BY line)) AS book,
                (SELECT (arrayFlatten(groupArray(arrayMap(i -> toUInt64(line) * %2$s + i, %3$s))), arrayFlatten(groupArray(all)),
                    arrayFlatten(groupArray(arrayMap(p -> %4$s, all))))
                  FROM (SELECT line, arrayPushBack(prices, fee) AS all FROM repricing_line FINAL WHERE %1$s ORDER BY line)) AS price,
                (SELECT (groupArray(kind), groupArray(first_line), groupArray(last_line))
                  FROM (SELECT %5$s AS kind, toUInt64(min(line)) AS first_line, toUInt64(max(line)) AS last_line
                    FROM repricing_line FINAL WHERE %1$s AND line > 0 GROUP BY kind)) AS kinds""".formatted(lines, STRIDE, NUMBERS, TEXT, KIND);
    }

    /** A join with what the visible generations say of the piece's spans. */
    private static String earlier(Generations visible, String tenant, String during, Bindings bindings) {
        return """
                 LEFT JOIN (
                  SELECT trace_id AS b_trace, span_id AS b_span, span_version AS b_version, max(generation) AS newest,
                    argMax(cost_known, generation) AS known, argMax(cost_nano, generation) AS nano
                  FROM repriced_span FINAL WHERE %s AND %s AND generation IN (%s)
                  GROUP BY b_trace, b_span, b_version) AS billed
                ON s.trace_id = billed.b_trace AND s.span_id = billed.b_span AND s.span_version = billed.b_version""".formatted(
                tenant, during, visible.numbers().stream().map(bindings::number).collect(Collectors.joining(", ")));
    }
}
