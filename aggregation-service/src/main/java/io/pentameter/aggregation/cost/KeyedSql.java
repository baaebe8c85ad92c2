package io.pentameter.aggregation.cost;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.aggregation.rollup.TagShares;
import java.util.List;

/**
 * SQL for the parts of an answer that read the spans: one row for each key ({@link Keys}), and one for the whole, marked by
 * {@code whole = 1}.
 */
final class KeyedSql {

    private static final String SETS = " GROUP BY GROUPING SETS ((k), ())";

    private final SqlLedger ledger;
    private final CostQuery query;
    private final Bindings bindings;
    private final String key;

    /** @param shown values of the groups that are shown */
    KeyedSql(SqlLedger ledger, CostQuery query, List<List<String>> shown, Bindings bindings) {
        this.ledger = ledger;
        this.query = query;
        this.bindings = bindings;
        key = Keys.sql(query.groupBy().stream().map(it -> it.sql(bindings)).toList(), shown, bindings);
    }

    /** failed, failed_unpriced, failed_requests, superseded, wasted, retries, fallbacks. */
    String waste() {
        String paid = share(LedgerSql.PAID);
        String asked = "if(requested_model != '', requested_model, model)";
        String during = LedgerSql.during(query.window(), bindings);
        String firsts = "SELECT trace_id, attempt_group, argMin(toString(" + asked + "), (attempt_number, start)) AS"
                + " first_model FROM span FINAL WHERE " + TenantQuery.TENANT + " AND " + during
                + " AND attempt_group != 0 GROUP BY trace_id, attempt_group HAVING count() > 1";
        String failedTraces = "SELECT trace_id FROM span FINAL WHERE " + TenantQuery.TENANT + " AND " + during
                + " AND is_request AND error";
        return "SELECT k, grouping(k) AS whole, sumIf(paid, error) AS failed,"
                + " sumIf(1 / tag_count, error AND (has_cost OR has_usage) AND NOT cost_known) AS failed_unpriced,"
                + " sumIf(paid, trace_id IN (" + failedTraces + ")) AS failed_requests,"
                + " sumIf(paid, attempt_superseded) AS superseded,"
                + " sumIf(paid, error OR attempt_superseded) AS wasted,"
                + " sumIf(paid, attempt_number > 1) AS retries,"
                + " sumIf(paid, attempt_number > 1 AND first_model != '' AND first_model != asked) AS fallbacks"
                + " FROM (SELECT " + key + " AS k, " + paid + " AS paid, toString(" + asked
                + ") AS asked, error, has_cost,"
                + " has_usage, cost_known, tag_count, trace_id, attempt_superseded, attempt_number, attempt_group FROM "
                + rows() + ") AS r LEFT JOIN (" + firsts
                + ") AS f ON r.trace_id = f.trace_id AND r.attempt_group = f.attempt_group" + SETS;
    }

    /** read_saved, write_extra, known_tokens, unknown_tokens: what cached tokens cost compared with the span's own uncached price. */
    String cache() {
        String price = "toDecimal128OrNull(toString(arrayFirst((text, word) -> word = 'in_uncached', cost_unit_prices,"
                + " cost_buckets)), 12)";
        String read =
                "arraySum(arrayMap((word, units) -> if(word = 'in_cache_read', units, 0), cost_buckets, cost_units))";
        String written = "arraySum(arrayMap((word, units) -> if(startsWith(word, 'in_cache_write'), units, 0),"
                + " cost_buckets, cost_units))";
        String readPaid =
                "arraySum(arrayMap((word, nano) -> if(word = 'in_cache_read', nano, 0), cost_buckets, cost_parts_nano))";
        String writePaid = "arraySum(arrayMap((word, nano) -> if(startsWith(word, 'in_cache_write'), nano, 0),"
                + " cost_buckets, cost_parts_nano))";
        String inner = "SELECT " + key + " AS k, tag_no, tag_count, " + price + " AS price, toInt64(" + read
                + ") AS read_units, toInt64(" + written + ") AS written_units, if(price IS NULL, 0,"
                + " toInt64(roundBankers(read_units * assumeNotNull(price), 0)) - " + readPaid + ") AS saved,"
                + " if(price IS NULL, 0, " + writePaid
                + " - toInt64(roundBankers(written_units * assumeNotNull(price), 0))) AS extra FROM " + rows()
                + " WHERE cost_known AND NOT usage_repeated AND arrayExists(word -> startsWith(word, 'in_cache'),"
                + " cost_buckets)";
        return "SELECT k, grouping(k) AS whole, sum(" + share("toInt64(saved)") + ") AS read_saved, sum("
                + share("toInt64(extra)") + ") AS write_extra, sumIf(" + share("read_units + written_units")
                + ", price IS NOT NULL) AS known_tokens, sumIf(" + share("read_units + written_units")
                + ", price IS NULL) AS unknown_tokens FROM (" + inner + ")" + SETS;
    }

