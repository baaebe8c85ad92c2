package io.pentameter.aggregation.settlement;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Statements;
import io.pentameter.aggregation.mapping.Relative.Trace;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes the repriced rows of spans again whose relatives say something else than was known when they were repriced, so that a
 * report of a repricing puts them where the spans' own rows are put. Of all generations, visible or not.
 */
final class AllTenantsRepriced {

    private final Statements statements;

    AllTenantsRepriced(Statements statements) {
        this.statements = statements;
    }

    /**
     * Doing it again replaces the rows with the same. A call whose usage another has too is no change of cost in any report.
     *
     * @param verdicts of spans of one tenant
     * @param since    earliest start of the spans, nanoseconds since the epoch
     */
    void write(String tenant, List<Verdict> verdicts, long since) {
        List<Verdict> moved = verdicts.stream()
                .filter(verdict -> verdict.isWhoseNew() || verdict.repeated())
                .toList();
        if (moved.isEmpty()) {
            return;
        }
        Bindings bindings = new Bindings();
        Set<Trace> traces = new HashSet<>();
        moved.forEach(verdict -> traces.add(verdict.trace()));
        String keys = bindings.texts(moved.stream()
                .map(verdict -> AllTenantsSettlement.hex(verdict.trace()) + verdict.span())
                .toList());
        String features = bindings.texts(
                moved.stream().map(verdict -> verdict.whose().feature()).toList());
        String customers = bindings.texts(
                moved.stream().map(verdict -> verdict.whose().customer()).toList());
        String repeated = bindings.texts(
                moved.stream().map(verdict -> verdict.repeated() ? "yes" : "").toList());
        String sql = "INSERT INTO repriced_span SELECT s.* EXCEPT (place) REPLACE (%1$s[s.place] AS feature,"
                        .formatted(features)
                + " %1$s[s.place] AS customer, if(%2$s[s.place] = 'yes', s.cost_known, s.was_known) AS was_known,"
                        .formatted(customers, repeated)
                + " if(%1$s[s.place] = 'yes', s.cost_nano, s.was_nano) AS was_nano)".formatted(repeated)
                + " FROM (SELECT *, indexOf(" + keys + ", concat(lower(hex(trace_id)), lower(hex(span_id)))) AS place"
                + " FROM repriced_span FINAL WHERE " + AllTenantsSettlement.condition(traces, bindings)
                + " AND tenant = " + bindings.text(tenant)
                + " AND start >= fromUnixTimestamp64Nano(" + bindings.number(since) + ", 'UTC') AND place > 0) AS s";
        statements.run(sql, bindings);
    }
}
