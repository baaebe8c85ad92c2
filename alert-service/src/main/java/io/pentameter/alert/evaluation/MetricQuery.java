package io.pentameter.alert.evaluation;

import io.pentameter.alert.rule.Filter;
import java.time.Instant;
import java.util.List;

/**
 * A question to aggregation-service about several tenants at once.
 *
 * @param from    first moment
 * @param to      the moment after the last
 * @param tenants one or more
 * @param orderBy which series to keep if there are more: those with the largest value of this measure
 * @param limit   most series of each tenant
 */
public record MetricQuery(
        List<String> measures,
        List<String> groupBy,
        List<Filter> filters,
        Instant from,
        Instant to,
        List<String> tenants,
        String orderBy,
        int limit) {}
