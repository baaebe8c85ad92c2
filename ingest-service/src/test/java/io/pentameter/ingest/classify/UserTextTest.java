package io.pentameter.ingest.classify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Hello there | Hello there",
                "[{\"role\":\"system\",\"content\":\"Be kind\"},{\"role\":\"user\",\"content\":\"Hi\"}] | Hi",
                "[{\"role\":\"user\",\"content\":\"First\"},{\"role\":\"assistant\",\"content\":\"A\"},{\"role\":\"user\",\"content\":\"Last\"}] | Last",
                "[{\"content\":\"Before its role\",\"role\":\"user\"}] | Before its role",
                "[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Look\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"x\"}}]}] | Look",
                "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"Conventions\"}]}] | Conventions",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"Wrapped\"}],\"model\":\"gpt\"} | Wrapped",
                "{\"messages\":[[{\"id\":[\"HumanMessage\"],\"type\":\"human\",\"kwargs\":{\"content\":\"LangChain\"}}]]} | LangChain",
                "{\"question\":\"What now?\",\"k\":3} | What now?",
                "[{\"role\":\"user\",\"content\":\"Whole\"},{\"role\":\"user\",\"content\":\"cut of | Whole",
                "[draft] hello | [draft] hello",
                "[{\"role\":\"system\",\"content\":\"Be kind\"}] | ``",
                "{} | ``"
            })
    void itIsTheLastThingThatTheUserSaid(String input, String expected) {
        assertThat(UserText.of(input)).isEqualTo(expected);
    }

    @Test
    void hostileInputsEnd() {
        assertThat(UserText.of("[".repeat(100_000))).isNotNull();
        assertThat(UserText.of("{\"content\":".repeat(50_000))).isNotNull();
        assertThat(UserText.of("{\"role\":\"user\",\"content\":\"" + "x".repeat(2_000_000) + "\"}")
                        .length())
                .isLessThanOrEqualTo(4000);
    }
}
