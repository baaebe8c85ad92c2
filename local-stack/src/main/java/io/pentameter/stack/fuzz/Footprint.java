package io.pentameter.stack.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The memory of one JVM after a full collection.
 *
 * @param heapKib what lives on its heap
 * @param rssKib  what the machine keeps resident for it
 */
record Footprint(long heapKib, long rssKib) {

    private static final Pattern USED = Pattern.compile("used (\\d+)K");
    private static final Pattern RSS = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    /** Of each process by its name; a process that has ended is left out. */
    static Map<String, Footprint> of(Map<String, ProcessHandle> processes) {
        Map<String, Footprint> footprints = new TreeMap<>();
        processes.forEach((name, process) -> {
            if (process.isAlive()) {
                footprints.put(name, of(process.pid()));
            }
        });
        return footprints;
    }

    static Footprint of(long pid) {
        jcmd(pid, "GC.run");
        long heap = heapKib(jcmd(pid, "GC.heap_info"));
        try {
            Matcher rss = RSS.matcher(Files.readString(Path.of("/proc", Long.toString(pid), "status")));
            return new Footprint(heap, rss.find() ? Long.parseLong(rss.group(1)) : 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every collector has lines of its own; those of classes are not the heap's. */
    static long heapKib(String info) {
        long sum = 0;
        for (String line : info.lines().toList()) {
            Matcher used = USED.matcher(line);
            if (!line.contains("Metaspace") && !line.contains("class space") && used.find()) {
                sum += Long.parseLong(used.group(1));
            }
        }
        return sum;
    }

    private static String jcmd(long pid, String command) {
        try {
            Process jcmd = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(pid),
                            command)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            jcmd.waitFor();
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
