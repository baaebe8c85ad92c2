package io.pentameter.aggregation.cost;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.aggregation.filter.Filter;
import java.util.List;
import java.util.Set;

/** SQL for what judging cost, by what the judged span says of itself, at the time at which it was judged. */
final class QualitySql {

    private static final Set<String> COLUMNS = Set.of(
            "feature",
            "customer",
            "user",
            "session",
            "route",
            "intent",
            "model",
            "provider",
            "prompt_name",
            "prompt_version",
            "environment",
            "region",
            "release",
            "key_id");

    private QualitySql() {}

    /** Whether scores know all that the query groups and filters by. */
    static boolean canAnswer(CostQuery query) {
        return query.groupBy().stream().allMatch(dimension -> COLUMNS.contains(dimension.column()))
                && query.filters().stream()
                        .allMatch(filter -> COLUMNS.contains(
                                filter.dimensionOrEmpty().map(Dimension::column).orElse("")));
    }

    /** judge_nano, judged, judged_priced, reviewed, reviewed_priced, review_nano. */
    static String of(CostQuery query, List<List<String>> shown, Bindings bindings) {
        String key = Keys.sql(
                query.groupBy().stream()
                        .map(it -> "toString(" + it.column() + ")")
                        .toList(),
                shown,
                bindings);
        StringBuilder conditions = new StringBuilder();
        for (Filter filter : query.filters()) {
            conditions.append(" AND ").append(filter.sql(bindings, Dimension::column));
        }
        return "SELECT k, grouping(k) AS whole, sumIf(cost_nano, source = 'llm_judge' AND cost_nano >= 0) AS judge_nano,"
                + " countIf(source = 'llm_judge') AS judged, countIf(source = 'llm_judge' AND cost_nano >= 0) AS judged_priced,"
                + " countIf(source = 'human') AS reviewed, countIf(source = 'human' AND cost_nano >= 0) AS reviewed_priced,"
                + " sumIf(cost_nano, source = 'human' AND cost_nano >= 0) AS review_nano FROM (SELECT " + key
                + " AS k, source, cost_nano FROM score FINAL WHERE " + TenantQuery.TENANT + " AND created_at >= "
                + bindings.instant(query.window().from()) + " AND created_at < "
                + bindings.instant(query.window().to()) + conditions + ") GROUP BY GROUPING SETS ((k), ())";
    }
}
