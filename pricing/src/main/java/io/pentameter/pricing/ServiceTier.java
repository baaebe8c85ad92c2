package io.pentameter.pricing;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How fast a provider promises to serve a call, where that has a price. */
public enum ServiceTier {
    STANDARD,
    BATCH,
    FLEX,
    PRIORITY;

    /** The tier that a word names; absent for a word that nobody has a price for. */
    public static @Nullable ServiceTier ofWord(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "", "standard", "default", "auto", "on_demand", "standard_only" -> STANDARD;
            case "batch", "batches" -> BATCH;
            case "flex" -> FLEX;
            case "priority" -> PRIORITY;
            default -> null;
        };
    }

    /** The word in records: empty for standard. */
    public String word() {
        return this == STANDARD ? "" : name().toLowerCase(Locale.ROOT);
    }
}
