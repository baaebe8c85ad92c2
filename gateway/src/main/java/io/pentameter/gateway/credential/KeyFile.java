package io.pentameter.gateway.credential;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An API key in a file, as secrets are mounted: it may come after the start, and change while we run. Thread-safe.
 *
 * <p>Read on the thread that asks, at most once a second: it is a line on a local disk.
 */
final class KeyFile {

    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final int MAX_BYTES = 1024;

    private final Path file;
    private final InstantSource clock;
    private volatile @Nullable Read last;

    private record Read(Optional<KeyText> key, Instant at) {}

    KeyFile(Path file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    /** Empty while the file is not there or holds no key. */
    Optional<KeyText> key() {
        Instant now = clock.instant();
        Read known = last;
        if (known == null || Duration.between(known.at(), now).compareTo(FRESH) >= 0) {
            known = new Read(read(), now);
            last = known;
        }
        return known.key();
    }

    private Optional<KeyText> read() {
        try {
            if (Files.size(file) > MAX_BYTES) {
                return Optional.empty();
            }
            return KeyText.parse(
                    Files.readString(file, StandardCharsets.ISO_8859_1).strip());
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
