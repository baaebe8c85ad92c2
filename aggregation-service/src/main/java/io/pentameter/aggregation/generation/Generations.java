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
     * What stands behind FROM to read deduplicated spans with their current cost, its components and its price.
     *
     * @param scope  condition that confines the tenants; stands in it twice, or not at all
     * @param during condition on {@code start}; stands in it twice, or not at all
     */
    public String spans(String scope, String during, Bindings bindings) {
        if (isEmpty()) {
            return "span FINAL";
        }
        return """
                (SELECT s.* EXCEPT (cost_known, cost_nano, cost_unknown_reason, price_version, price_id, cost_buckets,
                     cost_units, cost_unit_prices, cost_parts_nano),
                   if(r.newest > 0, r.known, s.cost_known) AS cost_known,
                   if(r.newest > 0, r.nano, s.cost_nano) AS cost_nano,
                   if(r.newest > 0, r.reason, toString(s.cost_unknown_reason)) AS cost_unknown_reason,
                   if(r.by_version != '', r.by_version, toString(s.price_version)) AS price_version,
                   if(r.by_version != '', r.by_price, toString(s.price_id)) AS price_id,
                   if(r.by_version != '', r.buckets, s.cost_buckets) AS cost_buckets,
                   if(r.by_version != '', r.units, s.cost_units) AS cost_units,
                   if(r.by_version != '', r.unit_prices, s.cost_unit_prices) AS cost_unit_prices,
                   if(r.by_version != '', r.parts, s.cost_parts_nano) AS cost_parts_nano
                 FROM (SELECT * FROM span FINAL WHERE %1$s AND %2$s) AS s
                 LEFT JOIN (%3$s) AS r
                 ON s.tenant = r.r_tenant AND s.trace_id = r.r_trace AND s.span_id = r.r_span
                   AND toUInt64(toUnixTimestamp64Micro(s.received_at)) = r.r_version) AS spans""".formatted(scope, during, repriced(scope + " AND " + during, bindings));
    }

    /**
     * A query for what the generations say, a row for each version of a span: {@code r_tenant}, {@code r_trace}, {@code r_span},
     * {@code r_version} (its receipt in microseconds), {@code newest} (the generation that counts), {@code known}, {@code nano},
     * {@code reason}, {@code by_version}, {@code by_price}, {@code buckets}, {@code units}, {@code unit_prices}, {@code parts}. There must be a
     * generation.
     *
     * @param where condition that confines the tenants, and further ones on {@code start} and {@code trace_id}
     */
    public String repriced(String where, Bindings bindings) {
        return """
                SELECT tenant AS r_tenant, trace_id AS r_trace, span_id AS r_span, span_version AS r_version,
                  max(generation) AS newest,
                  argMax(cost_known, generation) AS known, argMax(cost_nano, generation) AS nano,
                  argMax(toString(cost_unknown_reason), generation) AS reason,
                  argMax(toString(price_version), generation) AS by_version,
                  argMax(toString(price_id), generation) AS by_price,
                  argMax(cost_buckets, generation) AS buckets, argMax(cost_units, generation) AS units,
                  argMax(cost_unit_prices, generation) AS unit_prices, argMax(cost_parts_nano, generation) AS parts
                FROM repriced_span FINAL
                WHERE %s AND generation IN %s
                GROUP BY r_tenant, r_trace, r_span, r_version""".formatted(where, list(numbers, bindings));
    }

    private static String list(Collection<Long> numbers, Bindings bindings) {
        return numbers.stream().map(bindings::number).collect(Collectors.joining(", ", "(", ")"));
    }
}
