package io.pentameter.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildJarTest {

    @TempDir
    private Path directory;

    @Test
    void isWrittenOnceAndNeverTouchedAgain() throws IOException {
        Path jar = ChildJar.in(directory);
        var written = Files.getLastModifiedTime(jar);

        assertThat(ChildJar.in(directory)).isEqualTo(jar);
        assertThat(Files.getLastModifiedTime(jar)).isEqualTo(written);
    }

    @Test
    void holdsEveryClassOfTheChildPackage() throws IOException {
        Path classes = Path.of("target/classes/io/pentameter/stack/child");
        try (Stream<Path> files = Files.list(classes);
                JarFile jar = new JarFile(ChildJar.in(directory).toFile())) {
            assertThat(jar.stream().map(JarEntry::getName))
                    .containsExactlyInAnyOrderElementsOf(
                            files.map(file -> "io/pentameter/stack/child/" + file.getFileName())
                                    .filter(name -> !name.endsWith("package-info.class"))
                                    .toList());
        }
    }
}
