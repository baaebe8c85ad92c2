package io.pentameter.aggregation.trace;

import io.pentameter.aggregation.engine.AllTenantsQuery;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.Statements;
import java.time.Instant;

/**
 * Takes away announcements whose span has come, so that few are left to look through. What is shown does not depend on it:
 * whoever lists running spans leaves out those that have come.
 */
final class AllTenantsOpenSpans {

    private final Reads reads;
    private final Statements statements;

    AllTenantsOpenSpans(Reads reads, Statements statements) {
        this.reads = reads;
        this.statements = statements;
    }

    /** @param since only spans that were received since then are looked at */
    void sweep(Instant since) {
        boolean isEmpty = reads.read(
                        new AllTenantsQuery("SELECT 1 FROM span_open LIMIT 1", new Bindings()), row -> row.getInt(1))
                .isEmpty();
        if (isEmpty) {
            return;
        }
        Bindings bindings = new Bindings();
        statements.run(
                "INSERT INTO span_open (tenant, trace_id, span_id, start, version, is_deleted)"
                        + " SELECT tenant, trace_id, span_id, start, version + 1, 1 FROM span_open FINAL"
                        + " WHERE (tenant, trace_id, span_id) IN (SELECT tenant, trace_id, span_id FROM span"
                        + " WHERE received_at >= " + bindings.instant(since)
                        + " AND tenant IN (SELECT DISTINCT tenant FROM span_open)"
                        + " AND (tenant, trace_id) IN (SELECT tenant, trace_id FROM span_open FINAL))",
                bindings);
    }
}
