package io.pentameter.pricing;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One way of pricing calls of a kind: of the lines of a {@link Resolution} the first that holds at the time and size counts.
 *
 * @param priceId       names the price within the book, or {@code tenant/<id>}
 * @param above         input tokens above which it holds; -1 for all sizes
 * @param prices        of a unit, by bucket, with fallbacks and factors in; a bucket without a price is not there
 * @param fee           of a call; absent if there is none
 * @param factors       what the prices were multiplied by, {@code word:factor}
 * @param unknownReason why there is no price while the line holds; empty if there is one
 */
public record PriceLine(
        String priceId,
        Origin origin,
        String tier,
        Validity validity,
        long above,
        Map<Bucket, UnitPrice> prices,
        @Nullable UnitPrice fee,
        List<String> factors,
        String unknownReason) {

    public PriceLine {
        prices = Map.copyOf(prices);
        factors = List.copyOf(factors);
    }

    boolean holdsAt(long epochSecond, long inputTokens) {
        return inputTokens > above && validity.holdsAt(epochSecond);
    }

    PriceLine during(Validity other) {
        return new PriceLine(priceId, origin, tier, validity.and(other), above, prices, fee, factors, unknownReason);
    }
}
