package io.pentameter.aggregation.focus;

import io.pentameter.aggregation.cost.LedgerSql;
import io.pentameter.aggregation.cost.SqlLedger;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.metrics.Window;
import java.util.List;
import java.util.stream.Collectors;

/**
 * SQL for the rows. They are the priced calls, in whole: their sum is the ledger's of the window. Calls without a price are in
 * none, because a charge must have a cost and none of 0 is known.
 */
final class FocusSql {

    /** What goes into the tags. */
    private static final List<String> LABELS = List.of(
            "feature",
            "customer",
            "route",
            "intent",
            "prompt_name",
            "prompt_version",
            "environment",
            "release",
            "service",
            "key_id");

    private static final String METER = """
            transform(part.1,
              ['in_uncached', 'in_cache_read', 'in_cache_write_5m', 'in_cache_write_1h', 'in_audio', 'in_image', 'out_text',
               'out_reasoning', 'out_audio', 'requests', 'unspecified', '', 'searches', 'images', 'media_ms', 'pages', 'characters'],
              ['Input Tokens', 'Cached Input Tokens', 'Cache Write Tokens (5 minutes)', 'Cache Write Tokens (1 hour)',
               'Audio Input Tokens', 'Image Input Tokens', 'Output Tokens', 'Reasoning Tokens', 'Audio Output Tokens',
               'Requests', 'Other', 'Requests', 'Searches', 'Images', 'Media Milliseconds', 'Pages', 'Characters'],
              part.1)""";

    private FocusSql() {}

    static String rows(SqlLedger ledger, FocusQuery query, SharedRows shared, String tenant, Bindings bindings) {
        String columns = FocusColumn.of(query.version()).stream()
                .map(column -> column.select(query.isText()))
                .collect(Collectors.joining(",\n  "));
        String direct = direct(ledger, query, tenant, bindings);
        return """
                SELECT %s
                FROM (
                  SELECT *, '%s' AS basis FROM (%s))
                ORDER BY begun, part_of_pool, provider_name, model, class, labels, price_id
                """.formatted(
                        columns,
                        query.basis().word(),
                        shared.isEmpty() ? direct : direct + " UNION ALL " + shared.sql(tenant, bindings));
    }

    private static String direct(SqlLedger ledger, FocusQuery query, String tenant, Bindings bindings) {
        String labels = LABELS.stream()
                .map(label -> "'" + label + "', toString(" + label + ")")
                .collect(Collectors.joining(", ", "mapFilter((name, value) -> value != '', map(", "))"));
        String step = "INTERVAL " + query.hours() + " HOUR";
        return """
                  SELECT toStartOfInterval(toDateTime(start, 'UTC'), %1$s) AS begun, begun + %1$s AS ended,
                    %2$s AS tenant_name, if(provider = '', 'unknown', toString(provider)) AS provider_name,
                    toString(model) AS model, toString(region) AS region, toString(price_id) AS price_id,
                    toString(price_version) AS price_version,
                    if(service_tier = '', 'standard', toString(service_tier)) AS tier,
                    if(part.1 = '', 'requests', part.1) AS class, %3$s AS meter,
                    multiIf(match(part.1, '^(in|out)_'), 'Tokens', part.1 IN ('requests', ''), 'Requests', 'Units') AS unit,
                    %4$s AS labels, toDecimal128OrNull(unit_price, 18) / toDecimal128(1000000000, 0) AS price,
                    sum(if(part.1 IN ('unspecified', ''), 1, part.2)) AS units, count() AS calls,
                    toDecimal128(sum(part.3), 9) / toDecimal128(1000000000, 0) AS usd,
                    '' AS pool_name, '' AS pool_kind, '' AS method, '' AS measure, '' AS part_of_pool
                  FROM (
                    SELECT *, arrayJoin(%5$s) AS part,
                      arrayFirst((text, word) -> word = part.1, cost_unit_prices, cost_buckets) AS unit_price
                    %6$s AND cost_known AND NOT usage_repeated)
                  GROUP BY begun, ended, tenant_name, provider_name, model, region, price_id, price_version, tier, class,
                    meter, unit, labels, price""".formatted(
                        step,
                        bindings.text(tenant),
                        METER,
                        labels,
                        LedgerSql.parts(),
                        ledger.spans(query.window(), List.of(), bindings));
    }

    /** calls, priced, tokens, priced_tokens, nano. */
    static String coverage(SqlLedger ledger, Window window, Bindings bindings) {
        String tokens =
                "(in_uncached + in_cache_read + in_cache_write_5m + in_cache_write_1h + in_audio + in_image + out_text"
                        + " + out_reasoning + out_audio)";
        return "SELECT count() AS calls, countIf(cost_known) AS priced, sum(" + tokens + ") AS tokens, sumIf(" + tokens
                + ", cost_known) AS priced_tokens, sum(" + LedgerSql.PAID + ") AS nano "
                + ledger.spans(window, List.of(), bindings) + " AND (has_cost OR has_usage) AND NOT usage_repeated";
    }
}
