package io.pentameter.pricing;

import io.pentameter.contracts.v1.Usage;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The buckets that are priced, each with the one whose price it takes if it has none of its own. */
enum TokenBucket {
    IN_UNCACHED("in_uncached", null, Usage::getInUncached),
    IN_CACHE_READ("in_cache_read", IN_UNCACHED, Usage::getInCacheRead),
    IN_CACHE_WRITE_5M("in_cache_write_5m", IN_UNCACHED, Usage::getInCacheWrite5M),
    IN_CACHE_WRITE_1H("in_cache_write_1h", IN_CACHE_WRITE_5M, Usage::getInCacheWrite1H),
    IN_AUDIO("in_audio", IN_UNCACHED, Usage::getInAudio),
    IN_IMAGE("in_image", IN_UNCACHED, Usage::getInImage),
    OUT_TEXT("out_text", null, Usage::getOutText),
    OUT_REASONING("out_reasoning", OUT_TEXT, Usage::getOutReasoning),
    OUT_AUDIO("out_audio", OUT_TEXT, Usage::getOutAudio);

    private final String word;
    private final @Nullable TokenBucket fallback;

    @SuppressWarnings("ImmutableEnumChecker") // a method reference without state
    private final ToLongFunction<Usage> units;

    TokenBucket(String word, @Nullable TokenBucket fallback, ToLongFunction<Usage> units) {
        this.word = word;
        this.fallback = fallback;
        this.units = units;
    }

    /** The word in records. */
    String word() {
        return word;
    }

    /** Whose price it takes if it has none; absent if then there is no price. */
    @Nullable
    TokenBucket fallback() {
        return fallback;
    }

    long unitsOf(Usage usage) {
        return units.applyAsLong(usage);
    }
}
