package io.pentameter.stack.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineStoreTest {

    @TempDir
    private Path directory;

    @Test
    void liesWhereTheEnvironmentSays() {
        assertThat(EngineStore.of(Map.of("PENTAMETER_CACHE", "/a", "XDG_CACHE_HOME", "/b", "HOME", "/c"))
                        .root())
                .isEqualTo(Path.of("/a/engines"));
        assertThat(EngineStore.of(Map.of("PENTAMETER_CACHE", "", "XDG_CACHE_HOME", "/b", "HOME", "/c"))
                        .root())
                .isEqualTo(Path.of("/b/pentameter/engines"));
        assertThat(EngineStore.of(Map.of("HOME", "/c")).root()).isEqualTo(Path.of("/c/.cache/pentameter/engines"));
    }

    @Test
    void tellsTheCommandThatFetchesAMissingEngine() throws IOException {
        EngineStore store = new EngineStore(directory);
        Files.createDirectory(directory.resolve("kafka-" + EngineName.KAFKA.version()));

        assertThat(store.missing()).containsExactly(EngineName.CLICKHOUSE, EngineName.POSTGRESQL, EngineName.KEYCLOAK);
        assertThatIllegalStateException()
                .isThrownBy(() -> store.folder(EngineName.POSTGRESQL))
                .withMessage("PostgreSQL %s is missing in %s: run ./pentameter engines"
                        .formatted(EngineName.POSTGRESQL.version(), directory));
    }

    @Test
    void refusesAFileThatIsNotTheOneThatWasTried() throws IOException {
        Path file = Files.writeString(directory.resolve("a"), "abc");

        Hashes.check(file, "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        Hashes.check(
                file,
                "sha512-3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw==");
        org.assertj.core.api.Assertions.assertThatIOException()
                .isThrownBy(() -> Hashes.check(file, "sha256:00"))
                .withMessageContaining("a is not the file that was tried");
    }
}
