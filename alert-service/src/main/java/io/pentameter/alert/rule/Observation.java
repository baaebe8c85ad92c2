package io.pentameter.alert.rule;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What the numbers say of one group in one window.
 *
 * @param value  absent if it is unknown
 * @param sample what the value rests on, 0 or more
 */
public record Observation(@Nullable BigDecimal value, long sample) {

    /** Of a group that the answer does not name. */
    public static final Observation ABSENT = new Observation(null, 0);
}
