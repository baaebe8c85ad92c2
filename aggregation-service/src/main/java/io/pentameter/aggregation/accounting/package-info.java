/**
 * Accepted = stored + duplicates + dropped + pending. Start at {@link io.pentameter.aggregation.accounting.SqlLedger}.
 */
@NullMarked
package io.pentameter.aggregation.accounting;

import org.jspecify.annotations.NullMarked;
