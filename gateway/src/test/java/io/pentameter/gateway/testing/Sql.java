package io.pentameter.gateway.testing;

import io.pentameter.stack.testing.SharedEngines;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The database behind the gateway's back. */
public final class Sql {

    private Sql() {}

    /** As the role that the gateway works with. */
    public static Connection asApp() throws SQLException {
        SharedEngines.Postgres postgres = SharedEngines.postgres();
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.app("gateway"), postgres.password());
    }

    /** As the role that owns the tables. */
    public static Connection asOwner() throws SQLException {
        SharedEngines.Postgres postgres = SharedEngines.postgres();
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.owner("gateway"), postgres.password());
    }
}
