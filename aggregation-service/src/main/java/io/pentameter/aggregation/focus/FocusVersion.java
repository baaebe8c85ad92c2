package io.pentameter.aggregation.focus;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Versions of FOCUS that can be written. */
enum FocusVersion {
    V1_2("1.2"),
    /** Names the provider twice, in the words of 1.2 as well, which 1.3 has deprecated; with the columns of allocated charges. */
    V1_3("1.3");

    private final String word;

    FocusVersion(String word) {
        this.word = word;
    }

    static Optional<FocusVersion> of(String word) {
        return Arrays.stream(values())
                .filter(version -> version.word.equals(word))
                .findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(version -> version.word).toList();
    }
}
