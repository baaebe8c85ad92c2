package io.pentameter.aggregation.repricing;

import io.pentameter.aggregation.filter.FilterBody;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A repricing as its tenant sees it.
 *
 * @param state        queued, calculating, calculated, applied, reverted, failed, expired
 * @param priceVersion of the book; absent until the work begins
 * @param ownVersion   of the tenant's own prices; 0 for none
 * @param progress     0 to 1
 * @param detail       why it failed; absent if it did not
 * @param report       absent until it is worked out, and in lists
 * @param lateSpans    spans of the period that came after it was ordered: they cost what they came with until the next
 *                     repricing; absent until it is worked out, and in lists
 */
record RepricingView(
        String id,
        String state,
        Instant from,
        Instant to,
        List<FilterBody> filters,
        String only,
        String priceVersionAsked,
        @Nullable String priceVersion,
        long ownVersion,
        double progress,
        String madeBy,
        Instant createdAt,
        @Nullable Instant appliedAt,
        @Nullable Instant revertedAt,
        @Nullable String detail,
        @Nullable RepricingReport report,
        @Nullable Long lateSpans) {

    static RepricingView of(
            Repricing repricing, Visibility seen, @Nullable RepricingReport report, @Nullable Long lateSpans) {
        RepricingOrder order = repricing.order();
        String state = repricing.state().word();
        if (seen.appliedAt() != null) {
            state = seen.revertedAt() == null ? "applied" : "reverted";
        }
        return new RepricingView(
                repricing.id(),
                state,
                order.from(),
                order.to(),
                order.filters(),
                order.onlyUnknown() ? "unknown" : "all",
                order.priceVersion(),
                repricing.priceVersion().isEmpty() ? null : repricing.priceVersion(),
                repricing.ownVersion(),
                progress(repricing),
                repricing.madeBy(),
                repricing.createdAt(),
                seen.appliedAt(),
                seen.revertedAt(),
                repricing.detail().isEmpty() ? null : repricing.detail(),
                report,
                lateSpans);
    }

    private static double progress(Repricing repricing) {
        if (!repricing.state().isUnderWay()) {
            return 1;
        }
        return repricing.chunks() <= 0 ? 0 : (double) repricing.chunksDone() / repricing.chunks();
    }
}
