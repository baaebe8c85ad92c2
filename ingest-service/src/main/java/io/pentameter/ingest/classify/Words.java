package io.pentameter.ingest.classify;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

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

    /** From here on a text may have characters that can be written in another way; before it none can be shorter. */
    private static final char FIRST_COMBINING = 0x300;

    /** The text in lower case, each word between {@code <} and {@code >}. */
    private final char[] framed;

    /** Of each word, the place of its opening and of its closing bracket. */
    private final int[] places = new int[2 * MAX_WORDS];

    private int count;
    private int end;

    private Words(String part) {
        framed = new char[part.length() + 2 * MAX_WORDS];
        split(part);
    }

    /** Is shown features. */
    interface Sink {

        /** @param kind what the feature is, 0 for a word; together with the characters it names the feature */
        void feature(char kind, char[] text, int from, int to);
    }

    /** Shows the features in a fixed order; none if there is no word. */
    static void each(String text, Sink sink) {
        new Words(looked(text)).show(sink);
    }

    /** Features as text, each beginning with its kind. */
    static String[] of(String text) {
        List<String> features = new ArrayList<>();
        each(text, (kind, chars, from, to) -> {
            String feature = new String(chars, from, to - from);
            features.add(kind == 0 ? feature : kind + feature);
        });
        return features.toArray(String[]::new);
    }

    private static String looked(String text) {
        String part = text.length() <= HEAD + TAIL
                ? text
                : text.substring(0, HEAD) + " " + text.substring(text.length() - TAIL);
        for (int i = 0; i < part.length(); i++) {
            if (part.charAt(i) >= FIRST_COMBINING) {
                return Normalizer.normalize(part, Normalizer.Form.NFC);
            }
        }
        return part;
    }

    private void show(Sink sink) {
        for (int i = 0; i < count; i++) {
            int open = places[2 * i];
            int close = places[2 * i + 1];
            sink.feature((char) 0, framed, open + 1, close);
            if (i < OPENING) {
                sink.feature('^', framed, open + 1, close);
            }
            for (int from = open; from + 3 <= close + 1; from++) {
                sink.feature('%', framed, from, from + 3);
                if (from + 4 <= close + 1) {
                    sink.feature('#', framed, from, from + 4);
                }
            }
        }
    }

    /** Runs of letters and digits; a character of a script without spaces is a word by itself; so is a question mark. */
    private void split(String text) {
        int from = -1;
        for (int i = 0; i <= text.length() && count < MAX_WORDS; i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            boolean isAlone = c >= 0x3040 && c < 0xAC00;
            boolean isPart = !isAlone && (Character.isLetterOrDigit(c) || Character.isSurrogate(c));
            if (isPart && from < 0) {
                from = i;
            } else if (!isPart && from >= 0) {
                add(text, from, i);
                from = -1;
            }
            if (isAlone || c == '?' || c == '？') {
                add(c == '？' ? "?" : text, c == '？' ? 0 : i, c == '？' ? 1 : i + 1);
            }
        }
    }

    private void add(String text, int from, int to) {
        if (count == MAX_WORDS) {
            return;
        }
        places[2 * count] = end;
        framed[end++] = '<';
        for (int i = from; i < to; i++) {
            framed[end++] = Character.toLowerCase(text.charAt(i));
        }
        places[2 * count++ + 1] = end;
        framed[end++] = '>';
    }
}
