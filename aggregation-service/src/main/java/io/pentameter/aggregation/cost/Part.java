package io.pentameter.aggregation.cost;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an answer may hold besides cost, tokens and requests; each reads the spans, so it is given only if asked for. */
enum Part {
    /** Cost per trace, conversation, resolved case and successful outcome. */
    UNITS,
    /** Cost of failures, retries and fallbacks. */
    WASTE,
    /** What caches saved. */
    CACHE,
    /** What judging the answers cost. */
    QUALITY;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Set<Part> read(CostRequest request, @Nullable List<@Nullable String> words) {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        if (words == null) {
            return parts;
        }
        for (int i = 0; i < words.size(); i++) {
            String word = String.valueOf(words.get(i));
            List<Part> found = Arrays.stream(values())
                    .filter(part -> part.word().equals(word))
                    .toList();
            if (found.isEmpty()) {
                request.fault(
                        "/include/" + i,
                        "is not known: '%s'; known are %s"
                                .formatted(
                                        word,
                                        Arrays.stream(values()).map(Part::word).toList()));
            }
            parts.addAll(found);
        }
        return parts;
    }
}
