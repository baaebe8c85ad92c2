package io.pentameter.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folder that holds everything a stack keeps.
 *
 * @param root absolute; made when first needed
 */
public record StackDirectory(Path root) {

    public StackDirectory {
        root = root.toAbsolutePath().normalize();
    }

    public Path log(String component) {
        return root.resolve("logs").resolve(component + ".log");
    }

    public Path run() {
        return root.resolve("run");
    }

    public Path data(String component) {
        return root.resolve(component);
    }

    public Path secrets() {
        return root.resolve("secrets");
    }

    /** The API key for which the gateway's port for Datadog's tracers stands; there once the tenant is. */
    public Path agentKey() {
        return secrets().resolve("datadog-agent.key");
    }

    /** What a user needs to go on: addresses, keys, people. */
    public Path demoEnv() {
        return root.resolve("demo.env");
    }

    /** There while the stack serves; holds the public address. */
    public Path ready() {
        return run().resolve("ready");
    }

    void create() {
        try {
            Files.createDirectories(run());
            Files.createDirectories(root.resolve("logs"));
            if (!Files.isDirectory(secrets())) {
                Files.createDirectory(
                        secrets(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file that only its owner may read, wholly or not at all. */
    static void writeSecret(Path file, String content) {
        try {
            Path partial = Files.createTempFile(
                    file.getParent(),
                    "partial",
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(partial, content);
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
