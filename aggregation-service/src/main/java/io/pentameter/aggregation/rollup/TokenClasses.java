package io.pentameter.aggregation.rollup;

import java.util.List;

/** The classes of tokens that a span counts, each in a column of its name; they never overlap. */
public final class TokenClasses {

    /** All of them, in the order of the arrays that hold an amount of each. */
    public static final List<String> WORDS = List.of(
            "in_uncached",
            "in_cache_read",
            "in_cache_write_5m",
            "in_cache_write_1h",
            "in_audio",
            "in_image",
            "out_text",
            "out_reasoning",
            "out_audio");

    /** SQL for tokens that went in. */
    public static final String INPUT = sum("in_");

    /** SQL for tokens that came out. */
    public static final String OUTPUT = sum("out_");

    /** SQL for an array of all. */
    static final String ARRAY = "[" + String.join(", ", WORDS) + "]";

    private TokenClasses() {}

    private static String sum(String beginning) {
        return String.join(
                " + ", WORDS.stream().filter(word -> word.startsWith(beginning)).toList());
    }
}
