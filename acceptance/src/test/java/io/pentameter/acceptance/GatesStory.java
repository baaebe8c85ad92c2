package io.pentameter.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A gate that never fails guards nothing: each violation here must break the build, and name itself. */
class GatesStory {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    static Stream<Arguments> violations() {
        return Stream.of(
                Arguments.argumentSet(
                        "a lint warning",
                        "final class Sample {\n\n    java.util.List raw;\n}\n",
                        "compile",
                        "found raw type"),
                Arguments.argumentSet(
                        "an exception that is made and not thrown",
                        "final class Sample {\n\n    void check() {\n        new IllegalStateException(\"lost\");\n    }\n}\n",
                        "compile",
                        "[DeadException]"),
                Arguments.argumentSet(
                        "a null where none is declared",
                        "final class Sample {\n\n    String name() {\n        return null;\n    }\n}\n",
                        "compile",
                        "[NullAway]"),
                Arguments.argumentSet(
                        "a broken link in a comment",
                        "/** See {@link Nowhere}. */\nfinal class Sample {}\n",
                        "compile",
                        "reference not found"),
                Arguments.argumentSet("a crooked line", "final class Sample { }\n", "verify", "format violations"));
    }

    @ParameterizedTest
    @MethodSource("violations")
    void theBuildBreaksOn(String source, String phase, String word) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(Path.of("target"), "gate").toAbsolutePath();
        Path packageFolder = Files.createDirectories(folder.resolve("src/main/java/sample"));
        Files.writeString(packageFolder.resolve("Sample.java"), "package sample;\n\n" + source);
        Files.writeString(
                packageFolder.resolve("package-info.java"),
                "/** A sample. */\n@NullMarked\npackage sample;\n\nimport org.jspecify.annotations.NullMarked;\n");
        Files.writeString(folder.resolve("pom.xml"), """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <parent>
                    <groupId>io.pentameter</groupId>
                    <artifactId>pentameter</artifactId>
                    <version>0.1.0</version>
                    <relativePath>%s</relativePath>
                  </parent>
                  <artifactId>sample</artifactId>
                </project>
                """.formatted(folder.relativize(ROOT.resolve("pom.xml"))));
        Files.createDirectories(folder.resolve(".mvn"));
        Files.copy(ROOT.resolve(".mvn/jvm.config"), folder.resolve(".mvn/jvm.config"));

        Process build = new ProcessBuilder(List.of("mvn", "-B", "-DskipTests", phase))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(build.waitFor()).as(output).isNotZero();
        assertThat(output).contains(word);
    }
}
