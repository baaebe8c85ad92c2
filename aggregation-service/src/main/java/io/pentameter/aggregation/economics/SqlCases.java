package io.pentameter.aggregation.economics;

import io.pentameter.aggregation.cost.LedgerSql;
import io.pentameter.aggregation.cost.SqlLedger;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.TenantQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads cases by cohort. A case is a conversation, or a trace that belongs to none; it is in one cohort: what its request says,
 * or, where that says nothing, what the dearest of its traces says.
 */
final class SqlCases {

    private static final String CASE = "if(session_of != '', concat('s:', session_of), concat('t:', hex(trace_id)))";

    private final Reads reads;
    private final String tenant;

    SqlCases(Reads reads, String tenant) {
        this.reads = reads;
        this.tenant = tenant;
    }

    /** @param value empty where it is not known */
    record Cohort(String value, CaseSums sums) {}

    /**
     * @param shown  those with the most cost, at most as many as asked for
     * @param cohorts how many there are
     */
    record Found(List<Cohort> shown, CaseSums whole, long cohorts) {}

    Found read(EconomicsQuery query) {
        Bindings bindings = new Bindings();
        CaseSums whole = CaseSums.NONE;
        long cohorts = 0;
        List<Cohort> shown = new ArrayList<>();
        for (Row row : reads.read(new TenantQuery(tenant, sql(query, bindings), bindings), SqlCases::row)) {
            if (row.whole()) {
                whole = row.sums();
                cohorts = row.cohorts();
            } else if (shown.size() < query.limit()) {
                shown.add(new Cohort(row.value(), row.sums()));
            }
        }
        return new Found(shown, whole, cohorts);
    }

    private String sql(EconomicsQuery query, Bindings bindings) {
        String cohort = query.cohort()
                .map(dimension -> "toString(" + dimension.sql(bindings) + ")")
                .orElse("''");
        String paid = LedgerSql.PAID;
        String traces = "SELECT trace_id, max(session) AS session_of, argMaxIf(" + cohort
                + ", (is_request, cost_nano), "
                + cohort + " != '') AS cohort_of, sumIf(" + paid + ", kind = 'model_call') AS inference, sumIf(" + paid
                + ", kind IN ('retrieval', 'rerank', 'embedding')) AS retrieval, sum(" + paid + ") AS paid,"
                + " countIf((has_cost OR has_usage) AND NOT usage_repeated) AS calls, countIf(cost_known AND NOT"
                + " usage_repeated) AS priced "
                + SqlLedger.of(reads, tenant, query.window(), query.basis())
                        .spans(query.window(), query.filters(), bindings)
                + " GROUP BY trace_id";
        String cases = "SELECT " + CASE + " AS case_id, argMax(cohort_of, (cohort_of != '', paid)) AS cohort,"
                + " sum(inference) AS inferred, sum(retrieval) AS retrieved, sum(paid) AS all_paid, sum(calls) AS all_calls,"
                + " sum(priced) AS all_priced FROM (" + traces + ") GROUP BY case_id";
        return "SELECT cohort AS cohort_value, grouping(cohort) AS whole, uniqExact(cohort) AS cohorts, count() AS cases,"
                + " countIf(o.said > 0) AS stated, countIf(o.good > 0) AS resolved, sum(o.value) AS value_nano,"
                + " sum(c.inferred) AS inference, sum(c.retrieved) AS retrieval, sum(c.all_paid - c.inferred - c.retrieved) AS"
                + " other, sum(c.all_calls) AS calls, sum(c.all_priced) AS priced, sum(s.judge) AS judge_nano, sum(s.judgements)"
                + " AS judged, sum(s.judgements_priced) AS judged_priced, sum(s.review) AS review_nano, sum(s.reviews) AS"
                + " reviewed, sum(s.reviews_priced) AS reviewed_priced FROM (" + cases + ") AS c LEFT JOIN ("
                + outcomes(query, bindings) + ") AS o ON c.case_id = o.case_id LEFT JOIN (" + scores(query, bindings)
                + ") AS s ON c.case_id = s.case_id GROUP BY GROUPING SETS ((cohort), ()) ORDER BY whole DESC,"
                + " sum(c.all_paid) DESC, cohort_value LIMIT " + (query.limit() + 1);
    }

    private static String outcomes(EconomicsQuery query, Bindings bindings) {
        String name = query.outcome().isEmpty() ? "" : " AND name = " + bindings.text(query.outcome());
        String facts = "FROM outcome FINAL WHERE " + TenantQuery.TENANT + " AND is_deleted = 0" + name;
        return "SELECT " + caseOf() + " AS case_id, countIf(success = 1) AS good, countIf(success IS NOT NULL) AS said,"
                + " toInt64(sumIf(ifNull(value_nano, 0), success = 1)) AS value FROM (SELECT session, trace_id, success,"
                + " value_nano " + facts + ") AS f LEFT JOIN (" + sessions(query, bindings, facts)
                + ") AS t ON f.trace_id = t.trace_id GROUP BY case_id";
    }

    private static String scores(EconomicsQuery query, Bindings bindings) {
        String facts = "FROM score FINAL WHERE " + TenantQuery.TENANT + " AND source IN ('llm_judge', 'human')";
        return "SELECT " + caseOf()
                + " AS case_id, sumIf(cost_nano, source = 'llm_judge' AND cost_nano >= 0) AS judge,"
                + " countIf(source = 'llm_judge') AS judgements, countIf(source = 'llm_judge' AND cost_nano >= 0) AS judgements_priced,"
                + " sumIf(cost_nano, source = 'human' AND cost_nano >= 0) AS review, countIf(source = 'human') AS"
                + " reviews, countIf(source = 'human' AND cost_nano >= 0) AS reviews_priced FROM (SELECT session, trace_id,"
                + " source, cost_nano " + facts + ") AS f LEFT JOIN (" + sessions(query, bindings, facts)
                + ") AS t ON f.trace_id = t.trace_id GROUP BY case_id";
    }

    /** Of a fact {@code f} whose trace, if it is known, is {@code t}. */
    private static String caseOf() {
        return "if(f.session != '', concat('s:', f.session), if(t.session_of != '', concat('s:', t.session_of),"
                + " concat('t:', hex(f.trace_id))))";
    }

    private static String sessions(EconomicsQuery query, Bindings bindings, String facts) {
        return "SELECT trace_id, max(session) AS session_of FROM span FINAL WHERE " + TenantQuery.TENANT + " AND "
                + LedgerSql.during(query.window(), bindings) + " AND trace_id IN (SELECT trace_id " + facts
                + ") GROUP BY trace_id";
    }

    private record Row(String value, boolean whole, long cohorts, CaseSums sums) {}

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString("cohort_value"),
                row.getInt("whole") == 1,
                row.getLong("cohorts"),
                new CaseSums(
                        row.getLong("cases"),
                        row.getLong("stated"),
                        row.getLong("resolved"),
                        row.getLong("value_nano"),
                        row.getLong("inference"),
                        row.getLong("retrieval"),
                        row.getLong("other"),
                        row.getLong("calls"),
                        row.getLong("priced"),
                        row.getLong("judge_nano"),
                        row.getLong("judged"),
                        row.getLong("judged_priced"),
                        row.getLong("review_nano"),
                        row.getLong("reviewed"),
                        row.getLong("reviewed_priced")));
    }
}
