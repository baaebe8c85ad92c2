package io.pentameter.stack;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Properties;

/** Passwords and keys of one stack, made once and kept in a file that only its owner may read. Thread-safe. */
final class Secrets {

    private static final int BYTES = 18;
    private static final int KEY_BYTES = 32;

    private final Path file;
    private final Properties values = new Properties();
    private final SecureRandom random = new SecureRandom();

    Secrets(StackDirectory directory) {
        this.file = directory.secrets().resolve("secrets.properties");
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                values.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The password of that name; made when first asked for. Letters, digits, {@code -} and {@code _} only. */
    synchronized String password(String name) {
        return find(name).orElseGet(() -> {
            byte[] bytes = new byte[BYTES];
            random.nextBytes(bytes);
            String made = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            keep(name, made);
            return made;
        });
    }

    /** A key of 32 bytes in base64; made when first asked for. */
    synchronized String key(String name) {
        return find(name).orElseGet(() -> {
            byte[] bytes = new byte[KEY_BYTES];
            random.nextBytes(bytes);
            String made = Base64.getEncoder().encodeToString(bytes);
            keep(name, made);
            return made;
        });
    }

    synchronized Optional<String> find(String name) {
        return Optional.ofNullable(values.getProperty(name));
    }

    /** Keeps a secret that somebody else has made. */
    synchronized void keep(String name, String value) {
        values.setProperty(name, value);
        StringWriter text = new StringWriter();
        try {
            values.store(text, "Secrets of this stack. Delete the stack's folder to be rid of them.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        StackDirectory.writeSecret(file, text.toString());
    }
}
