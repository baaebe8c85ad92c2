package io.pentameter.pricing;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prices of the buckets at one level of context. A bucket without a price takes its fallback's, never 0. */
final class Rates {

    private final Map<Bucket, BigDecimal> given;
    private final Map<Bucket, UnitPrice> effective = new EnumMap<>(Bucket.class);

    /** @param nanoUsd price of one unit by bucket, as far as the source has them */
    Rates(Map<Bucket, BigDecimal> nanoUsd) {
        this.given = nanoUsd.isEmpty() ? new EnumMap<>(Bucket.class) : new EnumMap<>(nanoUsd);
        for (Bucket bucket : Bucket.values()) {
            BigDecimal price = resolve(bucket);
            if (price != null) {
                effective.put(bucket, UnitPrice.of(price));
            }
        }
    }

    private @Nullable BigDecimal resolve(Bucket bucket) {
        Bucket asked = bucket;
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
    UnitPrice of(Bucket bucket) {
        return effective.get(bucket);
    }

    /** All prices, with fallbacks. */
    Map<Bucket, UnitPrice> effective() {
        return effective;
    }

    /** Prices as the source gave them, without fallbacks. */
    Map<Bucket, BigDecimal> given() {
        return given;
    }

    /** Whether both charge the same for plain input and output. */
    boolean agreesWith(Rates other) {
        return same(Bucket.IN_UNCACHED, other) && same(Bucket.OUT_TEXT, other);
    }

    private boolean same(Bucket bucket, Rates other) {
        UnitPrice mine = of(bucket);
        UnitPrice theirs = other.of(bucket);
        if (mine == null || theirs == null) {
            return mine == null && theirs == null;
        }
        return mine.nanoUsd().compareTo(theirs.nanoUsd()) == 0;
    }

    /** These rates, with the other's for buckets that these do not name. */
    Rates filledFrom(Rates other) {
        Map<Bucket, BigDecimal> filled = new EnumMap<>(Bucket.class);
        filled.putAll(other.given);
        filled.putAll(given);
        return new Rates(filled);
    }

    /** The prices of tokens times a factor; a search costs as much in a batch. */
    Rates times(BigDecimal factor) {
        Map<Bucket, BigDecimal> scaled = new EnumMap<>(Bucket.class);
        given.forEach((bucket, price) -> scaled.put(bucket, bucket.isTokens() ? price.multiply(factor) : price));
        return new Rates(scaled);
    }
}
