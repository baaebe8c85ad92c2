package io.pentameter.stack;

import io.pentameter.stack.process.Component;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Memory in use, as the kernel counts it: proportional set size, so that shared pages count once in a sum. */
final class Memory {

    private static final long KIB_PER_MIB = 1024;

    private Memory() {}

    static long ofAllMib(List<Component> components) {
        return components.stream()
                .filter(Component::isAlive)
                .mapToLong(component -> ofMib(component.handle()))
                .sum();
    }

    /** A process with its descendants; 0 if it is gone. */
    static long ofMib(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                        .mapToLong(Memory::kib)
                        .sum()
                / KIB_PER_MIB;
    }

    private static long kib(ProcessHandle process) {
        Path file = Path.of("/proc", String.valueOf(process.pid()), "smaps_rollup");
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException | java.io.UncheckedIOException _) {
            return 0; // it ended while we looked
        }
    }
}
