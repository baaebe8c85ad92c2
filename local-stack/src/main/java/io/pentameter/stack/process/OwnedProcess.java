package io.pentameter.stack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A child process that lives no longer than its parent.
 *
 * <p>The parent holds the child's standard input and never writes to it. The child stops when that ends: on {@link #stop},
 * and also when the parent was killed and could not say anything. The child has a session of its own, so Ctrl-C in the
 * terminal reaches the parent only, which then stops its children in the right order.
 */
public final class OwnedProcess {

    private static final long LOG_LIMIT_BYTES = 20L << 20;

    private final Process process;

    private OwnedProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts {@code command} with the parent's environment plus {@code environment}; its output is appended to
     * {@code log}.
     */
    public static OwnedProcess start(List<String> command, Map<String, String> environment, Path directory, Path log) {
        try {
            Files.createDirectories(directory);
            Files.createDirectories(log.toAbsolutePath().getParent());
            keepSmall(log);
            ProcessBuilder builder = new ProcessBuilder();
            builder.command().add("setsid");
            builder.command().addAll(command);
            builder.environment().putAll(environment);
            builder.directory(directory.toFile());
            builder.redirectErrorStream(true);
            builder.redirectOutput(Redirect.appendTo(log.toFile()));
            return new OwnedProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Asks the process to stop, waits up to {@code grace} for it, and kills it then. */
    public void stop(Duration grace) {
        closeInput();
        if (!await(grace)) {
            kill();
        }
    }

    /** Kills the process and everything it started with SIGKILL, and returns when they are gone. */
    public void kill() {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        Waiting.until(
                Duration.ofSeconds(10), () -> !process.isAlive() && all.stream().noneMatch(ProcessHandle::isAlive));
        closeInput();
    }

    private boolean await(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void closeInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException _) {
            // the pipe is broken because the child is gone
        }
    }

    private static void keepSmall(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > LOG_LIMIT_BYTES) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
