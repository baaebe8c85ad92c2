package io.pentameter.pricing;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an import changed, or would change.
 *
 * @param version   of the book that it makes
 * @param before    version of the book that it was compared with; empty for none
 * @param format    {@code genai-prices} or {@code litellm}
 * @param hash      SHA-256 of the file
 * @param models    how many models with a price the file has
 * @param added     ids
 * @param removed   ids that the file has no more; their prices stay, for what was called before
 * @param changed   prices that differ
 * @param heldBack  suspicious changes: what held before goes on to hold until the import is repeated with their ids accepted
 * @param refused   models that cannot be right: what held before goes on to hold
 */
public record ImportReport(
        String version,
        String before,
        String format,
        String hash,
        int models,
        List<String> added,
        List<String> removed,
        List<Change> changed,
        List<HeldBack> heldBack,
        List<Refusal> refused) {

    public ImportReport {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        changed = List.copyOf(changed);
        heldBack = List.copyOf(heldBack);
        refused = List.copyOf(refused);
    }

    /**
     * A price that differs.
     *
     * @param field   as the source names it
     * @param before  absent if it had none
     * @param after   absent if it has none any more
     * @param percent of {@code before}, two decimal places; absent if there is no {@code before} or it is 0
     */
    public record Change(
            String id,
            String field,
            @Nullable BigDecimal before,
            @Nullable BigDecimal after,
            @Nullable BigDecimal percent) {}

    /** @param reason the rule and the values */
    public record HeldBack(String id, String reason) {}

    /** @param detail the field, the value and what is allowed */
    public record Refusal(String id, String detail) {}
}
