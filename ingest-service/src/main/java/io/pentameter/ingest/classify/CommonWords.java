package io.pentameter.ingest.classify;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Words that short texts of a language are full of, as evidence beside runs of characters: of a question of four words the
 * articles say most. Immutable and thread-safe.
 */
final class CommonWords {

    /** What a word of a language speaks for it, as a logarithm; more than that a word is not worth, since quotations have them too. */
    private static final float WEIGHT = 1.5f;

    /** Words beyond these say nothing new. */
    private static final int MAX_WORDS = 8;

    private static final int LONGEST = 12;

    /** Of each language, by ISO 639-1. */
    private static final Map<String, List<String>> WORDS = words();

    private final WeightTable table;

    /** @param codes of the outcomes, ISO 639-1 */
    CommonWords(List<String> codes) {
        Map<String, float[]> weights = new HashMap<>();
        for (int i = 0; i < codes.size(); i++) {
            for (String word : WORDS.getOrDefault(codes.get(i), List.of())) {
                weights.computeIfAbsent(word, _ -> new float[codes.size()])[i] = WEIGHT;
            }
        }
        WeightTable.Draft draft = new WeightTable.Draft(codes.size());
        weights.forEach((word, row) -> draft.add(key(word), row));
        table = draft.table();
    }

    private static Map<String, List<String>> words() {
        try (InputStream in = CommonWords.class.getResourceAsStream("/languages/common-words.txt")) {
            if (in == null) {
                throw new IllegalStateException("the common words are not on the class path");
            }
            Map<String, List<String>> words = new HashMap<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" ", -1))
                    .forEach(line -> words.put(line[0], Arrays.asList(line).subList(1, line.length)));
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long key(String word) {
        long key = 1;
        for (int i = 0; i < word.length(); i++) {
            key = mixed(key, word.charAt(i));
        }
        return key;
    }

    private static long mixed(long key, char c) {
        return (key ^ c) * 0x9DDFEA08EB382D69L;
    }

    /**
     * What the text's words speak for each outcome.
     *
     * @param end of what is looked at
     */
    float[] sums(String text, int end, int outcomes) {
        float[] sums = new float[outcomes];
        int found = 0;
        long key = 1;
        int length = 0;
        for (int i = 0; i <= end && found < MAX_WORDS; i++) {
            char c = i < end ? text.charAt(i) : ' ';
            if (Character.isLetter(c)) {
                key = mixed(key, Character.toLowerCase(c));
                length++;
            } else {
                found += length > 0 && length <= LONGEST && table.addTo(sums, key) ? 1 : 0;
                key = 1;
                length = 0;
            }
        }
        return sums;
    }
}
