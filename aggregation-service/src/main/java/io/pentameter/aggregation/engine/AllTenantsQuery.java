package io.pentameter.aggregation.engine;

import java.util.Map;

/**
 * A query across all tenants: for the service's own work and for internal routes that serve no tenant. Only classes whose
 * names say so may build one; a test of the architecture holds them to it.
 */
public final class AllTenantsQuery {

    private final String sql;
    private final Map<String, String> parameters;

    public AllTenantsQuery(String sql, Bindings bindings) {
        this.sql = sql;
        parameters = bindings.values();
    }

    String sql() {
        return sql;
    }

    Map<String, String> parameters() {
        return parameters;
    }
}
