package io.pentameter.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.acceptance.ApiDescription.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The short version of {@code ./pentameter fuzz}: always the same mutants. The long one's findings are in docs/fuzz.md. */
@ExtendWith(RunningStack.Extension.class)
class FuzzStory {

    private static final String SEED = "20261121";

    private static final Path SAMPLES = Path.of("../local-stack/src/main/resources/fuzz/samples.tsv");

    private final RunningStack stack;

    FuzzStory(RunningStack stack) {
        this.stack = stack;
    }

    /** Settings and prices are the tenant's own, checked by {@link BadInputStory}; what a client sends all day is fuzzed. */
    private static final List<String> SETTINGS =
            List.of("/api/v1/prices", "/api/v1/classifiers", "/api/v1/pseudonyms", "/api/v1/settings");

    @Test
    void everyRouteThatTakesTelemetryHasASample() throws IOException {
        Set<String> sampled = new TreeSet<>();
        Files.readAllLines(SAMPLES).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> line.split("\t", 3))
                .forEach(cells -> sampled.add(cells[0] + " " + cells[1]));
        Set<String> missing = new TreeSet<>();
        for (Operation operation : ApiDescription.operations(
                stack.read().get("/api/v1/openapi?format=json").json())) {
            boolean takesTelemetry = Set.of("vendors", "ingest").contains(operation.tag())
                    && operation.hasBody()
                    && SETTINGS.stream().noneMatch(operation.path()::startsWith);
            Pattern path = Pattern.compile(Pattern.quote(operation.method() + " ")
                    + operation.path().replace(".", "\\.").replaceAll("\\{[^}]*}", "[^/]+"));
            if (takesTelemetry && sampled.stream().noneMatch(path.asMatchPredicate())) {
                missing.add(operation.toString());
            }
        }

        assertThat(missing).isEmpty();
    }

    @Test
    void brokenRequestsOnEveryRouteAreAnsweredAndAccountedFor() {
        String said = stack.command("fuzz", "--seconds", "10", "--seed", SEED);

        assertThat(said).contains("fuzz: nothing found").contains("pending 0");
    }
}
