package io.pentameter.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Processor time and memory of the stack's processes, from {@code /proc}.
 *
 * <p>A component is what a {@code .pid} file in the run directory names, with all its descendants. The generator itself
 * is the component {@code load-generator}.
 */
public final class ProcessCpu {

    private static final double TICKS_PER_SECOND = 100;
    private static final Pattern FIRST_NUMBER = Pattern.compile("\\d+");

    private final Path runDirectory;

    /**
     * Component to seconds of processor time used since its start, user and system.
     *
     * @param seconds  by component
     * @param residentMiB memory in use that is not shared with the page cache's files (RSS), by component
     */
    public record Usage(Map<String, Double> seconds, Map<String, Double> residentMiB) {

        public Usage {
            seconds = Map.copyOf(seconds);
            residentMiB = Map.copyOf(residentMiB);
        }

        /** What each component used since an earlier reading, sorted by name. */
        public Map<String, Double> since(Usage earlier) {
            Map<String, Double> used = new TreeMap<>();
            seconds.forEach((name, now) -> used.put(name, now - earlier.seconds.getOrDefault(name, 0.0)));
            return used;
        }
    }

    private record Entry(long parent, double seconds, double residentMiB) {}

    public ProcessCpu(Path runDirectory) {
        this.runDirectory = runDirectory;
    }

    /** Reads all components now. */
    public Usage read() throws IOException {
        Map<Long, Entry> processes = processes();
        Map<Long, String> owners = new HashMap<>();
        owners.put(ProcessHandle.current().pid(), "load-generator");
        try (Stream<Path> files = Files.list(runDirectory)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".pid")).toList()) {
                Matcher pid = FIRST_NUMBER.matcher(Files.readString(file));
                if (pid.find()) {
                    owners.put(
                            Long.valueOf(pid.group()),
                            file.getFileName().toString().replace(".pid", ""));
                }
            }
        }
        Map<String, Double> seconds = new TreeMap<>();
        Map<String, Double> memory = new TreeMap<>();
        processes.forEach((pid, process) -> {
            String owner = owner(pid, processes, owners);
            if (!owner.isEmpty()) {
                seconds.merge(owner, process.seconds(), Double::sum);
                memory.merge(owner, process.residentMiB(), Double::sum);
            }
        });
        return new Usage(seconds, memory);
    }

    private static String owner(long pid, Map<Long, Entry> processes, Map<Long, String> owners) {
        long at = pid;
        for (int depth = 0; depth < 16 && at > 1; depth++) {
            String owner = owners.get(at);
            if (owner != null) {
                return owner;
            }
            Entry process = processes.get(at);
            if (process == null) {
                return "";
            }
            at = process.parent();
        }
        return "";
    }

    private static Map<Long, Entry> processes() throws IOException {
        Map<Long, Entry> found = new HashMap<>();
        try (Stream<Path> directories = Files.list(Path.of("/proc"))) {
            for (Path directory : directories.toList()) {
                String name = directory.getFileName().toString();
                if (FIRST_NUMBER.matcher(name).matches()) {
                    read(directory).ifPresent(process -> found.put(Long.valueOf(name), process));
                }
            }
        }
        return found;
    }

    private static Optional<Entry> read(Path directory) {
        try {
            String stat = Files.readString(directory.resolve("stat"));
            // the second field is the command in brackets and may hold blanks
            List<String> fields =
                    List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
            double ticks = Double.parseDouble(fields.get(11)) + Double.parseDouble(fields.get(12));
            double pages = Double.parseDouble(fields.get(21));
            return Optional.of(
                    new Entry(Long.parseLong(fields.get(1)), ticks / TICKS_PER_SECOND, pages * 4096 / 1048576));
        } catch (IOException e) {
            return Optional.empty(); // it ended while we looked
        }
    }
}
