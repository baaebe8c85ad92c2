package io.pentameter.ingest.classify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguagesTest {

    private static final Languages LANGUAGES = Languages.load();

    /** Sentences of our own; short, as people ask. */
    private static final List<Map.Entry<String, String>> SENTENCES = List.of(
            Map.entry("en", "What is the capital of France?"),
            Map.entry("en", "Write a Python function that sorts a list"),
            Map.entry("en", "I was charged twice this month and want a refund"),
            Map.entry("en", "Please summarise the following article in three sentences"),
            Map.entry("en", "How do I reset my password?"),
            Map.entry("en", "Cancel my order please"),
            Map.entry("de", "Wie ist die Hauptstadt von Frankreich?"),
            Map.entry("de", "Bitte übersetze den folgenden Satz ins Englische"),
            Map.entry("de", "Meine Bestellung ist nicht angekommen"),
            Map.entry("de", "Kannst du mir das kurz erklären?"),
            Map.entry("fr", "Quelle est la capitale de la France ?"),
            Map.entry("fr", "Où est ma commande ?"),
            Map.entry("fr", "Peux-tu résumer ce texte en trois phrases ?"),
            Map.entry("es", "¿Cuál es la capital de Francia?"),
            Map.entry("es", "No puedo iniciar sesión en mi cuenta"),
            Map.entry("es", "Escribe un correo electrónico a mi casero"),
            Map.entry("it", "Qual è la capitale della Francia?"),
            Map.entry("it", "Il mio ordine non è ancora arrivato"),
            Map.entry("pt", "Qual é a capital da França?"),
            Map.entry("pt", "O meu pedido ainda não chegou"),
            Map.entry("nl", "Wat is de hoofdstad van Frankrijk?"),
            Map.entry("nl", "Mijn bestelling is niet aangekomen"),
            Map.entry("pl", "Jaka jest stolica Francji?"),
            Map.entry("pl", "Nie mogę zalogować się na moje konto"),
            Map.entry("sv", "Vad heter huvudstaden i Frankrike?"),
            Map.entry("fi", "Mikä on Ranskan pääkaupunki?"),
            Map.entry("cs", "Jaké je hlavní město Francie?"),
            Map.entry("tr", "Fransa'nın başkenti neresidir?"),
            Map.entry("ru", "Почему моя посылка до сих пор не пришла?"),
            Map.entry("uk", "Чому моя посилка досі не прийшла?"),
            Map.entry("el", "Ποια είναι η πρωτεύουσα της Γαλλίας;"),
            Map.entry("ja", "日本の首都はどこですか。"),
            Map.entry("zh", "法国的首都是哪里？"),
            Map.entry("ko", "프랑스의 수도는 어디인가요?"),
            Map.entry("ar", "ما هي عاصمة فرنسا؟"),
            Map.entry("he", "מהי בירת צרפת?"),
            Map.entry("hi", "फ्रांस की राजधानी क्या है?"),
            Map.entry("th", "เมืองหลวงของฝรั่งเศสคืออะไร"),
            Map.entry("vi", "Thủ đô của Pháp là gì?"),
            Map.entry("hu", "Mi Franciaország fővárosa?"));

    @Test
    void whatIsSaidIsRightAndTheConfidenceNoLargerThanTheShareOfRightAnswers() {
        int said = 0;
        int right = 0;
        int rightAtAll = 0;
        double confidence = 0;
        StringBuilder seen = new StringBuilder();
        for (Map.Entry<String, String> sentence : SENTENCES) {
            Classified found = LANGUAGES.of(sentence.getValue()).orElseThrow();
            boolean isRight = found.label().equals(sentence.getKey());
            seen.append("%s %s %.2f %s%n"
                    .formatted(sentence.getKey(), found.label(), found.confidence(), sentence.getValue()));
            rightAtAll += isRight ? 1 : 0;
            confidence += found.confidence();
            if (found.confidence() >= 0.7) {
                said++;
                right += isRight ? 1 : 0;
            }
        }

        String all = seen.toString();
        assertThat(right).as(all).isGreaterThanOrEqualTo(said - 1);
        assertThat(said).as(all).isGreaterThanOrEqualTo(SENTENCES.size() * 9 / 10);
        assertThat(confidence / SENTENCES.size())
                .as("no surer than it is right, %s", all)
                .isLessThanOrEqualTo((double) rightAtAll / SENTENCES.size());
    }

    /** OpenNLP's model takes it for Maori, with 0.86. */
    @Test
    void aShortTextIsNotSaidToBeInALanguageThatFewSpeak() {
        Classifier classifier = Classifier.start(new Classifier.Limits(0.5, 0.7));

        assertThat(classifier.language("write me a haiku about rain").map(Classified::label))
                .isNotEqualTo(Optional.of("mi"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ok", "42", "!!!", "{}", "12345678901234567890"})
    void whatSaysTooLittleHasNoLanguage(String text) {
        assertThat(LANGUAGES.of(text)).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "en, en",
        "en-US, en",
        "deu, de",
        "de_AT, de",
        "cmn, zh",
        "ZH-Hant, zh",
        "klingon, ''",
        "xx, ''",
        "'', ''"
    })
    void codesOfClientsBecomeTwoLetters(String tag, String code) {
        assertThat(Languages.iso1(tag)).isEqualTo(code);
    }
}
