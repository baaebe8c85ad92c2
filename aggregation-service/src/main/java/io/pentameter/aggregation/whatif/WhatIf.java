package io.pentameter.aggregation.whatif;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.pentameter.aggregation.generation.PriceBasis;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a window would have cost.
 *
 * @param prices names the prices that were used
 * @param groups those with the most calls' cost first; they and {@code other} add up to {@code total}
 * @param notes  what the numbers cannot know
 * @param priceBasis of the actual costs
 */
record WhatIf(
        String prices,
        List<Group> groups,
        @JsonInclude(Include.NON_NULL) @Nullable Other other,
        Numbers total,
        List<String> notes,
        PriceBasis priceBasis,
        @Nullable Instant visibleUntil) {

    /** @param group null where it is not known */
    record Group(@Nullable String group, @JsonUnwrapped Numbers numbers) {}

    /** @param groups how many it stands for */
    record Other(long groups, @JsonUnwrapped Numbers numbers) {}

    /**
     * Like with like: both sums are over the calls of which both costs are known.
     *
     * @param calls           of generating models
     * @param comparedCalls   of which both costs are known
     * @param coverage        compared by all; null without calls
     * @param actualUsd       what the compared calls cost; null if none is
     * @param whatIfUsd       what they would have cost
     * @param changeShare     of the actual cost; null where that is 0
     * @param unknownCalls    whose cost would not be known
     * @param newlyKnownCalls whose cost is not known as it was, and would be: {@code newlyKnownUsd}, in no sum above
     */
    record Numbers(
            long calls,
            long comparedCalls,
            @Nullable Double coverage,
            @Nullable String actualUsd,
            @Nullable String whatIfUsd,
            @Nullable String changeUsd,
            @Nullable Double changeShare,
            long unknownCalls,
            long newlyKnownCalls,
            String newlyKnownUsd) {}
}
