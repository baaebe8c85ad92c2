package io.pentameter.aggregation.engine;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Answers queries. */
public interface Reads {

    <T> List<T> read(TenantQuery query, Row<T> row);

    <T> List<T> read(AllTenantsQuery query, Row<T> row);

    /** Makes a value of the row at which the result stands. */
    @FunctionalInterface
    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }
}
