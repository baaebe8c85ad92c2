package io.pentameter.aggregation.generation;

import io.pentameter.aggregation.engine.Bindings;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * SQL for the visible generations of repriced costs and for spans with their current cost.
 *
 * @param numbers of the generations; none: every span costs what it came with
 */
public record Generations(List<Long> numbers) {

    /** No generation: costs as billed. */
    public static final Generations NONE = new Generations(List.of());

    public Generations {
        numbers = List.copyOf(numbers);
    }

    public boolean isEmpty() {
        return numbers.isEmpty();
    }

    /**
     * A query for the numbers of the generations that are visible and touch a time.
     *
     * @param scope condition that confines the tenants
     */
    public static String visible(String scope, Instant from, Instant to, Bindings bindings) {
        return "SELECT generation FROM repricing_event WHERE " + scope
                + " AND begin < " + bindings.second(to.plusSeconds(1))
                + " AND finish > " + bindings.second(from)
                + " GROUP BY tenant, generation HAVING countIf(kind = 'reverted') = 0 ORDER BY generation";
    }

    /**
     * What stands behind FROM to read deduplicated spans with their current cost.
     *
     * @param scope  condition that confines the tenants; stands in it twice, or not at all
     * @param during condition on {@code start}; stands in it twice, or not at all
     */
    public String spans(String scope, String during, Bindings bindings) {
        if (isEmpty()) {
            return "span FINAL";
        }
        return """
                (SELECT s.* EXCEPT (cost_known, cost_nano, cost_unknown_reason),
                   if(r.newest > 0, r.known, s.cost_known) AS cost_known,
                   if(r.newest > 0, r.nano, s.cost_nano) AS cost_nano,
                   if(r.newest > 0, r.reason, toString(s.cost_unknown_reason)) AS cost_unknown_reason
                 FROM (SELECT * FROM span FINAL WHERE %1$s AND %2$s) AS s
                 LEFT JOIN (
                   SELECT tenant AS r_tenant, trace_id AS r_trace, span_id AS r_span, span_version AS r_version,
                     max(generation) AS newest,
                     argMax(cost_known, generation) AS known, argMax(cost_nano, generation) AS nano,
                     argMax(toString(cost_unknown_reason), generation) AS reason
                   FROM repriced_span FINAL
                   WHERE %1$s AND generation IN %3$s AND %2$s
                   GROUP BY r_tenant, r_trace, r_span, r_version) AS r
                 ON s.tenant = r.r_tenant AND s.trace_id = r.r_trace AND s.span_id = r.r_span
                   AND toUInt64(toUnixTimestamp64Micro(s.received_at)) = r.r_version) AS spans""".formatted(scope, during, list(numbers, bindings));
    }

    private static String list(Collection<Long> numbers, Bindings bindings) {
        return numbers.stream().map(bindings::number).collect(Collectors.joining(", ", "(", ")"));
    }
}
