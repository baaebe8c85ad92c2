package io.pentameter.aggregation.filter;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A number of a span, to filter by. A span that does not have it fulfils no comparison. */
public enum Quantity {
    COST_USD("cost_nano", "cost_known AND NOT usage_repeated", 9),
    /** Duration in seconds. */
    LATENCY("duration_ns", "true", 9),
    /** Seconds to the first token. */
    TTFT("ttft_ns", "ttft_ns >= 0", 9),
    INPUT_TOKENS(
            "(in_uncached + in_cache_read + in_cache_write_5m + in_cache_write_1h + in_audio + in_image)",
            "has_usage AND NOT usage_repeated",
            0),
    OUTPUT_TOKENS("(out_text + out_reasoning + out_audio)", "has_usage AND NOT usage_repeated", 0),
    TOTAL_TOKENS(
            "(in_uncached + in_cache_read + in_cache_write_5m + in_cache_write_1h + in_audio + in_image + out_text"
                    + " + out_reasoning + out_audio)",
            "has_usage AND NOT usage_repeated",
            0);

    private final String sql;
    private final String known;
    private final int scale;

    Quantity(String sql, String known, int scale) {
        this.sql = sql;
        this.known = known;
        this.scale = scale;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String sql() {
        return sql;
    }

    /** Condition under which a span has it. */
    String known() {
        return known;
    }

    /** The value in the unit of storage, rounded half up. */
    long scaled(BigDecimal value) {
        return value.movePointRight(scale).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    static Optional<Quantity> of(String word) {
        return Arrays.stream(values()).filter(q -> q.word().equals(word)).findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Quantity::word).toList();
    }
}
