package io.pentameter.stack;

import io.pentameter.stack.process.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Sees to it that one directory has one stack, and that nothing of an earlier, killed one is left on it. */
final class StackLock {

    static final String STACK = "stack";

    /** Abandoned parts notice within moments and need this long at most to stop in good order. */
    private static final Duration LEFTOVER_LIMIT = Duration.ofSeconds(40);

    private final FileLock lock;
    private final PidFile pidFile;

    private StackLock(FileLock lock, PidFile pidFile) {
        this.lock = lock;
        this.pidFile = pidFile;
    }

    static StackLock take(StackDirectory directory, Console console) {
        PidFile pidFile = of(directory);
        try {
            FileChannel file = FileChannel.open(
                    directory.run().resolve("stack.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = file.tryLock();
            if (lock == null) {
                file.close();
                throw new IllegalStateException(
                        "a stack runs on %s already; ./pentameter down stops it".formatted(directory.root()));
            }
            awaitLeftovers(directory, console);
            Files.deleteIfExists(directory.ready());
            pidFile.write(ProcessHandle.current());
            return new StackLock(lock, pidFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void release() {
        pidFile.delete();
        try {
            lock.channel().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process that runs the stack, if one does. */
    static PidFile of(StackDirectory directory) {
        return new PidFile(directory.run().resolve(STACK + ".pid"));
    }

    /** The living parts that are written in the directory, without the stack itself. */
    static List<PidFile> parts(StackDirectory directory) {
        if (!Files.isDirectory(directory.run())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory.run())) {
            return files.filter(file -> file.toString().endsWith(".pid"))
                    .map(PidFile::new)
                    .filter(file -> !file.component().equals(STACK))
                    .filter(file -> file.living().isPresent())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitLeftovers(StackDirectory directory, Console console) {
        List<PidFile> leftovers = parts(directory);
        if (leftovers.isEmpty()) {
            return;
        }
        leftovers.forEach(part -> console.step(part.component(), "is left from a stack that was killed; waiting"));
        if (!Waiting.until(LEFTOVER_LIMIT, () -> parts(directory).isEmpty())) {
            parts(directory).forEach(part -> {
                console.step(part.component(), "does not stop; killing it");
                part.living().ifPresent(process -> {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                });
            });
        }
    }
}
