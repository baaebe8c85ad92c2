package io.pentameter.ingest.dialect;

import org.jspecify.annotations.Nullable;

/** Sizes and cuts of texts as they are in UTF-8. */
public final class Utf8 {

    private Utf8() {}

    /** Bytes of the text in UTF-8. */
    public static long size(String text) {
        long size = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                // a pair of surrogates is two chars and four bytes
                size += c >= 0x800 && !Character.isSurrogate(c) ? 2 : 1;
            }
        }
        return size;
    }

    /** The longest beginning of the text that has at most so many bytes in UTF-8 and does not end inside a character. */
    public static String cut(String text, int maxBytes) {
        if (text.length() <= maxBytes / 3) {
            return text;
        }
        int size = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            size += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
            if (size > maxBytes) {
                boolean inPair = i > 0 && Character.isLowSurrogate(c) && Character.isHighSurrogate(text.charAt(i - 1));
                return text.substring(0, inPair ? i - 1 : i);
            }
        }
        return text;
    }

    /** The text with U+FFFD in place of each unpaired surrogate; the same object if there is none. */
    public static String sound(String text) {
        int at = firstUnpaired(text, 0);
        if (at < 0) {
            return text;
        }
        StringBuilder sound = new StringBuilder(text);
        while (at >= 0) {
            sound.setCharAt(at, '\uFFFD');
            at = firstUnpaired(sound, at + 1);
        }
        return sound.toString();
    }

    /** As {@link #sound}, for a text that may be absent. */
    public static String soundOrEmpty(@Nullable String text) {
        return text == null ? "" : sound(text);
    }

    private static int firstUnpaired(CharSequence text, int from) {
        int i = from;
        while (i < text.length()) {
            char c = text.charAt(i);
            boolean isPair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (Character.isSurrogate(c) && !isPair) {
                return i;
            }
            i += isPair ? 2 : 1;
        }
        return -1;
    }
}
