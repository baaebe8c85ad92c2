package io.pentameter.aggregation.metrics;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.TenantQuery;
import java.util.List;

/** Whose data a query sees. */
sealed interface QueryScope {

    /** Condition on a table. */
    String sql(Bindings bindings);

    /** Column that groups besides the dimensions asked for; empty for none. */
    String tenantColumn();

    record OneTenant(String tenant) implements QueryScope {

        @Override
        public String sql(Bindings bindings) {
            return TenantQuery.TENANT;
        }

        @Override
        public String tenantColumn() {
            return "";
        }
    }

    /**
     * Every tenant, each for itself.
     *
     * @param only these; empty for all
     */
    record AllTenants(List<String> only) implements QueryScope {

        public AllTenants {
            only = List.copyOf(only);
        }

        @Override
        public String sql(Bindings bindings) {
            return only.isEmpty() ? "tenant != ''" : "tenant IN " + bindings.texts(only);
        }

        @Override
        public String tenantColumn() {
            return "tenant";
        }
    }
}
