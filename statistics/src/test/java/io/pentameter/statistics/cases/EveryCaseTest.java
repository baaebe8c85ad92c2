package io.pentameter.statistics.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every case of the fixtures is a test that carries its id, or a simulation of {@code verify-statistics} that does. */
class EveryCaseTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path TESTS = Path.of("src/test");

    @Test
    void everyCaseIsATestNamedByItsId() throws IOException {
        String sources = sources();
        List<String> without = new ArrayList<>();
        int cases = 0;
        for (JsonNode found : cases()) {
            cases++;
            String id = found.path("id").textValue();
            if (!isPublishedOnly(found) && !sources.contains('"' + id + '"')) {
                without.add(id);
            }
        }

        assertThat(cases).isGreaterThan(100);
        assertThat(without).isEmpty();
    }

    /** A printed result whose data is nowhere to be had can be quoted but not computed. */
    @Test
    void onlyTwoCasesCannotBeComputed() throws IOException {
        assertThat(cases().stream()
                        .filter(EveryCaseTest::isPublishedOnly)
                        .map(found -> found.path("id").textValue()))
                .containsExactlyInAnyOrder("ppi-readme-galaxies", "ppi-notebook-n-to-reject");
    }

    private static boolean isPublishedOnly(JsonNode found) {
        return found.path("status").asText().equals("published-only");
    }

    private static List<JsonNode> cases() throws IOException {
        List<JsonNode> cases = new ArrayList<>();
        try (Stream<Path> files = Files.list(TESTS.resolve("resources/cases"))) {
            for (Path file : files.sorted().toList()) {
                JSON.readTree(file.toFile()).path("cases").forEach(cases::add);
            }
        }
        return cases;
    }

    private static String sources() throws IOException {
        StringBuilder sources = new StringBuilder();
        try (Stream<Path> files = Files.walk(TESTS.resolve("java"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> !path.endsWith("EveryCaseTest.java"))
                    .toList()) {
                sources.append(Files.readString(file));
            }
        }
        return sources.toString();
    }
}