    /**
     * traces, conversations, conversation_nano, and over cases: cases, stated, resolved, successes, and the sums for the
     * intervals. A case is a conversation, or a trace that belongs to none.
     */
    String units() {
        String during = LedgerSql.during(query.window(), bindings);
        String ofTrace = "SELECT trace_id, max(session) AS session_of FROM span FINAL WHERE " + TenantQuery.TENANT
                + " AND " + during;
        String name = query.outcome().isEmpty() ? "" : " AND name = " + bindings.text(query.outcome());
        String facts = "FROM outcome FINAL WHERE " + TenantQuery.TENANT + " AND is_deleted = 0" + name;
        String outcomes = "SELECT if(f.session != '', concat('s:', f.session), if(t.session_of != '', concat('s:',"
                + " t.session_of), concat('t:', hex(f.trace_id)))) AS case_id, countIf(f.success = 1) AS good,"
                + " countIf(f.success IS NOT NULL) AS said FROM (SELECT session, trace_id, success " + facts
                + ") AS f LEFT JOIN (" + ofTrace + " AND trace_id IN (SELECT trace_id " + facts
                + ") GROUP BY trace_id) AS t ON f.trace_id = t.trace_id GROUP BY case_id";
        String perTrace = "SELECT " + key + " AS k, trace_id, sum(" + LedgerSql.PAID + ") AS paid FROM " + rows()
                + " WHERE (has_cost OR has_usage) AND NOT usage_repeated GROUP BY k, trace_id";
        String perCase =
                "SELECT k, grouping(k) AS whole, if(t.session_of != '', concat('s:', t.session_of), concat('t:',"
                        + " hex(p.trace_id))) AS case_id, uniqExact(p.trace_id) AS traces, toInt64(sum(p.paid)) AS paid FROM ("
                        + perTrace + ") AS p LEFT JOIN (" + ofTrace
                        + " GROUP BY trace_id) AS t ON p.trace_id = t.trace_id GROUP BY GROUPING SETS ((k, case_id), (case_id))";
        return "SELECT k, whole, sum(c.traces) AS traces, sum(c.paid) AS paid, countIf(startsWith(c.case_id, 's:')) AS conversations,"
                + " sumIf(c.paid, startsWith(c.case_id, 's:')) AS conversation_nano, count() AS cases,"
                + " countIf(o.said > 0) AS stated, countIf(o.good > 0) AS resolved, sum(o.good) AS successes,"
                + " sumIf(c.paid, o.said > 0) AS stated_nano,"
                + " sumIf(pow(c.paid / 1e9, 2), o.said > 0) AS xx,"
                + " sumIf(c.paid / 1e9 * (o.good > 0), o.said > 0) AS xr,"
                + " sumIf(c.paid / 1e9 * o.good, o.said > 0) AS xy, sumIf(pow(o.good, 2), o.said > 0) AS yy FROM ("
                + perCase + ") AS c LEFT JOIN (" + outcomes + ") AS o ON c.case_id = o.case_id GROUP BY k, whole";
    }

    private String rows() {
        String spans = ledger.spans(query.window(), query.filters(), bindings);
        return query.isByTag() ? TagShares.of(spans) : "(SELECT *, 1 AS tag_no, 1 AS tag_count " + spans + ")";
    }

    private static String share(String number) {
        return TagShares.share("toInt64(" + number + ")");
    }
}
