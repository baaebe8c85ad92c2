package io.pentameter.stack.testing;

import io.pentameter.stack.engine.ClickHouseEngine;
import io.pentameter.stack.engine.EngineStore;
import io.pentameter.stack.engine.KafkaEngine;
import io.pentameter.stack.engine.KeycloakEngine;
import io.pentameter.stack.engine.PentameterDatabase;
import io.pentameter.stack.engine.PentameterTopics;
import io.pentameter.stack.engine.PostgresEngine;
import io.pentameter.stack.engine.PostgresEngine.Durability;
import io.pentameter.stack.engine.Trees;
import io.pentameter.stack.process.Component;
import io.pentameter.stack.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * One engine of each kind per test JVM, started when first asked for, on random ports, gone with the JVM.
 *
 * <p>Tests share them: use names of your own (topics, tenants, tables) where that matters. The facts are kept in the
 * system properties, so that all class loaders of a test framework see the same engines.
 */
public final class SharedEngines {

    /** The password of every role and user; the engines listen on the loopback address only, and die with the test. */
    public static final String PASSWORD = "pentameter-test";

    private static final String PREFIX = "pentameter.test.engine.";
    private static final ConcurrentLinkedDeque<Component> STARTED = new ConcurrentLinkedDeque<>();
    private static @Nullable Path directory;

    private SharedEngines() {}

    /** How to reach the broker: {@code bootstrap} is as in {@code 127.0.0.1:23456}. */
    public record Kafka(String bootstrap) {}

    /** How to reach the ClickHouse engine: {@code url} is as in {@code http://127.0.0.1:23456}. */
    public record ClickHouse(String url, String user, String password, String database) {}

    /** The database {@code pentameter} with the schemas and roles of {@link PentameterDatabase}, all with one password. */
    public record Postgres(String url, String superuser, String password) {

        public String jdbcUrl() {
            return "jdbc:" + url;
        }

        public String owner(String schema) {
            return PentameterDatabase.owner(schema);
        }

        public String app(String schema) {
            return PentameterDatabase.app(schema);
        }
    }

    /** How to reach Keycloak: {@code url} has no realm, as in {@code http://127.0.0.1:23456}. */
    public record Keycloak(String url, String admin, String password) {}

    /** A broker with the product's topics; others are not created by use. */
    public static Kafka kafka() {
        return new Kafka(fact("kafka", SharedEngines::startKafka));
    }

    public static ClickHouse clickHouse() {
        String url = fact("clickhouse", SharedEngines::startClickHouse);
        return new ClickHouse(url, ClickHouseEngine.USER, PASSWORD, ClickHouseEngine.DATABASE);
    }

    public static Postgres postgres() {
        return new Postgres(fact("postgres", SharedEngines::startPostgres), PostgresEngine.SUPERUSER, PASSWORD);
    }

    /** Takes its time, 10 to 30 s: only where tokens of real people matter. */
    public static Keycloak keycloak() {
        return new Keycloak(fact("keycloak", SharedEngines::startKeycloak), KeycloakEngine.ADMIN, PASSWORD);
    }

    private static String startKafka(EngineStore store, Path directory) {
        KafkaEngine engine =
                new KafkaEngine(store, directory, directory.resolve("kafka.txt"), Ports.free(), Ports.free());
        start(engine);
        PentameterTopics.create(engine);
        return engine.bootstrap();
    }

    private static String startClickHouse(EngineStore store, Path directory) {
        ClickHouseEngine engine =
                new ClickHouseEngine(store, directory, directory.resolve("clickhouse.txt"), Ports.free(), PASSWORD);
        start(engine);
        return engine.url();
    }

    private static String startPostgres(EngineStore store, Path directory) {
        PostgresEngine engine = new PostgresEngine(
                store, directory, directory.resolve("postgres.txt"), Ports.free(), PASSWORD, Durability.NONE);
        start(engine);
        PentameterDatabase.create(engine, _ -> PASSWORD);
        return engine.url(PentameterDatabase.NAME);
    }

    private static String startKeycloak(EngineStore store, Path directory) {
        KeycloakEngine engine = new KeycloakEngine(
                store, directory, directory.resolve("keycloak.txt"), Ports.free(), Ports.free(), PASSWORD);
        start(engine);
        return engine.url();
    }

    private static void start(Component engine) {
        STARTED.add(engine);
        engine.start();
    }

    private static String fact(String name, Starter starter) {
        Properties facts = System.getProperties();
        synchronized (facts) { // the one object that all class loaders share
            String fact = facts.getProperty(PREFIX + name);
            if (fact == null) {
                fact = starter.start(EngineStore.ofUser(), directory().resolve(name));
                facts.setProperty(PREFIX + name, fact);
            }
            return fact;
        }
    }

    private static Path directory() {
        Path current = directory;
        if (current == null) {
            try {
                current = Files.createTempDirectory("pentameter-engines");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            directory = current;
            Path created = current;
            Runtime.getRuntime().addShutdownHook(new Thread(() -> cleanUp(created), "shared-engines-stop"));
        }
        return current;
    }

    /** Their data are of no use to anybody, so there is nothing to stop in good order. */
    private static void cleanUp(Path created) {
        List.copyOf(STARTED).forEach(Component::kill);
        try {
            Trees.delete(created);
        } catch (IOException e) {
            System.err.println("could not delete " + created + ": " + e);
        }
    }

    private interface Starter {
        String start(EngineStore store, Path directory);
    }
}
