/**
 * The price book and tenants' own prices over HTTP: import of newer files, versions, what a call would cost. Start at {@link
 * io.pentameter.ingest.price.PostgresPriceBooks}; the rules are in module {@code pricing}.
 */
@NullMarked
package io.pentameter.ingest.price;

import org.jspecify.annotations.NullMarked;
