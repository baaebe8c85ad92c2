package io.pentameter.ingest.redact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {

    private static final Redactor REDACTOR =
            new Redactor(Set.of(), List.of(), List.of("Anna Müller", "Anna", "nora", "Weiß", "田中", "Zoë"));

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`Anna, anna and ANNA MÜLLER`, `[name], [name] and [name]`", // the longest wins
                "Annabel Hannah anna_b, Annabel Hannah anna_b",
                "`Anna\nMüller; Anna   Müller`, `[name]; [name]`",
                "`{\"a\":\"x\\nAnna\",\"b\":\"Anna M\\u00fcller\"}`, `{\"a\":\"x\\n[name]\",\"b\":\"[name]\"}`",
                "`\"\\nora\"`, `\"\\nora\"`", // an escape and ora: a mask would break the JSON
                "`\"C:\\\\nora\"`, `\"C:\\\\[name]\"`",
                "田中さん 山田中村, [name]さん 山[name]村", // no words in Japanese: better too much than too little
                "`Zoe\u0308 and Zoë`, `[name] and [name]`", // decomposed and composed
                "Müller, Müller"
            })
    void namesAreMaskedAsWholeWordsInAnyCase(String text, String expected) {
        assertThat(REDACTOR.redact(text, new HashSet<>())).isEqualTo(expected);
    }

    @Test
    void anIdThatIsANameIsMasked() {
        Set<String> found = new HashSet<>();

        assertThat(REDACTOR.redactId("Anna Müller", found)).isEqualTo("[name]");
        assertThat(found).containsExactly("name");
    }

    @Test
    void jsonStaysJsonWhateverIsInIt() throws Exception {
        ObjectMapper json = new ObjectMapper();
        SplittableRandom random = new SplittableRandom(3);
        String[] pieces = {"Anna", " ", "Müller", "\\", "n", "ora", "\n", "u00e9", "\"", "田中", "é", "\u0001", "Zoë"};
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int p = random.nextInt(8); p >= 0; p--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            String written = json.writeValueAsString(List.of(text.toString()));

            assertThat(json.readTree(REDACTOR.redact(written, new HashSet<>())).isArray())
                    .as(written)
                    .isTrue();
        }
    }

    @Test
    void aThousandNamesInALargeTextTakeNoLongerThanOne() {
        List<String> many = IntStream.range(0, 1000).mapToObj(i -> "Person" + i).toList();
        Redactor redactor = new Redactor(Set.of(), List.of(), many);

        assertThat(redactor.redact("Person Person999x ".repeat(50_000), new HashSet<>()))
                .doesNotContain("[name]");
    }
}
