package io.pentameter.pricing;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prices of the buckets at one level of context. A bucket without a price takes its fallback's, never 0. */
final class Rates {

    private final Map<TokenBucket, BigDecimal> given;
    private final Map<TokenBucket, UnitPrice> effective = new EnumMap<>(TokenBucket.class);

    /** @param nanoUsd price of one unit by bucket, as far as the source has them */
    Rates(Map<TokenBucket, BigDecimal> nanoUsd) {
        this.given = nanoUsd.isEmpty() ? new EnumMap<>(TokenBucket.class) : new EnumMap<>(nanoUsd);
        for (TokenBucket bucket : TokenBucket.values()) {
            BigDecimal price = resolve(bucket);
            if (price != null) {
                effective.put(bucket, UnitPrice.of(price));
            }
        }
    }

    private @Nullable BigDecimal resolve(TokenBucket bucket) {
        TokenBucket asked = bucket;
        while (asked != null) {
            BigDecimal price = given.get(asked);
            if (price != null) {
                return price;
            }
            asked = asked.fallback();
        }
        return null;
    }

    /** Price of a unit in the bucket; absent if there is none. */
    @Nullable
    UnitPrice of(TokenBucket bucket) {
        return effective.get(bucket);
    }

    /** Prices as the source gave them, without fallbacks. */
    Map<TokenBucket, BigDecimal> given() {
        return given;
    }

    /** Whether both charge the same for plain input and output. */
    boolean agreesWith(Rates other) {
        return same(TokenBucket.IN_UNCACHED, other) && same(TokenBucket.OUT_TEXT, other);
    }

    private boolean same(TokenBucket bucket, Rates other) {
        UnitPrice mine = of(bucket);
        UnitPrice theirs = other.of(bucket);
        if (mine == null || theirs == null) {
            return mine == null && theirs == null;
        }
        return mine.nanoUsd().compareTo(theirs.nanoUsd()) == 0;
    }

    /** These rates, with the other's for buckets that these do not name. */
    Rates filledFrom(Rates other) {
        Map<TokenBucket, BigDecimal> filled = new EnumMap<>(TokenBucket.class);
        filled.putAll(other.given);
        filled.putAll(given);
        return new Rates(filled);
    }

    Rates times(BigDecimal factor) {
        Map<TokenBucket, BigDecimal> scaled = new EnumMap<>(TokenBucket.class);
        given.forEach((bucket, price) -> scaled.put(bucket, price.multiply(factor)));
        return new Rates(scaled);
    }
}
