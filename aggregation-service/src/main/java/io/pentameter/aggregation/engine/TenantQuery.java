package io.pentameter.aggregation.engine;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * A query that can see one tenant only; the one way to read a tenant's data.
 *
 * <p>It cannot be built without a tenant, and is refused if a table in it is not confined by {@code tenant =
 * <placeholder>}: {@link #TENANT} must stand in it at least once for each table. That is the first belt. The second is the
 * engine's: {@link ClickHouseReads} sends with every such query a filter for each of our tables, which the engine adds
 * to the tables themselves, whatever the SQL says.
 */
public final class TenantQuery {

    /** Write this where the tenant's condition belongs: {@code FROM span WHERE ${tenant} AND ...}. */
    public static final String TENANT = "${tenant}";

    private static final Pattern TABLE = Pattern.compile("\\b(?:FROM|JOIN)\\s+([a-z_0-9]+)", Pattern.CASE_INSENSITIVE);

    private final String tenant;
    private final String sql;
    private final Map<String, String> parameters;

    /**
     * @param sql      with {@link #TENANT} for each table
     * @param bindings of the placeholders in {@code sql}; the tenant is added
     * @throws IllegalArgumentException if the tenant is empty
     * @throws IllegalStateException if a table is not confined: a fault of the query's author
     */
    public TenantQuery(String tenant, String sql, Bindings bindings) {
        if (tenant.isEmpty()) {
            throw new IllegalArgumentException("a query needs a tenant");
        }
        requireConfined(sql);
        this.tenant = tenant;
        this.sql = sql.replace(TENANT, "tenant = " + bindings.text(tenant));
        parameters = bindings.values();
    }

    String tenant() {
        return tenant;
    }

    String sql() {
        return sql;
    }

    Map<String, String> parameters() {
        return parameters;
    }

    private static void requireConfined(String sql) {
        long tables = TABLE.matcher(sql)
                .results()
                .filter(match -> Tables.names().contains(match.group(1)))
                .count();
        long confined =
                Pattern.compile(Pattern.quote(TENANT)).matcher(sql).results().count();
        if (tables == 0 || confined < tables) {
            throw new IllegalStateException(
                    "a query of a tenant names %d tables and confines %d".formatted(tables, confined));
        }
    }
}
