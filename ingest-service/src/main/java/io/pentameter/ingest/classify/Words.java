package io.pentameter.ingest.classify;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the classifier of intents looks at: words, how the text begins, and pieces of three and four characters, by which
 * inflected words and those of related languages resemble each other.
 */
final class Words {

    /** Beyond these the text is not looked at: what is wanted is said at the beginning or at the end. */
    private static final int HEAD = 120;

    private static final int TAIL = 60;
    private static final int MAX_WORDS = 40;
    private static final int OPENING = 3;

    private Words() {}

    /** Features in a fixed order; none if there is no word. */
    static String[] of(String text) {
        return of(text, "");
    }

    /** @param prefix stands before each */
    static String[] of(String text, String prefix) {
        String part = text.length() <= HEAD + TAIL
                ? text
                : text.substring(0, HEAD) + " " + text.substring(text.length() - TAIL);
        String folded = Normalizer.normalize(part, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        List<String> words = split(folded);
        List<String> features = new ArrayList<>(words.size() * 10 + OPENING);
        for (int i = 0; i < words.size(); i++) {
            features.add(prefix + words.get(i));
            if (i < OPENING) {
                features.add(prefix + "^" + words.get(i));
            }
            String framed = "<" + words.get(i) + ">";
            for (int from = 0; from + 3 <= framed.length(); from++) {
                features.add(prefix + "%" + framed.substring(from, from + 3));
                if (from + 4 <= framed.length()) {
                    features.add(prefix + "#" + framed.substring(from, from + 4));
                }
            }
        }
        return features.toArray(String[]::new);
    }

    /** Runs of letters and digits; a character of a script without spaces is a word by itself; so is a question mark. */
    private static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        int from = -1;
        for (int i = 0; i <= text.length() && words.size() < MAX_WORDS; i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            boolean isAlone = c >= 0x3040 && c < 0xAC00;
            boolean isPart = !isAlone && (Character.isLetterOrDigit(c) || Character.isSurrogate(c));
            if (isPart && from < 0) {
                from = i;
            } else if (!isPart && from >= 0) {
                words.add(text.substring(from, i));
                from = -1;
            }
            if (isAlone || c == '?' || c == '？') {
                words.add(String.valueOf(c == '？' ? '?' : c));
            }
        }
        return words;
    }
}
