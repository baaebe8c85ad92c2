package io.pentameter.ingest.intake;

/** Limits of texts in a record. */
final class Limits {

    /** Longest value of a dimension, in characters. */
    static final int MAX_DIMENSION = 256;

    private Limits() {}

    /** The beginning of the text, not ending inside a character. */
    static String shortened(String text, int maxChars) {
        if (text.length() <= maxChars) {
            return text;
        }
        boolean inPair = Character.isHighSurrogate(text.charAt(maxChars - 1));
        return text.substring(0, inPair ? maxChars - 1 : maxChars);
    }
}
