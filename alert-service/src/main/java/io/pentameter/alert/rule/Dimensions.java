package io.pentameter.alert.rule;

import java.util.List;

/** What a rule may group and filter by: dimensions of the metrics query. */
final class Dimensions {

    static final List<String> WORDS = List.of(
            "feature",
            "route",
            "customer",
            "user",
            "session",
            "intent",
            "prompt_name",
            "prompt_version",
            "model",
            "requested_model",
            "provider",
            "environment",
            "region",
            "release",
            "service",
            "operation",
            "kind",
            "failure",
            "key");

    /** Beginning of the word of a dimension that is any attribute of a span. */
    private static final String ATTRIBUTE = "attr.";

    private static final int MAX_ATTRIBUTE = 200;

    private Dimensions() {}

    static boolean isKnown(String word) {
        int name = word.length() - ATTRIBUTE.length();
        return WORDS.contains(word)
                || (word.startsWith(ATTRIBUTE) && name >= 1 && name <= MAX_ATTRIBUTE && word.indexOf('\0') < 0);
    }

    static String allowed() {
        return String.join(", ", WORDS) + ", " + ATTRIBUTE + "<name>";
    }
}
