package io.pentameter.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @TempDir
    private Path root;

    @Test
    void stayTheSameOverAStart() {
        StackDirectory directory = directory();
        Secrets first = new Secrets(directory);
        String password = first.password("postgres");
        String key = first.key("quality.judge");
        first.keep("key.acme.read", "told once");

        Secrets second = new Secrets(directory);

        assertThat(second.password("postgres")).isEqualTo(password).hasSize(24);
        assertThat(Base64.getDecoder().decode(second.key("quality.judge")))
                .hasSize(32)
                .isEqualTo(Base64.getDecoder().decode(key));
        assertThat(second.find("key.acme.read")).contains("told once");
        assertThat(second.password("keycloak")).isNotEqualTo(password);
    }

    @Test
    void areForTheirOwnerOnly() throws IOException {
        StackDirectory directory = directory();
        new Secrets(directory).password("postgres");
        new SigningKeys(directory).create();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.secrets())))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(directory.secrets())) {
            assertThat(files)
                    .hasSize(5)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void publicKeySetHoldsNoPrivateKey() throws IOException {
        SigningKeys keys = new SigningKeys(directory());
        keys.create();
        String before = Files.readString(keys.privateKey("gateway"));

        keys.create();

        JsonNode set = new ObjectMapper().readTree(keys.jwks().toFile());
        assertThat(set.path("keys").findValuesAsText("kid")).containsExactlyElementsOf(SigningKeys.ISSUERS);
        assertThat(set.path("keys").findValues("d")).isEmpty();
        assertThat(Files.readString(keys.privateKey("gateway")))
                .isEqualTo(before)
                .contains("\"d\":");
    }

    private StackDirectory directory() {
        StackDirectory directory = new StackDirectory(root);
        directory.create();
        return directory;
    }
}
