package io.pentameter.ingest.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import opennlp.tools.doccat.DoccatModel;
import opennlp.tools.doccat.DocumentCategorizerME;
import opennlp.tools.ml.model.AbstractModel;
import org.junit.jupiter.api.Test;

/** Our way through the library's models gives what the library gives. */
class OpenNlpEqualityTest {

    /** Our weights have 24 bits, the library's 53. */
    private static final double TOLERANCE = 1e-4;

    private static final List<Example> TEXTS = DefaultIntents.examples();

    @Test
    void intentsAreThoseOfTheLibrary() throws IOException {
        byte[] bytes = IntentModel.train(TEXTS, 5);
        IntentModel ours = IntentModel.of(bytes, "x");
        DocumentCategorizerME theirs = new DocumentCategorizerME(new DoccatModel(new ByteArrayInputStream(bytes)));

        int compared = 0;
        for (Example example : TEXTS) {
            double[] expected = theirs.categorize(Words.of(example.text()));
            String best = theirs.getBestCategory(expected);
            Classified found = ours.classify(example.text()).orElse(null);
            if (found != null) {
                assertThat(found.confidence())
                        .as(example.text())
                        .isCloseTo(expected[theirs.getIndex(best)], within(TOLERANCE));
                assertThat(expected[theirs.getIndex(found.label())])
                        .as(example.text())
                        .isCloseTo(expected[theirs.getIndex(best)], within(TOLERANCE));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(TEXTS.size() * 9 / 10);
    }

    @Test
    void sumsOfLanguagesAreThoseOfTheLibrary() {
        AbstractModel model = Languages.model();
        int[] all = new int[model.getNumOutcomes()];
        String[] codes = new String[all.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = i;
            codes[i] = model.getOutcome(i);
        }
        LanguageScorer ours = new LanguageScorer(model, all, codes);
        List<String> texts = new ArrayList<>(List.of(
                "Почему моя посылка до сих пор не пришла?",
                "ما هي عاصمة فرنسا؟",
                "法国的首都是哪里？",
                "फ्रांस की राजधानी क्या है?"));
        TEXTS.stream().map(Example::text).limit(300).forEach(texts::add);

        for (String text : texts) {
            double[] probabilities = model.eval(ngrams(text));
            float[] sums = ours.sums(text, text.length());
            Map<String, Double> differences = new HashMap<>();
            for (int i = 0; i < sums.length; i++) {
                // logarithms of the probabilities but for what is the same for all
                differences.put(codes[i], Math.log(probabilities[i]) - sums[i]);
            }
            double first = Math.log(probabilities[0]) - sums[0];
            assertThat(differences.values())
                    .as(text)
                    .allSatisfy(it -> assertThat(it).isCloseTo(first, within(TOLERANCE)));
        }
    }

    /** As OpenNLP's generator of contexts makes them, digits and blanks as one blank. */
    private static String[] ngrams(String text) {
        String plain = text.replaceAll("[\\d\\s]+", " ").toLowerCase(Locale.ROOT);
        List<String> found = new ArrayList<>();
        for (int from = 0; from < plain.length(); from++) {
            for (int to = from + 1; to <= Math.min(plain.length(), from + 3); to++) {
                found.add(plain.substring(from, to));
            }
        }
        return found.toArray(String[]::new);
    }
}
