package io.pentameter.aggregation.pool;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is counted of an element's spans to split a pool by. */
enum Meter {
    /** Spans that stand for what a user asked once. */
    REQUESTS("countIf(is_request)", 0),
    /** Input and output tokens of the spans that tell them. */
    TOKENS(
            "sumIf(in_uncached + in_cache_read + in_cache_write_5m + in_cache_write_1h + in_audio + in_image + out_text"
                    + " + out_reasoning + out_audio, NOT usage_repeated)",
            0),
    /** Bytes of the inputs, before anything was cut off. */
    INPUT_BYTES("sum(input_size)", 0),
    /** All spans. */
    SPANS("count()", 0),
    /** Spans of kind retrieval. */
    RETRIEVAL_SPANS("countIf(kind = 'retrieval')", 0),
    /** Durations of the spans of kind retrieval, measured in nanoseconds. */
    RETRIEVAL_MILLISECONDS("sumIf(duration_ns, kind = 'retrieval')", 6),
    /** Known cost of all spans in US dollars. */
    COST("sumIf(cost_nano, NOT usage_repeated)", 9);

    private final String sql;
    private final int scale;

    Meter(String sql, int scale) {
        this.sql = sql;
        this.scale = scale;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The aggregate over spans, a whole number. */
    String sql() {
        return sql;
    }

    /** The aggregate's value in the unit that the word names. */
    BigDecimal quantity(long measured) {
        return BigDecimal.valueOf(measured, scale);
    }

    static Optional<Meter> of(String word) {
        return Arrays.stream(values())
                .filter(meter -> meter.word().equals(word))
                .findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Meter::word).toList();
    }
}
