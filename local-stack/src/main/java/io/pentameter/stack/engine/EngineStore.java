package io.pentameter.stack.engine;

import io.pentameter.stack.process.ChildJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Where the engines' programs are: one folder per engine and version, complete if it is there at all.
 *
 * @param root absolute; may not exist yet
 */
public record EngineStore(Path root) {

    public EngineStore {
        root = root.toAbsolutePath().normalize();
    }

    /** The user's store: below {@code PENTAMETER_CACHE}, else {@code XDG_CACHE_HOME}, else {@code ~/.cache}. */
    public static EngineStore ofUser() {
        return of(System.getenv());
    }

    static EngineStore of(Map<String, String> environment) {
        String own = environment.getOrDefault("PENTAMETER_CACHE", "");
        if (!own.isEmpty()) {
            return new EngineStore(Path.of(own, "engines"));
        }
        String caches = environment.getOrDefault("XDG_CACHE_HOME", "");
        if (!caches.isEmpty()) {
            return new EngineStore(Path.of(caches, "pentameter", "engines"));
        }
        String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        return new EngineStore(Path.of(home, ".cache", "pentameter", "engines"));
    }

    /**
     * The folder of {@code engine}.
     *
     * @throws IllegalStateException with the command that fetches it, if it is missing
     */
    public Path folder(EngineName engine) {
        if (!has(engine)) {
            throw new IllegalStateException("%s %s is missing in %s: run ./pentameter engines"
                    .formatted(engine.title(), engine.version(), root));
        }
        return path(engine);
    }

    public boolean has(EngineName engine) {
        return Files.isDirectory(path(engine));
    }

    public List<EngineName> missing() {
        return Arrays.stream(EngineName.values()).filter(engine -> !has(engine)).toList();
    }

    /** Whether everything is there, including what makes the starts short. */
    public boolean isComplete() {
        return missing().isEmpty()
                && Files.exists(path(EngineName.KAFKA).resolve(KafkaEngine.AOT_CACHE))
                && Files.exists(path(EngineName.KEYCLOAK).resolve(KeycloakEngine.AOT_CACHE));
    }

    /** The jar with the child processes' own main classes. */
    Path childJar() {
        return ChildJar.in(root);
    }

    Path path(EngineName engine) {
        return root.resolve(engine.folder());
    }
}
