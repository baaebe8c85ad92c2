/**
 * What a model call costs, by a dated price book.
 *
 * <p>Start at {@link io.pentameter.pricing.Pricing}; the book itself is {@link
 * io.pentameter.pricing.PriceBook}, its data {@code resources/prices}. A tenant's own prices, when they come, are a
 * second book that is asked first.
 */
@NullMarked
package io.pentameter.pricing;

import org.jspecify.annotations.NullMarked;
