package io.pentameter.ingest.tokens;

import io.pentameter.ingest.dialect.Field;
import io.pentameter.ingest.dialect.Reading;
import org.jspecify.annotations.Nullable;

/**
 * Token counts as a client reported them. A count is 0 or more, or {@link #ABSENT}.
 *
 * @param cacheWrite   all cache writes, of either lifetime
 * @param cacheWrite5m of the cache writes those that live five minutes
 * @param cacheWrite1h of the cache writes those that live an hour
 * @param hadNegative  some count was below 0 and is taken for not reported
 * @param isExclusive  whether the dialect leaves cached tokens, thoughts and the like out of input and output; counts only
 *     where neither total nor sizes decide
 */
public record TokenReport(
        long input,
        long output,
        long total,
        long cacheRead,
        long cacheWrite,
        long cacheWrite5m,
        long cacheWrite1h,
        long reasoning,
        long audioInput,
        long audioOutput,
        long imageInput,
        boolean hadNegative,
        boolean isExclusive) {

    /** The client said nothing. */
    public static final long ABSENT = Reading.ABSENT;

    private static final Field[] COUNTS = {
        Field.INPUT_TOKENS,
        Field.OUTPUT_TOKENS,
        Field.TOTAL_TOKENS,
        Field.CACHE_READ_TOKENS,
        Field.CACHE_WRITE_TOKENS,
        Field.CACHE_WRITE_5M_TOKENS,
        Field.CACHE_WRITE_1H_TOKENS,
        Field.REASONING_TOKENS,
        Field.AUDIO_INPUT_TOKENS,
        Field.AUDIO_OUTPUT_TOKENS,
        Field.IMAGE_INPUT_TOKENS
    };

    /** Langfuse prices each key of {@code usage_details} by itself, so its {@code input} is what is left of the input. */
    private static final String LANGFUSE = "langfuse.observation.usage_details#";

    /** The report in a span's attributes. */
    public static TokenReport of(Reading reading) {
        long[] counts = new long[COUNTS.length];
        boolean hadNegative = false;
        for (int i = 0; i < counts.length; i++) {
            counts[i] = reading.count(COUNTS[i]);
            if (counts[i] == Reading.NEGATIVE) {
                hadNegative = true;
                counts[i] = ABSENT;
            }
        }
        return new TokenReport(
                counts[0],
                counts[1],
                counts[2],
                counts[3],
                counts[4],
                counts[5],
                counts[6],
                counts[7],
                counts[8],
                counts[9],
                counts[10],
                hadNegative,
                isExclusive(reading));
    }

    private static boolean isExclusive(Reading reading) {
        String input = reading.nameOf(Field.INPUT_TOKENS);
        String cached = reading.nameOf(Field.CACHE_READ_TOKENS);
        return (LANGFUSE + "input").equals(input)
                || ((LANGFUSE + "input_tokens").equals(input) && !isDetailOfOpenAi(cached));
    }

    private static boolean isDetailOfOpenAi(@Nullable String name) {
        return name != null && name.contains("_tokens_details.");
    }

    /** Whether anything was reported. */
    public boolean isPresent() {
        return input >= 0 || output >= 0 || total > 0 || cacheRead > 0 || cacheWrite > 0 || reasoning > 0;
    }

    /** Whether one direction is missing and follows from the total and the other. */
    boolean isDerived() {
        return total >= 0 && (input < 0) != (output < 0);
    }
}
