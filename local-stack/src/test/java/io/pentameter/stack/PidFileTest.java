package io.pentameter.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {

    @TempDir
    private Path directory;

    @Test
    void findsTheProcessThatWasWritten() {
        PidFile file = new PidFile(directory.resolve("kafka.pid"));

        file.write(ProcessHandle.current());

        assertThat(file.living()).contains(ProcessHandle.current());
        assertThat(file.component()).isEqualTo("kafka");
    }

    @Test
    void isNotTakenInByAnotherProcessWithTheSameId() throws IOException {
        Instant started = ProcessHandle.current().info().startInstant().orElseThrow();
        PidFile file = new PidFile(directory.resolve("kafka.pid"));
        Files.writeString(
                file.path(),
                ProcessHandle.current().pid() + " " + started.minusSeconds(3).toEpochMilli());

        assertThat(file.living()).isEmpty();
    }

    @Test
    void findsNothingInAFileThatIsMissingOrBroken() throws IOException {
        PidFile file = new PidFile(directory.resolve("kafka.pid"));
        assertThat(file.living()).isEmpty();

        for (String text : new String[] {"", "17", "one two", "1 2 3", "99999999999999999999 1"}) {
            Files.writeString(file.path(), text);
            assertThat(file.living()).as(text).isEmpty();
        }
    }
}
