package io.pentameter.ingest.classify;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import opennlp.tools.langdetect.LanguageDetectorModel;
import opennlp.tools.ml.model.MaxentModel;

/**
 * Finds the language of a text: OpenNLP's detector with its model for 103 languages. Immutable and thread-safe.
 *
 * <p>The model's scores are right in their order and far too alike in their size. They are raised to a power that makes them
 * probabilities on sentences of the usual length; {@code LanguagesTest} holds it fast.
 */
final class Languages {

    static final String VERSION = "opennlp-langdetect-183";

    private static final String MODEL = "/langdetect-183.bin";

    /** Longer texts are no surer. */
    private static final int MAX_CHARS = 80;

    /** Fewer letters say nothing. */
    private static final int MIN_LETTERS = 8;

    /** The exponent; see above. */
    private static final double SHARPNESS = 12;

    /** Languages of the model whose code in ISO 639-3 is not the one that Java pairs with ISO 639-1. */
    private static final Map<String, String> SPECIAL = Map.of(
            "cmn", "zh", "nan", "zh", "nob", "nb", "nno", "nn", "ekk", "et", "lvs", "lv", "heb", "he", "plt", "mg",
            "pnb", "pa");

    /** Languages that most requests are in. */
    private static final Set<String> USUAL = Set.of(
            "en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk", "zh", "ja", "ko", "ar", "hi", "tr", "vi", "th",
            "id", "ms", "sv", "da", "nb", "fi", "cs", "hu", "ro", "el", "he", "bg", "hr", "sr", "sk", "fa", "bn", "ta",
            "te", "ur");

    /** What the others weigh against them: a short English sentence looks like one of the hundred easily. */
    private static final double UNUSUAL = 0.02;

    private static final Set<String> CODES = Set.of(Locale.getISOLanguages());
    private static final Map<String, String> BY_ISO3 = byIso3();

    private static final Pattern DIGITS_AND_SPACES = Pattern.compile("[\\d\\s]+");
    private static final int LONGEST = 3;

    private final MaxentModel model;
    private final String[] codes;
    private final double[] weights;

    private Languages(MaxentModel model) {
        this.model = model;
        this.codes = new String[model.getNumOutcomes()];
        this.weights = new double[codes.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = iso1(model.getOutcome(i));
            weights[i] = USUAL.contains(codes[i]) ? 1 : UNUSUAL;
        }
    }

    static Languages load() {
        try (InputStream in = Languages.class.getResourceAsStream(MODEL)) {
            if (in == null) {
                throw new IllegalStateException("the model of languages is not on the class path: " + MODEL);
            }
            return new Languages(new LanguageDetectorModel(in).getMaxentModel());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The most probable language, however improbable; empty if the text has too few letters, or its language no code. */
    Optional<Classified> of(String text) {
        String part = text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS);
        if (part.codePoints().filter(Character::isLetter).limit(MIN_LETTERS).count() < MIN_LETTERS
                && part.codePoints().noneMatch(Character::isIdeographic)) {
            return Optional.empty();
        }
        double[] scores = scores(part);
        Script script = Script.of(part);
        Map<String, Double> shares = new HashMap<>();
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            if (script.mayBe(codes[i])) {
                // a hundred languages have a hundredth each where nothing speaks for any
                double share = Math.pow(scores[i] * 100, SHARPNESS) * weights[i];
                sum += share;
                shares.merge(codes[i], share, Double::sum);
            }
        }
        double all = sum;
        return shares.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .filter(best -> !best.getKey().isEmpty())
                .map(best -> new Classified(best.getKey(), best.getValue() / all, VERSION));
    }

    /** By the model's own features, runs of one to three characters in lower case, each as often as it
     * is there; without its regular expressions. */
    private double[] scores(String text) {
        String plain = DIGITS_AND_SPACES.matcher(text).replaceAll(" ").toLowerCase(Locale.ROOT);
        int length = plain.length();
        String[] context = new String[Math.max(0, LONGEST * length - LONGEST)];
        int i = 0;
        for (int from = 0; from < length; from++) {
            for (int to = from + 1; to <= Math.min(length, from + LONGEST) && i < context.length; to++) {
                context[i++] = plain.substring(from, to);
            }
        }
        return model.eval(i == context.length ? context : Arrays.copyOf(context, i));
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
