package io.pentameter.ingest.redact;

/** Classes of characters, and where words begin in text that may be JSON. */
final class Chars {

    /** No key is longer; the bound keeps the time linear where a mark is repeated without end. */
    private static final int MAX_KEY = 1024;

    private Chars() {}

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    static boolean isLetter(char c) {
        return isUpper(c) || (c >= 'a' && c <= 'z');
    }

    static boolean isAlphanumeric(char c) {
        return isDigit(c) || isLetter(c);
    }

    static boolean isHex(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    /** Letters, digits, underscore, hyphen: what keys are made of. */
    static boolean isKey(char c) {
        return isAlphanumeric(c) || c == '_' || c == '-';
    }

    static boolean isBase64(char c) {
        return isAlphanumeric(c) || c == '+' || c == '/' || c == '=' || c == '_' || c == '-';
    }

    /** Whether a word may begin at the index: nothing before it belongs to a word, or only a JSON escape does. */
    static boolean beginsWord(String text, int at) {
        if (at == 0 || !isAlphanumeric(text.charAt(at - 1))) {
            return true;
        }
        return escapeEndsAt(text, at);
    }

    /** Whether the characters before the index are an escape of JSON, such as {@code \n} or {@code \u00e9}. */
    static boolean escapeEndsAt(String text, int at) {
        if (at >= 2 && text.charAt(at - 2) == '\\' && "nrtbf".indexOf(text.charAt(at - 1)) >= 0) {
            return true;
        }
        return at >= 6 && text.charAt(at - 6) == '\\' && text.charAt(at - 5) == 'u';
    }

    /**
     * The start of a match, moved past a JSON escape that it would cut in two: in {@code \nbob@x.org} the {@code n} is
     * no part of the name.
     */
    static int pastEscape(String text, int from) {
        if (from == 0 || text.charAt(from - 1) != '\\' || from >= text.length()) {
            return from;
        }
        return text.charAt(from) == 'u' ? Math.min(text.length(), from + 5) : from + 1;
    }

    static boolean endsWord(String text, int at) {
        return at >= text.length() || !isAlphanumeric(text.charAt(at));
    }

    /** End of the run of key characters that begins at the index, or where it is longer than any key. */
    static int endOfKey(String text, int from) {
        int end = from;
        int limit = Math.min(text.length(), from + MAX_KEY);
        while (end < limit && isKey(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
