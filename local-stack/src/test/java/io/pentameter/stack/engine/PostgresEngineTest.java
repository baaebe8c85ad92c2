package io.pentameter.stack.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pentameter.stack.engine.PostgresEngine.Durability;
import io.pentameter.stack.process.Ports;
import io.pentameter.stack.process.Waiting;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresEngineTest {

    @TempDir
    private Path directory;

    @Test
    void keepsWhatItCommittedOverACrash() throws SQLException {
        try (PostgresEngine engine = engine("one")) {
            engine.start();
            execute(engine, "create table t (id int)");
            execute(engine, "insert into t select generate_series(1, 1000)");

            engine.kill();
            engine.start();

            assertThat(ask(engine, "select count(*) from t")).isEqualTo("1000");
        }
    }

    @Test
    void commitsToDiskInTheStack() throws SQLException {
        try (PostgresEngine engine = engine("one")) {
            engine.start();

            assertThat(ask(engine, "show fsync")).isEqualTo("on");
            assertThat(ask(engine, "show synchronous_commit")).isEqualTo("on");
            assertThat(ask(engine, "show full_page_writes")).isEqualTo("on");
        }
    }

    @Test
    void dealsWithTheServerThatAKilledOwnerLeftBehind() throws SQLException {
        PostgresEngine abandoned = engine("one");
        abandoned.start();
        execute(abandoned, "create table t (id int)");
        List<ProcessHandle> servers = abandoned.handle().descendants().toList();
        abandoned.handle().destroyForcibly();
        Waiting.until(Duration.ofSeconds(5), () -> !abandoned.isAlive());

        try (PostgresEngine next = engine("one")) {
            next.start();

            assertThat(ask(next, "select count(*) from t")).isEqualTo("0");
            // who is killed stays in the table until its new parent has asked for its end
            assertThat(Waiting.until(
                            Duration.ofSeconds(20), () -> servers.stream().noneMatch(ProcessHandle::isAlive)))
                    .isTrue();
        }
    }

    @Test
    void twoOfThemKnowNothingOfEachOther() throws SQLException {
        try (PostgresEngine one = engine("one");
                PostgresEngine other = engine("other")) {
            one.start();
            other.start();
            execute(one, "create table t (id int)");

            assertThat(ask(other, "select count(*) from pg_tables where tablename = 't'"))
                    .isEqualTo("0");
        }
    }

    @Test
    void rolesReachTheirOwnSchemaOnly() throws SQLException {
        try (PostgresEngine engine = engine("one")) {
            engine.start();
            PentameterDatabase.create(engine, role -> role + "'s word");
            PentameterDatabase.create(engine, role -> role + "'s word");

            try (Connection owner = engine.connect("pentameter", "alert_owner", "alert_owner's word");
                    Connection stranger = engine.connect("pentameter", "quality_app", "quality_app's word")) {
                owner.createStatement().execute("create table rule (id int)");

                assertThatThrownBy(() -> stranger.createStatement().execute("select * from alert.rule"))
                        .hasMessageContaining("permission denied for schema alert");
            }
        }
    }

    private PostgresEngine engine(String name) {
        Path home = directory.resolve(name);
        return new PostgresEngine(
                EngineStore.ofUser(), home, home.resolve("postgres.txt"), Ports.free(), "it's secret", Durability.FULL);
    }

    private static void execute(PostgresEngine engine, String command) throws SQLException {
        try (Connection connection = engine.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    private static String ask(PostgresEngine engine, String query) throws SQLException {
        try (Connection connection = engine.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
