package io.pentameter.ingest.tokens;

import io.pentameter.ingest.dialect.Field;
import io.pentameter.ingest.dialect.Reading;

/**
 * Token counts as a client reported them. A count is 0 or more, or {@link #ABSENT}.
 *
 * @param cacheWrite   all cache writes, of either lifetime
 * @param cacheWrite1h of the cache writes those that live an hour
 */
public record TokenReport(
        long input,
        long output,
        long total,
        long cacheRead,
        long cacheWrite,
        long cacheWrite1h,
        long reasoning,
        long audioInput,
        long audioOutput,
        long imageInput,
        boolean hadNegative) {

    /** The client said nothing. */
    public static final long ABSENT = Reading.ABSENT;

    /** The report in a span's attributes. */
    public static TokenReport of(Reading reading) {
        long[] counts = {
            reading.count(Field.INPUT_TOKENS),
            reading.count(Field.OUTPUT_TOKENS),
            reading.count(Field.TOTAL_TOKENS),
            reading.count(Field.CACHE_READ_TOKENS),
            reading.count(Field.CACHE_WRITE_TOKENS),
            reading.count(Field.CACHE_WRITE_1H_TOKENS),
            reading.count(Field.REASONING_TOKENS),
            reading.count(Field.AUDIO_INPUT_TOKENS),
            reading.count(Field.AUDIO_OUTPUT_TOKENS),
            reading.count(Field.IMAGE_INPUT_TOKENS)
        };
        boolean hadNegative = false;
        for (int i = 0; i < counts.length; i++) {
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
                hadNegative);
    }

    /** Whether anything was reported. */
    public boolean isPresent() {
        return input >= 0 || output >= 0 || total > 0 || cacheRead > 0 || cacheWrite > 0 || reasoning > 0;
    }
}
