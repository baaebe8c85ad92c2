package io.pentameter.stack.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.stack.process.Waiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AbandonedEnginesTest {

    @TempDir
    private Path directory;

    @Test
    void enginesStopByThemselvesWhenTheirParentIsKilled() throws IOException {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AbandoningMain.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<ProcessHandle> engines = startedBy(parent);
        assertThat(engines).hasSizeGreaterThan(3).allMatch(ProcessHandle::isAlive);

        parent.destroyForcibly();

        assertThat(Waiting.until(Duration.ofSeconds(30), () -> engines.stream().noneMatch(ProcessHandle::isAlive)))
                .isTrue();
    }

    private static List<ProcessHandle> startedBy(Process parent) throws IOException {
        List<ProcessHandle> engines = new ArrayList<>();
        try (BufferedReader output = parent.inputReader()) {
            for (String line = output.readLine(); line != null && !line.equals("started"); line = output.readLine()) {
                ProcessHandle.of(Long.parseLong(line)).ifPresent(engines::add);
            }
        }
        return engines;
    }
}
