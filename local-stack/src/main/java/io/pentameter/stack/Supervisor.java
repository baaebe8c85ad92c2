package io.pentameter.stack;

import io.pentameter.stack.process.Component;
import io.pentameter.stack.process.StartFailedException;
import io.pentameter.stack.process.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings a stack up and keeps it up: a part that ends is reported with the last lines of its log and started again, until
 * it has ended {@value #MAX_RESTARTS} times.
 */
final class Supervisor implements AutoCloseable {

    static final int MAX_RESTARTS = 5;

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final int SHOWN_LINES = 10;

    private final LocalStack stack;
    private final Map<String, Integer> restarts = new HashMap<>();
    private volatile boolean closed;

    private Supervisor(LocalStack stack) {
        this.stack = stack;
    }

    /** Starts and seeds the stack, and stops it when this process is told to end. */
    static Supervisor up(LocalStack stack) {
        Supervisor supervisor = new Supervisor(stack);
        Runtime.getRuntime().addShutdownHook(new Thread(supervisor::close, "stack-stop"));
        long began = System.nanoTime();
        try {
            stack.start();
            new Seed(stack).run();
        } catch (RuntimeException e) {
            supervisor.close();
            throw e;
        }
        try {
            Files.writeString(stack.directory().ready(), stack.environment().publicUrl() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        stack.console()
                .step(
                        "stack",
                        "ready after %.1f s; %d MiB in all"
                                .formatted((System.nanoTime() - began) / 1e9, Memory.ofAllMib(stack.components())));
        return supervisor;
    }

    /** Looks after the parts until this process ends. */
    void watch() {
        while (!closed) {
            for (Component component : stack.components()) {
                if (!closed && !component.isAlive()) {
                    revive(component);
                }
            }
            Waiting.pause(LOOK);
        }
    }

    /** A line of progress, in with those of the stack. */
    void say(String line) {
        stack.console().line(line);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            stack.console().step("stack", "stopping");
            try {
                Files.deleteIfExists(stack.directory().ready());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            stack.close();
            stack.console().step("stack", "stopped");
        }
    }

    private void revive(Component component) {
        List<String> tail = component.logTail();
        stack.console().step(component.name(), "ENDED; the last lines of " + component.log() + ":");
        tail.subList(Math.max(0, tail.size() - SHOWN_LINES), tail.size())
                .forEach(line -> stack.console().line("    | " + line));
        int before = restarts.merge(component.name(), 1, Integer::sum);
        if (before > MAX_RESTARTS) {
            throw new StartFailedException("%s ended %d times; giving up".formatted(component.name(), before));
        }
        try {
            stack.restart(component);
        } catch (StartFailedException e) {
            stack.console().line(String.valueOf(e.getMessage()));
        }
    }
}
