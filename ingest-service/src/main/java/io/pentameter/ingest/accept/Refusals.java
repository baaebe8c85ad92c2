package io.pentameter.ingest.accept;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The refusals of one delivery. Not thread-safe. */
public final class Refusals {

    /** Most sentences in an answer; the rest is counted. */
    static final int MAX_SENTENCES = 10;

    private final Map<RefusalReason, Long> counts = new EnumMap<>(RefusalReason.class);
    private final List<String> sentences = new ArrayList<>();
    private long total;
    private long told;

    public void add(Refused refused) {
        add(refused.reason(), 1, refused.sentence());
    }

    /** Adds spans that were refused for one reason, with one sentence for all of them. */
    public void add(RefusalReason reason, long spans, String sentence) {
        counts.merge(reason, spans, Long::sum);
        total += spans;
        if (sentences.size() < MAX_SENTENCES) {
            sentences.add(sentence);
            told += spans;
        }
    }

    /** Spans refused, of all reasons. */
    public long total() {
        return total;
    }

    /** Spans by reason; empty if none was refused. */
    public Map<RefusalReason, Long> counts() {
        return Map.copyOf(counts);
    }

    /** What to tell the client: a sentence each for the first of them, and how many more there are. */
    public String message() {
        String message = String.join("; ", sentences);
        return total > told ? message + "; and " + (total - told) + " more" : message;
    }
}
