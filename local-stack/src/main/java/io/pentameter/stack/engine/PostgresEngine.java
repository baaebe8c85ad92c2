package io.pentameter.stack.engine;

import io.pentameter.stack.process.Component;
import io.pentameter.stack.process.OwnedProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.postgresql.Driver;

/** PostgreSQL with the superuser {@value #SUPERUSER}, answering on the loopback address only. */
public final class PostgresEngine extends Component {

    public static final String SUPERUSER = "postgres";

    /** What a commit means. */
    public enum Durability {
        /** On disk before it is answered. */
        FULL,
        /** In memory; for tests that never lose power. The death of the process alone still loses nothing. */
        NONE
    }

    private final EngineStore store;
    private final Path directory;
    private final int port;
    private final String password;
    private final Durability durability;

    public PostgresEngine(
            EngineStore store, Path directory, Path log, int port, String password, Durability durability) {
        super("postgresql", log);
        this.store = store;
        this.directory = directory.toAbsolutePath();
        this.port = port;
        this.password = password;
        this.durability = durability;
    }

    public int port() {
        return port;
    }

    public String password() {
        return password;
    }

    /** As in {@code postgresql://127.0.0.1:4313/pentameter}: what the services are given. */
    public String url(String database) {
        return "postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** A connection as {@value #SUPERUSER}. */
    public Connection connect(String database) throws SQLException {
        return connect(database, SUPERUSER, password);
    }

    public Connection connect(String database, String user, String userPassword) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", userPassword);
        properties.setProperty("connectTimeout", "5");
        Connection connection = new Driver().connect("jdbc:" + url(database), properties);
        if (connection == null) {
            throw new SQLException("the driver did not take " + url(database));
        }
        return connection;
    }

    @Override
    protected OwnedProcess launch() {
        Path home = store.folder(EngineName.POSTGRESQL);
        Path data = directory.resolve("data");
        try {
            Files.createDirectories(directory);
            new PostgresCluster(home, data, log(), durability).prepare(password);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> command = new ArrayList<>(List.of("sh", "-c", owner(), "postgres-owner"));
        command.addAll(PostgresCluster.asNobody());
        command.addAll(List.of(home.resolve("bin/postgres").toString(), "-D", data.toString()));
        settings().forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return OwnedProcess.start(command, Map.of("TZ", "UTC"), directory, log());
    }

    @Override
    protected boolean isReady() {
        try (Connection connection = connect(SUPERUSER)) {
            return connection.isValid(1);
        } catch (SQLException _) {
            return false;
        }
    }

    private Map<String, String> settings() {
        String durable = durability == Durability.FULL ? "on" : "off";
        return Map.ofEntries(
                Map.entry("port", String.valueOf(port)),
                Map.entry("listen_addresses", "127.0.0.1"),
                Map.entry("unix_socket_directories", ""),
                Map.entry("max_connections", "100"),
                Map.entry("shared_buffers", "64MB"),
                Map.entry("max_wal_size", "512MB"),
                Map.entry("jit", "off"),
                Map.entry("log_line_prefix", "%m %u@%d "),
                Map.entry("fsync", durable),
                Map.entry("synchronous_commit", durable),
                Map.entry("full_page_writes", durable));
    }

    private static String owner() {
        try (InputStream in = PostgresEngine.class.getResourceAsStream("postgres-owner.sh")) {
            if (in == null) {
                throw new IllegalStateException("postgres-owner.sh is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
