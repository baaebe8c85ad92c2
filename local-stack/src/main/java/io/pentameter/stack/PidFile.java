package io.pentameter.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A file that remembers a process by its id and the time it was started, so that a later process that happens to get the
 * same id is never taken for it.
 */
record PidFile(Path path) {

    /** The start is computed from the machine's boot time, which moves a little when the clock is set. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    void write(ProcessHandle process) {
        try {
            Files.createDirectories(path.getParent());
            Files.writeString(path, process.pid() + " " + started(process).toEpochMilli() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process, if it is the one that was written and still alive. */
    Optional<ProcessHandle> living() {
        try {
            List<String> words = List.of(Files.readString(path).strip().split(" ", -1));
            if (words.size() != 2) {
                return Optional.empty();
            }
            Instant written = Instant.ofEpochMilli(Long.parseLong(words.get(1)));
            return ProcessHandle.of(Long.parseLong(words.getFirst()))
                    .filter(ProcessHandle::isAlive)
                    .filter(process ->
                            Duration.between(written, started(process)).abs().compareTo(TOLERANCE) <= 0);
        } catch (IOException | NumberFormatException _) {
            return Optional.empty();
        }
    }

    String component() {
        return path.getFileName().toString().replace(".pid", "");
    }

    private static Instant started(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }
}
