package io.pentameter.ingest.classify;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import opennlp.tools.langdetect.LanguageDetectorModel;
import opennlp.tools.ml.model.AbstractModel;

/**
 * Finds the language of a text: OpenNLP's detector with its model for 103 languages. Immutable and thread-safe.
 *
 * <p>The script comes first: what is written in Thai is Thai. Of the languages of a script a {@link LanguageScorer} finds the most probable one.
 */
final class Languages {

    static final String VERSION = "opennlp-langdetect-183-words-1";

    private static final String MODEL = "/langdetect-183.bin";

    /** Longer texts are no surer. */
    private static final int MAX_CHARS = 80;

    /** Fewer letters say nothing. */
    private static final int MIN_LETTERS = 8;

    /** Languages of the model whose code in ISO 639-3 is not the one that Java pairs with ISO 639-1. */
    private static final Map<String, String> SPECIAL = Map.of(
            "cmn", "zh", "nan", "zh", "nob", "nb", "nno", "nn", "ekk", "et", "lvs", "lv", "heb", "he", "plt", "mg",
            "pnb", "pa");

    /** Languages that most requests are in. */
    private static final Set<String> USUAL = Set.of(
            "en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk", "zh", "ja", "ko", "ar", "hi", "tr", "vi", "th",
            "id", "ms", "sv", "da", "nb", "fi", "cs", "hu", "ro", "el", "he", "bg", "hr", "sr", "sk", "fa", "bn", "ta",
            "te", "ur");

    private static final Set<String> CODES = Set.of(Locale.getISOLanguages());
    private static final Map<String, String> BY_ISO3 = byIso3();

    private final Map<Script, LanguageScorer> scorers;

    private Languages(Map<Script, LanguageScorer> scorers) {
        this.scorers = scorers;
    }

    static Languages load() {
        AbstractModel model = model();
        String[] codes = new String[model.getNumOutcomes()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = iso1(model.getOutcome(i));
        }
        Map<Script, LanguageScorer> scorers = new EnumMap<>(Script.class);
        for (Script script : Script.values()) {
            if (script.onlyLanguage().isEmpty()) {
                int[] candidates = IntStream.range(0, codes.length)
                        .filter(i -> script.mayBe(codes[i]))
                        .toArray();
                scorers.put(script, new LanguageScorer(model, candidates, codes));
            }
        }
        return new Languages(scorers);
    }

    /** OpenNLP's own. */
    static AbstractModel model() {
        try (InputStream in = Languages.class.getResourceAsStream(MODEL)) {
            if (in == null) {
                throw new IllegalStateException("the model of languages is not on the class path: " + MODEL);
            }
            return (AbstractModel) new LanguageDetectorModel(in).getMaxentModel();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The most probable language, however improbable; empty if the text has too few letters, or its language no code. */
    Optional<Classified> of(String text) {
        int end = Math.min(text.length(), MAX_CHARS);
        if (!hasEnoughLetters(text, end)) {
            return Optional.empty();
        }
        Script script = Script.of(text, end);
        LanguageScorer scorer = scorers.get(script);
        return scorer == null ? Optional.of(new Classified(script.onlyLanguage(), 1, VERSION)) : scorer.best(text, end);
    }

    private static boolean hasEnoughLetters(String text, int end) {
        int letters = 0;
        for (int i = 0; i < end && letters < MIN_LETTERS; ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            if (Character.isLetter(character)) {
                letters += Character.isIdeographic(character) ? MIN_LETTERS : 1;
            }
        }
        return letters >= MIN_LETTERS;
    }

    static boolean isUsual(String code) {
        return USUAL.contains(code);
    }

    /** Whether so short a text may be said to be in this language: of one that few speak the model is sure too easily. */
    static boolean isEnough(String text, String code) {
        return USUAL.contains(code) || text.length() >= MAX_CHARS;
    }

    /** The two letters of ISO 639-1 for a tag or a code as clients send it, {@code en-US}, {@code deu}; empty if there are none. */
    static String iso1(String tag) {
        int end = 0;
        while (end < tag.length() && Character.isLetter(tag.charAt(end))) {
            end++;
        }
        String code = tag.substring(0, end).toLowerCase(Locale.ROOT);
        String special = SPECIAL.get(code);
        if (special != null) {
            return special;
        }
        return code.length() == 2 && CODES.contains(code) ? code : BY_ISO3.getOrDefault(code, "");
    }

    private static Map<String, String> byIso3() {
        Map<String, String> codes = new HashMap<>();
        for (String code : Locale.getISOLanguages()) {
            try {
                codes.put(Locale.of(code).getISO3Language(), code);
            } catch (MissingResourceException _) {
                // a code without three letters is none that the model knows
            }
        }
        return Map.copyOf(codes);
    }
}
