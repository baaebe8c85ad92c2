package io.pentameter.ingest.config;

import io.pentameter.pricing.PriceList;

/** The prices that are in force. */
public interface CurrentPrices {

    /** What a tenant pays: the book in force, with the tenant's own prices before it. */
    PriceList of(String tenant);

    /** Version of the book in force. */
    String version();
}
