/**
 * What providers billed, as imported. Start at {@link io.pentameter.aggregation.invoice.InvoiceReader} for what is taken and at
 * {@link io.pentameter.aggregation.invoice.InvoiceLine} for what is kept of it.
 */
@NullMarked
package io.pentameter.aggregation.invoice;

import org.jspecify.annotations.NullMarked;
