package io.pentameter.bench.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the broker takes from its own performance test: no intake can be faster than the log behind it. */
public final class KafkaCeiling {

    private static final Pattern LAST_LINE =
            Pattern.compile("(\\d+) records sent, ([\\d.]+) records/sec.*?([\\d.]+) ms 99th");

    private final Path javaCommand;
    private final String classPath;
    private final String bootstrap;

    /**
     * @param recordsPerSecond taken and acknowledged by all replicas
     * @param p99Millis        of the records' latency
     */
    public record Ceiling(double recordsPerSecond, double p99Millis) {}

    public KafkaCeiling(Path javaCommand, String classPath, String bootstrap) {
        this.javaCommand = javaCommand;
        this.classPath = classPath;
        this.bootstrap = bootstrap;
    }

    /**
     * Runs it on a topic of its own.
     *
     * @param recordBytes bytes of one record
     */
    public Ceiling measure(long records, int recordBytes) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        javaCommand.toString(),
                        "-Xmx256m",
                        "-cp",
                        classPath,
                        "org.apache.kafka.tools.ProducerPerformance",
                        "--topic",
                        "bench-ceiling",
                        "--num-records",
                        Long.toString(records),
                        "--record-size",
                        Integer.toString(recordBytes),
                        "--throughput",
                        "-1",
                        "--producer-props",
                        "bootstrap.servers=" + bootstrap,
                        "acks=all",
                        "compression.type=lz4",
                        "linger.ms=5"))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        Matcher matcher = LAST_LINE.matcher(output.substring(Math.max(0, output.lastIndexOf("records sent") - 20)));
        if (!matcher.find()) {
            throw new IOException("kafka-producer-perf-test gave no result: "
                    + output.lines().limit(5).toList());
        }
        return new Ceiling(Double.parseDouble(matcher.group(2)), Double.parseDouble(matcher.group(3)));
    }
}
