package io.pentameter.ingest.dialect;

/** Numbers that come as text. */
final class Numbers {

    private static final int MAX_DIGITS = 40;

    private Numbers() {}

    /** The number, or NaN if the text is none. */
    static double parse(String text) {
        if (text.isEmpty() || text.length() > MAX_DIGITS || !isPlain(text)) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException _) {
            return Double.NaN;
        }
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
                return false;
            }
        }
        return true;
    }
}
