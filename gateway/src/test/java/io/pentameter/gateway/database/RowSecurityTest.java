package io.pentameter.gateway.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pentameter.gateway.testing.Gateway;
import io.pentameter.gateway.testing.GatewayEngines;
import io.pentameter.gateway.testing.Sql;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What somebody could do who can speak SQL with the gateway's own role. */
@QuarkusTest
@WithTestResource(value = GatewayEngines.class, scope = TestResourceScope.GLOBAL)
class RowSecurityTest {

    @Test
    void everyTableHasForcedRowSecurity() throws SQLException {
        try (Connection connection = Sql.asOwner()) {
            assertThat(column(connection, """
                            select relname from pg_class
                            where relnamespace = 'gateway'::regnamespace and relkind = 'r'
                                and not (relrowsecurity and relforcerowsecurity)
                            """)).isEqualTo(List.of("flyway_schema_history"));
        }
    }

    @Test
    void withoutATenantNothingCanBeReadOrWritten() throws SQLException {
        Gateway.Home home = Gateway.home();
        Gateway.key(home, "read");
        try (Connection connection = Sql.asApp()) {
            for (String table : List.of("tenant", "api_key", "member", "setting", "outbox", "idempotency")) {
                connection.setAutoCommit(true);
                if (!table.equals("setting") && !table.equals("idempotency") && !table.equals("outbox")) {
                    assertThatExceptionOfType(SQLException.class)
                            .as(table)
                            .isThrownBy(() -> column(connection, "select * from gateway." + table))
                            .withMessageContaining("app.tenant");
                }
            }
            // the setting is left behind empty by a transaction that had one: still nothing
            connection.setAutoCommit(false);
            column(connection, "select set_config('app.tenant', '%s', true)".formatted(home.tenant()));
            connection.commit();
            assertThat(column(connection, "select id from gateway.api_key")).isEmpty();
        }
    }

    @Test
    void aTransactionOfOneTenantSeesAndTouchesNothingOfAnother() throws SQLException {
        Gateway.Home ours = Gateway.home();
        Gateway.Home theirs = Gateway.home();
        String theirKey = Gateway.keyId(Gateway.key(theirs, "read"));

        try (Connection connection = Sql.asApp();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            column(connection, "select set_config('app.tenant', '%s', true)".formatted(ours.tenant()));

            assertThat(column(connection, "select id from gateway.tenant")).isEqualTo(List.of(ours.tenant()));
            assertThat(column(connection, "select id from gateway.api_key where id = '%s' or true".formatted(theirKey)))
                    .isEmpty();
            assertThat(column(connection, "select distinct tenant from gateway.member"))
                    .isEqualTo(List.of(ours.tenant()));
            assertThat(statement.executeUpdate("update gateway.api_key set revoked_at = now()"))
                    .isZero();
            assertThat(statement.executeUpdate(
                            "delete from gateway.member where tenant = '%s'".formatted(theirs.tenant())))
                    .isZero();
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.executeUpdate("""
                            insert into gateway.member (id, tenant, email, roles, created_at)
                            values ('mem_evil', '%s', 'evil@example.org', '{admin}', now())
                            """.formatted(theirs.tenant())))
                    .withMessageContaining("row-level security");
            connection.rollback();
        }
    }

    @Test
    void theRoleCannotTakeTheGuardAway() throws SQLException {
        try (Connection connection = Sql.asApp()) {
            for (String attempt : List.of(
                    "alter table gateway.api_key disable row level security",
                    "alter table gateway.api_key no force row level security",
                    "drop policy tenant_only on gateway.api_key",
                    "create or replace function gateway.may_see(row_tenant text) returns boolean language sql as 'select true'",
                    "alter role gateway_app bypassrls",
                    "set role gateway_owner",
                    "truncate gateway.api_key",
                    "delete from gateway.tenant",
                    "select * from gateway.flyway_schema_history",
                    "create table gateway.mine (x int)")) {
                assertThatExceptionOfType(SQLException.class).as(attempt).isThrownBy(() -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute(attempt);
                    }
                });
            }
        }
    }

    private static List<String> column(Connection connection, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
