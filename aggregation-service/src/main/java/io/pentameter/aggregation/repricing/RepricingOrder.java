package io.pentameter.aggregation.repricing;

import io.pentameter.aggregation.filter.FilterBody;
import io.pentameter.aggregation.pricebook.KafkaPrices;
import java.time.Instant;
import java.util.List;

/**
 * What is to be priced again.
 *
 * @param from         included
 * @param to           excluded
 * @param filters      of spans, as of a metrics query; empty for all
 * @param priceVersion of the book; {@code latest} for the one in force when the work begins
 * @param onlyUnknown  only spans whose cost is not known now: prices that were learned late
 */
record RepricingOrder(Instant from, Instant to, List<FilterBody> filters, String priceVersion, boolean onlyUnknown) {

    static final String LATEST = KafkaPrices.LATEST;

    RepricingOrder {
        filters = List.copyOf(filters);
    }
}
