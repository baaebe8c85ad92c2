/**
 * What a model call costs, by a dated price book.
 *
 * <p>Start at {@link io.pentameter.ingest.price.Pricing}; the book itself is {@link
 * io.pentameter.ingest.price.PriceBook}, its data {@code resources/prices}. A tenant's own prices, when they come, are a
 * second book that is asked first.
 */
@NullMarked
package io.pentameter.ingest.price;

import org.jspecify.annotations.NullMarked;
