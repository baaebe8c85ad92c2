package io.pentameter.aggregation.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Tables;
import io.pentameter.aggregation.testing.Store;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SqlMigrationsTest {

    private static final Store STORE = Store.of("migrations_test");

    @Test
    void everyFileMayBeAppliedAgainAfterACrash() {
        STORE.reads().run("TRUNCATE TABLE schema_version", new Bindings());

        assertThat(new SqlMigrations(STORE.reads(), STORE.reads(), Layout.SINGLE).apply())
                .hasSizeGreaterThan(5);
        assertThat(new SqlMigrations(STORE.reads(), STORE.reads(), Layout.SINGLE).apply())
                .isEmpty();
    }

    @Test
    void everyTableWithATenantIsConfined() {
        Set<String> ofTenants = new TreeSet<>(STORE.all(
                "SELECT table FROM system.columns WHERE database = 'migrations_test' AND name = 'tenant'",
                row -> row.getString(1)));

        assertThat(Tables.names()).containsExactlyInAnyOrderElementsOf(ofTenants);
    }
}
