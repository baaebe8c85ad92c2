package io.pentameter.ingest.redact;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names that a tenant wants masked, wherever they stand as whole words, in any case. Immutable.
 *
 * <p>A tree of their characters, so that the time for a text does not grow with their number. Characters that JSON has
 * escaped, {@code M\\u00fcller}, are read as what they stand for. In scripts that do not part words (Han, Kana, Thai) a name
 * counts wherever it stands.
 */
final class Names {

    static final Names NONE = new Names(List.of());

    private final Node root = new Node();
    private final boolean isEmpty;

    Names(Collection<String> names) {
        isEmpty = names.isEmpty();
        for (String name : names) {
            add(Normalizer.normalize(name.strip(), Normalizer.Form.NFC));
            add(Normalizer.normalize(name.strip(), Normalizer.Form.NFD));
        }
    }

    boolean isEmpty() {
        return isEmpty;
    }

    /**
     * End of the longest name that begins at the index; -1 if none does.
     *
     * @param at an index at which a word may begin: see {@link #mayBegin}
     */
    int endOfNameAt(String text, int at) {
        Node node = root;
        int end = -1;
        int i = at;
        while (i < text.length()) {
            long read = read(text, i);
            int character = (int) read;
            int next = i + (int) (read >>> 32);
            boolean isSpace = isSpace(character);
            node = node.next(isSpace ? ' ' : fold(character));
            if (node == null) {
                return end;
            }
            while (isSpace && next < text.length() && isSpace((int) read(text, next))) {
                next += (int) (read(text, next) >>> 32);
            }
            i = next;
            if (node.isName && endsWord(text, i, character)) {
                end = i;
            }
        }
        return end;
    }

    /** Whether a word may begin at the index: after nothing, a sign, a space, an escape, or in a script without spaces. */
    static boolean mayBegin(String text, int at) {
        if (isEscaped(text, at)) {
            return false;
        }
        if (at == 0 || !isWord(text.codePointBefore(at)) || Chars.escapeEndsAt(text, at)) {
            return true;
        }
        return isUnparted(text.codePointAt(at));
    }

    /** Whether the character at the index is part of an escape of JSON: a mask that began there would break it. */
    private static boolean isEscaped(String text, int at) {
        int slashes = 0;
        while (slashes < at && text.charAt(at - 1 - slashes) == '\\') {
            slashes++;
        }
        return slashes % 2 == 1;
    }

    private void add(String name) {
        Node node = root;
        int previous = 'x';
        for (int character : name.codePoints().toArray()) {
            boolean isSpace = isSpace(character);
            if (!isSpace || !isSpace(previous)) {
                node = node.children.computeIfAbsent(isSpace ? ' ' : fold(character), _ -> new Node());
            }
            previous = character;
        }
        node.isName |= node != root;
    }

    private static boolean endsWord(String text, int at, int last) {
        if (at >= text.length()) {
            return true;
        }
        int next = (int) read(text, at);
        return !isWord(next) || isUnparted(last) || isUnparted(next);
    }

    /** The character at the index in the lower half, how many places it takes in the upper. */
    private static long read(String text, int at) {
        int character = text.codePointAt(at);
        if (character == '\\' && at + 1 < text.length()) {
            char escaped = text.charAt(at + 1);
            if (escaped == 'u' && at + 6 <= text.length()) {
                int value = hex(text, at + 2);
                if (value >= 0) {
                    return 6L << 32 | value;
                }
            }
            if ("nrtbf".indexOf(escaped) >= 0) {
                return 2L << 32 | ' ';
            }
        }
        return (long) Character.charCount(character) << 32 | character;
    }

    private static int hex(String text, int from) {
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            value = value * 16 + digit;
        }
        return value;
    }

    private static boolean isWord(int character) {
        return Character.isLetterOrDigit(character)
                || Character.getType(character) == Character.NON_SPACING_MARK
                || character == '_';
    }

    private static boolean isSpace(int character) {
        return Character.isWhitespace(character) || character == 0xA0;
    }

    private static boolean isUnparted(int character) {
        if (character < 0xE00) {
            return false;
        }
        UnicodeScript script = UnicodeScript.of(character);
        return script == UnicodeScript.HAN
                || script == UnicodeScript.HIRAGANA
                || script == UnicodeScript.KATAKANA
                || script == UnicodeScript.HANGUL
                || script == UnicodeScript.THAI
                || script == UnicodeScript.LAO
                || script == UnicodeScript.KHMER
                || script == UnicodeScript.MYANMAR;
    }

    private static int fold(int character) {
        return Character.toLowerCase(Character.toUpperCase(character));
    }

    private static final class Node {

        private final Map<Integer, Node> children = new HashMap<>(2);
        private boolean isName;

        @Nullable
        Node next(int character) {
            return children.get(character);
        }
    }
}
