package io.pentameter.stack;

import io.pentameter.stack.engine.ClickHouseEngine;
import io.pentameter.stack.engine.EngineStore;
import io.pentameter.stack.engine.KafkaEngine;
import io.pentameter.stack.engine.KeycloakEngine;
import io.pentameter.stack.engine.PentameterDatabase;
import io.pentameter.stack.engine.PentameterTopics;
import io.pentameter.stack.engine.PostgresEngine;
import io.pentameter.stack.engine.PostgresEngine.Durability;
import io.pentameter.stack.process.ChildJar;
import io.pentameter.stack.process.Component;
import io.pentameter.stack.seed.Person;
import io.pentameter.stack.seed.Realm;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Engines and services of one directory, started in the order of what they need and stopped in the other.
 *
 * <p>A second start goes on with the directory's data. One directory, one stack: {@link StackLock} sees to it.
 */
public final class LocalStack implements AutoCloseable {

    private final StackDirectory directory;
    private final PortPlan ports;
    private final Console console;
    private final Path home;
    private final Secrets secrets;
    private final SigningKeys keys;
    private final ServiceEnvironment environment;
    private final StackLock lock;
    private final KafkaEngine kafka;
    private final ClickHouseEngine clickHouse;
    private final PostgresEngine postgres;
    private final KeycloakEngine keycloak;
    private final Map<ServiceName, Component> services = new EnumMap<>(ServiceName.class);

    /**
     * A stack that is not started yet.
     *
     * @param home the repository, where the packaged services are
     * @throws IllegalStateException if another stack runs on the directory
     */
    public LocalStack(Path home, StackDirectory directory, PortPlan ports, EngineStore store, Console console) {
        directory.create();
        this.lock = StackLock.take(directory, console);
        this.home = home;
        this.directory = directory;
        this.ports = ports;
        this.console = console;
        this.secrets = new Secrets(directory);
        this.keys = new SigningKeys(directory);
        this.environment = new ServiceEnvironment(ports, secrets, keys, directory.agentKey());
        this.kafka = new KafkaEngine(
                store, directory.data("kafka"), directory.log("kafka"), ports.kafka(), ports.kafkaController());
        this.clickHouse = new ClickHouseEngine(
                store,
                directory.data("clickhouse"),
                directory.log("clickhouse"),
                ports.clickHouse(),
                secrets.password("clickhouse"));
        this.postgres = new PostgresEngine(
                store,
                directory.data("postgresql"),
                directory.log("postgresql"),
                ports.postgres(),
                secrets.password("postgres"),
                Durability.FULL);
        this.keycloak = new KeycloakEngine(
                store,
                directory.data("keycloak"),
                directory.log("keycloak"),
                ports.keycloak(),
                ports.keycloakManagement(),
                secrets.password("keycloak.admin"));
        Path childJar = ChildJar.in(store.root());
        for (ServiceName service : ServiceName.values()) {
            services.put(service, service(service, childJar));
        }
    }

    /**
     * Starts everything, each part as soon as what it needs is there.
     *
     * @throws io.pentameter.stack.process.StartFailedException naming the part; everything is stopped then
     */
    public void start() {
        keys.create();
        StartOrder order = new StartOrder();
        var log = order.run(() -> {
            begin(kafka);
            PentameterTopics.create(kafka);
        });
        var analytics = order.run(() -> begin(clickHouse));
        var relational = order.run(() -> {
            begin(postgres);
            PentameterDatabase.create(postgres, role -> secrets.password("postgres." + role));
        });
        var identity = order.run(() -> {
            begin(keycloak);
            new Realm(keycloak).prepare(realmFile(), secrets.password("keycloak.client"), people());
        });
        order.run(() -> begin(service(ServiceName.INGEST)), log);
        order.run(() -> begin(service(ServiceName.AGGREGATION)), log, analytics);
        order.run(() -> begin(service(ServiceName.QUALITY)), log, relational);
        order.run(() -> begin(service(ServiceName.ALERT)), log, relational);
        order.run(() -> begin(service(ServiceName.GATEWAY)), log, relational, identity);
        try {
            order.await();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** All parts, engines first. */
    public List<Component> components() {
        return Stream.concat(Stream.of(kafka, clickHouse, postgres, keycloak), services.values().stream())
                .toList();
    }

    /** Starts a part that ended or was killed, on its data. */
    public void restart(Component component) {
        begin(component);
    }

    public StackDirectory directory() {
        return directory;
    }

    public PortPlan ports() {
        return ports;
    }

    public Component service(ServiceName name) {
        Component service = services.get(name);
        if (service == null) {
            throw new IllegalStateException("no such service: " + name);
        }
        return service;
    }

    /** Stops what takes in first and what keeps last, so that nothing that was accepted is cut off. */
    @Override
    public void close() {
        end(List.of(service(ServiceName.GATEWAY)));
        end(List.of(service(ServiceName.INGEST), service(ServiceName.QUALITY), service(ServiceName.ALERT)));
        end(List.of(service(ServiceName.AGGREGATION)));
        end(List.of(keycloak, kafka, clickHouse, postgres));
        lock.release();
    }

    Console console() {
        return console;
    }

    Secrets secrets() {
        return secrets;
    }

    ServiceEnvironment environment() {
        return environment;
    }

    String keycloakUrl() {
        return keycloak.url();
    }

    Person operator() {
        return person("", Person.OPERATOR);
    }

    List<Person> members(String tenant) {
        return tenant.equals(Seed.FIRST_TENANT)
                ? Person.ROLES.stream().map(role -> person(tenant, role)).toList()
                : List.of(person(tenant, "admin"));
    }

    private List<Person> people() {
        return Stream.of(List.of(operator()), members(Seed.FIRST_TENANT), members(Seed.SECOND_TENANT))
                .flatMap(List::stream)
                .toList();
    }

    private Person person(String tenant, String role) {
        return new Person(tenant, role, secrets.password("person." + tenant + "." + role));
    }

    private void begin(Component component) {
        long began = System.nanoTime();
        console.step(component.name(), "starting");
        component.start();
        pidFile(component).write(component.handle());
        console.step(component.name(), "ready after %.1f s".formatted((System.nanoTime() - began) / 1e9));
    }

    private void end(List<Component> together) {
        StartOrder order = new StartOrder();
        for (Component component : together) {
            order.run(() -> {
                if (component.isAlive()) {
                    component.stop();
                    console.step(component.name(), "stopped");
                }
                pidFile(component).delete();
            });
        }
        order.await();
    }

    private PidFile pidFile(Component component) {
        return new PidFile(directory.run().resolve(component.name() + ".pid"));
    }

    private Path realmFile() {
        return home.resolve("gateway/src/main/keycloak/pentameter-realm.json");
    }

    private Component service(ServiceName service, Path childJar) {
        List<String> options = Stream.concat(
                        Stream.of(
                                "-Xms64m",
                                "-XX:+ExitOnOutOfMemoryError",
                                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                                "--add-opens=java.base/java.lang=ALL-UNNAMED", // as the jar's manifest has it
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow"),
                        service.memory().stream())
                .toList();
        Path jar = home.resolve(service.module()).resolve("target/quarkus-app/quarkus-run.jar");
        Path aotCache = home.resolve(service.module()).resolve("target/" + service.module() + ".aot");
        int healthPort = service == ServiceName.GATEWAY ? ports.gatewayManagement() : ports.of(service);
        return new ServiceProcess(
                service,
                new ServiceProcess.Program(jar, childJar, options, aotCache),
                directory,
                environment.of(service),
                URI.create("http://127.0.0.1:" + healthPort + "/q/health/ready"));
    }
}
