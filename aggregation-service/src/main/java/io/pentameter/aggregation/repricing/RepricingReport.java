package io.pentameter.aggregation.repricing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a repricing changes: the spans whose cost is another than now. Amounts are US dollars as decimal text.
 *
 * @param byFeature  the most changed first, at most twenty each
 */
record RepricingReport(Change total, List<Change> byFeature, List<Change> byCustomer, List<Change> byModel) {

    /**
     * A part of the change.
     *
     * @param value   of the dimension; absent if not known, and of the total
     * @param spans   whose cost changes
     * @param before  their known cost now
     * @param after   their known cost then
     * @param learned spans whose cost becomes known
     * @param lost    spans whose cost is not known any more
     */
    record Change(
            @Nullable String value,
            long spans,
            String before,
            String after,
            String difference,
            long learned,
            long lost) {}
}
