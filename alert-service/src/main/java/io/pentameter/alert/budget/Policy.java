package io.pentameter.alert.budget;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a caller's own gateway is told, by the share of the budget that is spent. Shares are above 0 and at most 10.
 *
 * @param warnAt    absent: never
 * @param degradeAt absent: never
 * @param degradeTo the model to use instead; present with {@code degradeAt}
 * @param blockAt   absent: never
 * @param failsOpen whether a counter that is too old, or that knows nothing, leaves what it cannot say allowed
 */
public record Policy(
        @Nullable BigDecimal warnAt,
        @Nullable BigDecimal degradeAt,
        @Nullable String degradeTo,
        @Nullable BigDecimal blockAt,
        boolean failsOpen) {

    public Policy {
        if ((degradeAt == null) != (degradeTo == null)) {
            throw new IllegalArgumentException("degradeAt and degradeTo come together");
        }
    }
}
