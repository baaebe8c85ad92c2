package io.pentameter.aggregation.cost;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.aggregation.filter.Filter;
import io.pentameter.aggregation.generation.Generations;
import io.pentameter.aggregation.generation.PriceBasis;
import io.pentameter.aggregation.metrics.Window;
import java.util.Collection;

/** A tenant's spans with what they cost by one basis of prices, and the components of that cost. */
public final class SqlLedger {

    private final Generations generations;
    private final boolean isInRollups;

    private SqlLedger(PriceBasis basis, Generations visible) {
        generations = basis.of(visible);
        isInRollups = basis.isInRollups(visible);
    }

    /**
     * The ledger over a time.
     *
     * @param window that holds all the times that will be asked about
     */
    public static SqlLedger of(Reads reads, String tenant, Window window, PriceBasis basis) {
        Bindings bindings = new Bindings();
        String sql = Generations.visible(TenantQuery.TENANT, window.from(), window.to(), bindings);
        return new SqlLedger(
                basis, new Generations(reads.read(new TenantQuery(tenant, sql, bindings), row -> row.getLong(1))));
    }

    /** Whether rollups hold the same amounts. */
    boolean isInRollups() {
        return isInRollups;
    }

    /** The generations whose costs count; none: every span costs what it came with. */
    public Generations generations() {
        return generations;
    }

    /** {@code FROM span ... WHERE} with all conditions. */
    public String spans(Window window, Collection<Filter> filters, Bindings bindings) {
        return spans(LedgerSql.during(window, bindings), filters, bindings);
    }

    /** @param during condition on {@code start} */
    public String spans(String during, Collection<Filter> filters, Bindings bindings) {
        return "FROM " + generations.spans(TenantQuery.TENANT, during, bindings) + " WHERE " + TenantQuery.TENANT
                + " AND " + during + LedgerSql.conditions(filters, bindings);
    }
}
