package io.pentameter.aggregation.invoice;

import java.util.Locale;
import java.util.Optional;

/** Classes of tokens that providers bill apart, as coarse as all of them tell. */
public enum TokenClass {
    /** Input that was neither read from nor written to a cache; text, audio and images. */
    INPUT,
    CACHE_READ,
    CACHE_WRITE,
    /** All output, reasoning included. */
    OUTPUT;

    /** In tables and in the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The class that the words of a provider or of a spreadsheet mean. */
    static Optional<TokenClass> of(String words) {
        String text = words.toLowerCase(Locale.ROOT)
                .replace('_', ' ')
                .replace('.', ' ')
                .strip();
        if (text.contains("cach")) {
            return Optional.of(text.contains("creat") || text.contains("write") ? CACHE_WRITE : CACHE_READ);
        }
        if (text.contains("output") || text.contains("completion")) {
            return Optional.of(OUTPUT);
        }
        return text.contains("input") || text.contains("prompt") ? Optional.of(INPUT) : Optional.empty();
    }
}
