package io.pentameter.pricing;

import io.pentameter.contracts.v1.Usage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What is priced, each with the bucket whose price it takes if it has none of its own. */
public enum Bucket {
    IN_UNCACHED("in_uncached", null, Usage::getInUncached),
    IN_CACHE_READ("in_cache_read", IN_UNCACHED, Usage::getInCacheRead),
    IN_CACHE_WRITE_5M("in_cache_write_5m", IN_UNCACHED, Usage::getInCacheWrite5M),
    IN_CACHE_WRITE_1H("in_cache_write_1h", IN_CACHE_WRITE_5M, Usage::getInCacheWrite1H),
    IN_AUDIO("in_audio", IN_UNCACHED, Usage::getInAudio),
    IN_IMAGE("in_image", IN_UNCACHED, Usage::getInImage),
    OUT_TEXT("out_text", null, Usage::getOutText),
    OUT_REASONING("out_reasoning", OUT_TEXT, Usage::getOutReasoning),
    OUT_AUDIO("out_audio", OUT_TEXT, Usage::getOutAudio),
    SEARCHES("searches", null, Usage::getSearches),
    IMAGES("images", null, Usage::getImages),
    MEDIA_MS("media_ms", null, Usage::getMediaMs),
    PAGES("pages", null, Usage::getPages),
    CHARACTERS("characters", null, Usage::getCharacters);

    private static final List<Bucket> ALL = List.of(values());

    private final String word;
    private final @Nullable Bucket fallback;

    @SuppressWarnings("ImmutableEnumChecker") // a method reference without state
    private final ToLongFunction<Usage> units;

    Bucket(String word, @Nullable Bucket fallback, ToLongFunction<Usage> units) {
        this.word = word;
        this.fallback = fallback;
        this.units = units;
    }

    /** In their order of declaration. */
    public static List<Bucket> all() {
        return ALL;
    }

    /** The bucket that a word in records names. */
    public static Optional<Bucket> ofWord(String word) {
        return Arrays.stream(values())
                .filter(bucket -> bucket.word.equals(word))
                .findFirst();
    }

    /** The word in records. */
    public String word() {
        return word;
    }

    /** Whether it holds tokens; the rest is billed by the piece. */
    public boolean isTokens() {
        return compareTo(OUT_AUDIO) <= 0;
    }

    /** Whose price it takes if it has none; absent if then there is no price. */
    @Nullable
    Bucket fallback() {
        return fallback;
    }

    public long unitsOf(Usage usage) {
        return units.applyAsLong(usage);
    }
}
