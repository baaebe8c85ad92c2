package io.pentameter.stack.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The database of the services inside a PostgreSQL: for each schema an owner, who migrates it, and an app role, who works
 * in it and can neither own nor bypass row-level security.
 */
public final class PentameterDatabase {

    public static final String NAME = "pentameter";
    public static final List<String> SCHEMAS = List.of("gateway", "quality", "alert", "ingest");

    private PentameterDatabase() {}

    public static String owner(String schema) {
        return schema + "_owner";
    }

    public static String app(String schema) {
        return schema + "_app";
    }

    /**
     * Creates what is missing, and sets the roles' passwords.
     *
     * @param passwords the password of a role by its name
     */
    public static void create(PostgresEngine engine, UnaryOperator<String> passwords) {
        try {
            try (Connection connection = engine.connect(PostgresEngine.SUPERUSER)) {
                if (!exists(connection, "select 1 from pg_database where datname = ?", NAME)) {
                    execute(connection, "create database " + NAME);
                    execute(connection, "revoke all on database " + NAME + " from public");
                }
            }
            try (Connection connection = engine.connect(NAME)) {
                execute(connection, "revoke all on schema public from public");
                for (String schema : SCHEMAS) {
                    createRole(connection, owner(schema), passwords);
                    createRole(connection, app(schema), passwords);
                    execute(
                            connection,
                            "create schema if not exists %s authorization %s".formatted(schema, owner(schema)));
                    execute(connection, "grant usage on schema %s to %s".formatted(schema, app(schema)));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("could not create the database " + NAME, e);
        }
    }

    private static void createRole(Connection connection, String role, UnaryOperator<String> passwords)
            throws SQLException {
        if (!exists(connection, "select 1 from pg_roles where rolname = ?", role)) {
            execute(connection, "create role " + role + " login nosuperuser nobypassrls");
            execute(connection, "grant connect on database " + NAME + " to " + role);
        }
        String schema = role.substring(0, role.indexOf('_'));
        execute(connection, "alter role %s set search_path to %s".formatted(role, schema));
        execute(connection, "alter role %s password '%s'".formatted(role, quoted(passwords.apply(role))));
    }

    private static String quoted(String password) {
        return password.replace("'", "''");
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void execute(Connection connection, String command) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
