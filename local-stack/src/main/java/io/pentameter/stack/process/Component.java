package io.pentameter.stack.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One part of the stack, an engine or a service, in a process of its own.
 *
 * <p>It can be started again on the same data after {@link #stop} and after {@link #kill}. Not for use by two threads at
 * once, except that {@link #isAlive} may be asked from anywhere.
 */
public abstract class Component implements AutoCloseable {

    private static final int TAIL_LINES = 25;
    private static final long TAIL_BYTES = 16_384;

    private final String name;
    private final Path log;
    private volatile @Nullable OwnedProcess process;

    protected Component(String name, Path log) {
        this.name = name;
        this.log = log.toAbsolutePath();
    }

    /** A word that tells it from the other parts, as in {@code kafka} or {@code ingest-service}. */
    public final String name() {
        return name;
    }

    public final Path log() {
        return log;
    }

    /**
     * Starts the process and returns when it serves.
     *
     * @throws StartFailedException if it ended, or did not serve within {@link #startLimit}; it is killed then
     */
    public final void start() {
        if (isAlive()) {
            throw new IllegalStateException(name + " runs already");
        }
        OwnedProcess started = launch();
        process = started;
        boolean ready = Waiting.until(startLimit(), () -> !started.isAlive() || isReady());
        if (!ready || !started.isAlive()) {
            String what =
                    started.isAlive() ? "was not ready within " + startLimit().toSeconds() + " s" : "ended";
            started.kill();
            throw new StartFailedException("%s %s; the last lines of %s:%n%s"
                    .formatted(name, what, log, String.join(System.lineSeparator(), logTail())));
        }
        onReady();
    }

    public final boolean isAlive() {
        OwnedProcess current = process;
        return current != null && current.isAlive();
    }

    /** The process to look at or to kill: the one that {@link #start} started last. */
    public final ProcessHandle handle() {
        return running().handle();
    }

    public final void stop() {
        OwnedProcess current = process;
        if (current != null) {
            current.stop(stopLimit());
        }
    }

    /** Ends the process with SIGKILL, as a crash would. */
    public final void kill() {
        running().kill();
    }

    @Override
    public final void close() {
        stop();
    }

    /** The last lines of the log, oldest first; empty if there is none. */
    public final List<String> logTail() {
        try (var file = Files.newByteChannel(log)) {
            file.position(Math.max(0, file.size() - TAIL_BYTES));
            byte[] bytes = java.nio.channels.Channels.newInputStream(file).readAllBytes();
            List<String> lines =
                    new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
        } catch (IOException _) {
            return List.of();
        }
    }

    protected abstract OwnedProcess launch();

    /** Whether it serves now; asked many times, so it must answer soon and not throw. */
    protected abstract boolean isReady();

    /** Called once after each start, when it serves. */
    protected void onReady() {}

    protected Duration startLimit() {
        return Duration.ofSeconds(60);
    }

    protected Duration stopLimit() {
        return Duration.ofSeconds(20);
    }

    private OwnedProcess running() {
        OwnedProcess current = process;
        if (current == null) {
            throw new IllegalStateException(name + " was never started");
        }
        return current;
    }
}
