package io.pentameter.aggregation.reconciliation;

import io.pentameter.aggregation.engine.AllTenantsQuery;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Reads;
import java.util.List;

/** Who has imported invoices at all. */
final class AllTenantsInvoices {

    private final Reads reads;

    AllTenantsInvoices(Reads reads) {
        this.reads = reads;
    }

    List<String> tenants() {
        return reads.read(
                new AllTenantsQuery("SELECT DISTINCT tenant FROM invoice ORDER BY tenant", new Bindings()),
                row -> row.getString(1));
    }
}
