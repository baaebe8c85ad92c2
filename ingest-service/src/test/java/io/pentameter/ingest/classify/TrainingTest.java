package io.pentameter.ingest.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TrainingTest {

    @Test
    void theDefaultIntentsAreToldApartAsThePublishedQualitySays() throws IOException {
        Training.Quality quality = Training.of(DefaultIntents.examples().stream()
                        .map(it -> new Training.Labelled(it.text(), it.label()))
                        .toList())
                .orElseThrow()
                .quality();
        Path published = Path.of("src/main/resources/intents/default-quality.json");
        String written = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(quality) + "\n";
        if ("write".equals(System.getProperty("pentameter.pages"))) {
            Files.writeString(published, written);
        }
        assertThat(Files.readString(published))
                .as("stale: run this test with -Dpentameter.pages=write")
                .isEqualTo(written);

        // fifteen labels, the largest of which is a tenth of the examples
        assertThat(quality.accuracy()).as("%s", quality).isBetween(0.75, 1.0);
        assertThat(quality.low()).isLessThan(quality.accuracy());
        assertThat(quality.high()).isGreaterThan(quality.accuracy());
        assertThat(quality.of()).isEqualTo(DefaultIntents.examples().size());
        assertThat(quality.labels()).hasSize(15);
    }

    /**
     * Texts that nothing was trained with, worded unlike the examples: cross-validation flatters, because examples resemble
     * each other.
     */
    @Test
    void theDefaultIntentsAreFoundInTextsThatTheyWereNotMadeOf() throws IOException {
        IntentModel model = DefaultIntents.model();
        int right = 0;
        int said = 0;
        int rightOfSaid = 0;
        List<String> lines = heldOut();
        for (String line : lines) {
            String[] parts = line.split("\t", 2);
            Classified found = model.classify(parts[1]).orElseThrow();
            boolean isRight = found.label().equals(parts[0]);
            right += isRight ? 1 : 0;
            if (found.confidence() >= 0.5) {
                said++;
                rightOfSaid += isRight ? 1 : 0;
            }
        }

        assertThat(lines).hasSize(150);
        assertThat(right).as("right of 150").isGreaterThanOrEqualTo(105);
        assertThat((double) rightOfSaid / said)
                .as("right of the %d that are said", said)
                .isGreaterThanOrEqualTo(0.7);
    }

    private static List<String> heldOut() throws IOException {
        try (InputStream in = TrainingTest.class.getResourceAsStream("/intents/held-out.tsv")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    @Test
    void aTenantsOwnLabelsAreLearnedAndTheModelSurvivesItsBytes() throws IOException {
        Training training = Training.of(airline()).orElseThrow();

        IntentModel model = IntentModel.of(training.model(), "own-1");
        assertThat(model.classify("please change my seat to the window")).hasValueSatisfying(found -> {
            assertThat(found.label()).isEqualTo("seat");
            assertThat(found.model()).isEqualTo("own-1");
            assertThat(found.confidence()).isBetween(0.6, 1.0);
        });
        assertThat(training.labels()).containsExactly("baggage", "seat");
        assertThat(training.quality().of()).isEqualTo(training.examples());
        assertThat(training.quality().accuracy()).isGreaterThanOrEqualTo(0.9);
    }

    @Test
    void trainingIsTheSameForTheSameExamplesInAnyOrder() {
        List<Training.Labelled> reversed = new ArrayList<>(airline()).reversed();

        assertThat(Training.of(reversed).orElseThrow().quality())
                .isEqualTo(Training.of(airline()).orElseThrow().quality());
    }

    @Test
    void aTextWithoutAKnownWordHasNoIntent() throws IOException {
        IntentModel model = IntentModel.of(Training.of(airline()).orElseThrow().model(), "own-1");

        assertThat(model.classify("zzz qqq")).isEmpty();
        assertThat(model.classify("")).isEmpty();
    }

    @Test
    void oneLabelIsNothingToTellApart() {
        List<Training.Labelled> one =
                airline().stream().filter(it -> it.label().equals("seat")).toList();

        assertThatThrownBy(() -> Training.of(one))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there must be 2 labels or more: 1");
    }

    static List<Training.Labelled> airline() {
        List<Training.Labelled> examples = new ArrayList<>();
        for (String text : new String[] {
            "I want to change my seat",
            "can I get a window seat",
            "seat near the aisle please",
            "change seat 12A to the window",
            "is there a free seat in the front",
            "my seat is broken, another seat please",
            "upgrade my seat",
            "please move my seat"
        }) {
            examples.add(new Training.Labelled(text, "seat"));
        }
        for (String text : new String[] {
            "my bag is lost",
            "where is my baggage",
            "how much baggage may I take",
            "add a second bag",
            "the suitcase did not arrive, my bag is lost",
            "baggage allowance for children",
            "lost baggage at the airport",
            "is one bag free"
        }) {
            examples.add(new Training.Labelled(text, "baggage"));
        }
        return examples;
    }
}
