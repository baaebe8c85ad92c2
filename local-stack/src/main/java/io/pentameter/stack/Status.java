package io.pentameter.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Optional;

/** What runs on a directory. */
final class Status {

    private final StackDirectory directory;
    private final Console console;

    Status(StackDirectory directory, Console console) {
        this.directory = directory;
        this.console = console;
    }

    /** Prints it, and tells whether the stack serves. */
    boolean print() {
        Optional<ProcessHandle> stack = StackLock.of(directory).living();
        if (stack.isEmpty()) {
            console.line("no stack runs on " + directory.root());
            StackLock.parts(directory)
                    .forEach(part -> console.line("%s is left from a stack that was killed, process %d"
                            .formatted(
                                    part.component(),
                                    part.living().map(ProcessHandle::pid).orElse(0L))));
            return false;
        }
        console.line("%-22s %8s %9s  %s".formatted("part", "process", "MiB", "log"));
        long total = row(StackLock.STACK, stack.get(), Memory.ofMib(stack.get()) - children(stack.get()));
        for (PidFile part : StackLock.parts(directory)) {
            total += part.living()
                    .map(process -> row(part.component(), process, Memory.ofMib(process)))
                    .orElse(0L);
        }
        console.line("%-22s %8s %9d".formatted("in all", "", total));
        boolean serves = Files.exists(directory.ready());
        console.line(
                serves ? "serves at " + address() + "; keys and people are in " + directory.demoEnv() : "is not ready");
        return serves;
    }

    private long row(String name, ProcessHandle process, long mib) {
        console.line("%-22s %8d %9d  %s".formatted(name, process.pid(), mib, directory.log(name)));
        return mib;
    }

    private static long children(ProcessHandle stack) {
        return stack.children().mapToLong(Memory::ofMib).sum();
    }

    private String address() {
        try {
            return Files.readString(directory.ready()).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
