package io.pentameter.stack.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Maven and npm as the user has them configured; what they say goes to a log. */
final class PackageClient {

    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final int TAIL_LINES = 15;

    private final Path log;

    PackageClient(Path log) {
        this.log = log;
    }

    void maven(Path directory, String... arguments) {
        List<String> command = new ArrayList<>(List.of("mvn", "-B", "-q", "-ntp"));
        command.addAll(List.of(arguments));
        run(directory, command);
    }

    void npm(Path directory, String... arguments) {
        List<String> command = new ArrayList<>(List.of("npm"));
        command.addAll(List.of(arguments));
        run(directory, command);
    }

    /** Runs any other program whose failure means that an engine cannot be had. */
    void run(Path directory, List<String> command) {
        try {
            Files.deleteIfExists(log);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            Process process = builder.start();
            if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw failure(command, "did not end within " + LIMIT.toMinutes() + " min");
            }
            if (process.exitValue() != 0) {
                throw failure(command, "failed with status " + process.exitValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private IllegalStateException failure(List<String> command, String what) throws IOException {
        List<String> lines = Files.readAllLines(log);
        List<String> tail = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
        return new IllegalStateException("%s %s; the last lines of %s:%n%s"
                .formatted(String.join(" ", command), what, log, String.join(System.lineSeparator(), tail)));
    }
}
