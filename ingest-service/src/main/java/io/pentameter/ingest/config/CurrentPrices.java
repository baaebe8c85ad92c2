package io.pentameter.ingest.config;

import io.pentameter.pricing.BookDocument;
import io.pentameter.pricing.PriceList;

/** The prices that are in force. */
public interface CurrentPrices {

    /** What a tenant pays: the book in force, with the tenant's own prices before it. */
    PriceList of(String tenant);

    /** The book in force, to be updated by an import. */
    BookDocument document();
}
