package io.pentameter.alert.rule;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is counted to tell whether a value rests on enough. */
public enum SampleOf {
    REQUESTS,
    SPANS,
    MODEL_CALLS,
    /** Ratings of end users, of both kinds. */
    FEEDBACK,
    /** Comparisons of a provider's invoices with the ledger. */
    INVOICE_COMPARISONS;

    /** The measures whose sum it is. */
    public List<String> measures() {
        return switch (this) {
            case REQUESTS, SPANS, MODEL_CALLS, INVOICE_COMPARISONS -> List.of(word());
            case FEEDBACK -> List.of("thumbs_up", "thumbs_down");
        };
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<SampleOf> ofWord(String word) {
        for (SampleOf sample : values()) {
            if (sample.word().equals(word)) {
                return Optional.of(sample);
            }
        }
        return Optional.empty();
    }
}
