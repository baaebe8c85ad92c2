package io.pentameter.aggregation.explain;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.pentameter.aggregation.generation.PriceBasis;
import io.pentameter.aggregation.money.Usd;
import io.pentameter.statistics.attribution.CostChange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why the cost changed. The effects add up to {@code changeUsd}, which is the ledger's difference, to the last nano-dollar; so
 * do the effects of each item to the item's own change.
 *
 * @param volume the volume effect split further; null where a window has no calls or both have as many
 * @param other  the items that are not shown
 */
record Explanation(
        Side before,
        Side after,
        String changeUsd,
        Effects effects,
        @Nullable Volume volume,
        List<Item> items,
        @JsonInclude(Include.NON_NULL) @Nullable Item other,
        List<Ranked> dimensions,
        List<Cause> causes,
        String method,
        PriceBasis priceBasis,
        @Nullable Instant visibleUntil) {

    /**
     * A window.
     *
     * @param costUsd  of the calls that have a price
     * @param requests traces with a call
     * @param coverage share of the calls that have a price; null without calls
     */
    record Side(
            Instant from,
            Instant to,
            String costUsd,
            long requests,
            long calls,
            @Nullable Double coverage) {}

    /**
     * Parts of a change.
     *
     * @param volumeUsd more or fewer calls
     * @param mixUsd    other items have the calls
     * @param tokensUsd more or fewer tokens in a call
     * @param priceUsd  other prices of a token
     */
    record Effects(String volumeUsd, String mixUsd, String tokensUsd, String priceUsd) {

        static Effects of(CostChange.Effects effects) {
            return new Effects(
                    Usd.text(effects.volume()),
                    Usd.text(effects.mix()),
                    Usd.text(effects.tokens()),
                    Usd.text(effects.price()));
        }
    }

    /** @param requestsUsd of more or fewer requests; {@code callsPerRequestUsd} of more or fewer calls in each */
    record Volume(String requestsUsd, String callsPerRequestUsd) {}

    /** @param item a value for each dimension, null where it is not known; empty for the items that are not shown */
    record Item(
            Map<String, @Nullable String> item, String beforeUsd, String afterUsd, String changeUsd, Effects effects) {}

    /**
     * A dimension, the most telling first.
     *
     * @param basis    explanatory_power; absolute_change where the totals hardly differ
     * @param power    share of the change that its elements explain together
     * @param surprise how much the shares of the elements moved
     */
    record Ranked(String dimension, String basis, double power, double surprise, List<Element> elements) {}

    /** @param value null where it is not known */
    record Element(@Nullable String value, String beforeUsd, String afterUsd, double power, double surprise) {}

    /** @param item empty for the whole */
    record Cause(
            String cause,
            Map<String, @Nullable String> item,
            double before,
            double after,
            @Nullable String effectUsd,
            String sentence) {}
}
