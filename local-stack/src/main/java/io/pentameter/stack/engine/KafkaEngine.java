package io.pentameter.stack.engine;

import io.pentameter.stack.engine.JavaCommand.Aot;
import io.pentameter.stack.process.Component;
import io.pentameter.stack.process.OwnedProcess;
import io.pentameter.stack.process.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;

/**
 * One Apache Kafka broker that is its own controller.
 *
 * <p>Acknowledged records survive the death of the process: they are in the page cache of the machine then, and on disk by
 * its leave. Topics are not created by use.
 */
public final class KafkaEngine extends Component {

    /** Of use to the very Java that wrote it only. */
    static final String AOT_CACHE = "kafka-" + Runtime.version() + ".aot";

    private static final String HEAP = "384m";

    private final EngineStore store;
    private final Path directory;
    private final int port;
    private final int controllerPort;
    private final Aot aot;

    /** A broker on {@code directory}, which holds its data and settings and nothing of anybody else. */
    public KafkaEngine(EngineStore store, Path directory, Path log, int port, int controllerPort) {
        this(store, directory, log, port, controllerPort, Aot.USE);
    }

    KafkaEngine(EngineStore store, Path directory, Path log, int port, int controllerPort, Aot aot) {
        super("kafka", log);
        this.store = store;
        this.directory = directory.toAbsolutePath();
        this.port = port;
        this.controllerPort = controllerPort;
        this.aot = aot;
    }

    /** As in {@code 127.0.0.1:4310}. */
    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    public Admin admin() {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                "3000",
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                "15000",
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                "200"));
    }

    @Override
    protected OwnedProcess launch() {
        Path settings = directory.resolve("server.properties");
        Path logging = directory.resolve("log4j2.properties");
        write(settings, logging);
        boolean formatted = Files.exists(directory.resolve("log/meta.properties"));
        Path home = store.folder(EngineName.KAFKA);
        List<String> command = new JavaCommand(store.childJar())
                .options("-Xms128m", "-Xmx" + HEAP, "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError")
                .options("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED")
                .options("-Dlog4j2.configurationFile=" + logging, "-Dlog4j2.disableJmx=true")
                .aotCache(home.resolve(aot == Aot.USE ? AOT_CACHE : AOT_CACHE + ".partial"), aot)
                .classPath(jars(home.resolve("lib")))
                .main(
                        "io.pentameter.stack.child.KafkaMain",
                        settings.toString(),
                        formatted ? "-" : Uuid.randomUuid().toString());
        return OwnedProcess.start(command, Map.of(), directory, log());
    }

    @Override
    protected boolean isReady() {
        if (Ports.isFree(port)) {
            return false; // spares the client's loud complaints about a broker that does not listen yet
        }
        try (Admin admin = admin()) {
            return !admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    protected Duration stopLimit() {
        return aot == Aot.USE ? Duration.ofSeconds(30) : Duration.ofMinutes(3);
    }

    private void write(Path settings, Path logging) {
        try (InputStream in = KafkaEngine.class.getResourceAsStream("kafka-log4j2.properties")) {
            if (in == null) {
                throw new IllegalStateException("kafka-log4j2.properties is not on the class path");
            }
            Files.createDirectories(directory);
            Files.copy(in, logging, StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(settings, settings());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The session is short because a broker that was killed must wait for the end of its old one before it serves. */
    private String settings() {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                log.dirs=%3$s
                broker.heartbeat.interval.ms=500
                broker.session.timeout.ms=3000
                auto.create.topics.enable=false
                num.network.threads=2
                num.io.threads=4
                num.partitions=1
                default.replication.factor=1
                min.insync.replicas=1
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=4
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=4
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                share.coordinator.state.topic.num.partitions=4
                group.initial.rebalance.delay.ms=0
                log.segment.bytes=67108864
                log.cleaner.dedupe.buffer.size=16777216
                message.max.bytes=8388608
                replica.fetch.max.bytes=8388608
                """.formatted(port, controllerPort, directory.resolve("log"));
    }

    private static List<Path> jars(Path library) {
        try (Stream<Path> files = Files.list(library)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
