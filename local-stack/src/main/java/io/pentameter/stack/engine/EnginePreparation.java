package io.pentameter.stack.engine;

import io.pentameter.stack.engine.JavaCommand.Aot;
import io.pentameter.stack.process.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;

/**
 * Records the AOT caches of the two big Java engines in one real run each, so that all later starts are short.
 *
 * <p>Keycloak's run also leaves its database with tables and master realm behind, as the template for new directories.
 */
final class EnginePreparation {

    private final EngineStore store;
    private final Consumer<String> progress;

    EnginePreparation(EngineStore store, Consumer<String> progress) {
        this.store = store;
        this.progress = progress;
    }

    /** Does what is not done yet. */
    void run() throws IOException {
        Path kafkaCache = store.path(EngineName.KAFKA).resolve(KafkaEngine.AOT_CACHE);
        if (!Files.exists(kafkaCache)) {
            progress.accept("recording how Kafka starts (once, about 20 s) ...");
            inTemporaryDirectory(this::recordKafka);
            publish(kafkaCache);
        }
        Path keycloakCache = store.path(EngineName.KEYCLOAK).resolve(KeycloakEngine.AOT_CACHE);
        if (!Files.exists(keycloakCache)) {
            progress.accept("recording how Keycloak starts (once, about a minute) ...");
            inTemporaryDirectory(this::recordKeycloak);
            publish(keycloakCache);
        }
    }

    private void recordKafka(Path directory) {
        try (KafkaEngine kafka = new KafkaEngine(
                store, directory, directory.resolve("kafka.txt"), Ports.free(), Ports.free(), Aot.RECORD)) {
            kafka.start();
            PentameterTopics.create(kafka);
        }
    }

    private void recordKeycloak(Path directory) throws IOException {
        String password = KeycloakTemplate.newPassword();
        try (KeycloakEngine keycloak = new KeycloakEngine(
                store,
                directory,
                directory.resolve("keycloak.txt"),
                new KeycloakEngine.PortPair(Ports.free(), Ports.free()),
                password,
                Aot.RECORD)) {
            keycloak.start();
            keycloak.adminToken();
        }
        new KeycloakTemplate(store.path(EngineName.KEYCLOAK)).save(directory, password);
    }

    /** The virtual machine may write a cache that is not whole if it is disturbed; so it writes beside the place. */
    private static void publish(Path cache) throws IOException {
        Path partial = cache.resolveSibling(cache.getFileName() + ".partial");
        if (!Files.exists(partial)) {
            throw new IOException("Java did not write " + partial);
        }
        Files.move(partial, cache, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void inTemporaryDirectory(Recording recording) throws IOException {
        Path directory = Files.createTempDirectory("pentameter-recording");
        try {
            recording.run(directory);
        } finally {
            Trees.delete(directory);
        }
    }

    private interface Recording {
        void run(Path directory) throws IOException;
    }
}
