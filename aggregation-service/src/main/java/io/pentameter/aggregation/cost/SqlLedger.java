package io.pentameter.aggregation.cost;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.aggregation.filter.Filter;
import io.pentameter.aggregation.metrics.Window;
import java.util.Collection;

/** A tenant's spans with what they cost: the one place that says whose amounts count. */
public final class SqlLedger {

    private SqlLedger() {}

    /**
     * The ledger over a time.
     *
     * @param window that holds all the times that will be asked about
     */
    public static SqlLedger of(Reads reads, String tenant, Window window) {
        return new SqlLedger();
    }

    /** {@code FROM span ... WHERE} with all conditions. */
    public String spans(Window window, Collection<Filter> filters, Bindings bindings) {
        return spans(LedgerSql.during(window, bindings), filters, bindings);
    }

    /** @param during condition on {@code start} */
    public String spans(String during, Collection<Filter> filters, Bindings bindings) {
        return "FROM span FINAL WHERE " + TenantQuery.TENANT + " AND " + during
                + LedgerSql.conditions(filters, bindings);
    }
}
