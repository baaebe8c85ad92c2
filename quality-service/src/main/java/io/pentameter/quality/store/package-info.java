/**
 * Transactions on PostgreSQL: {@link io.pentameter.quality.store.PostgresTransactions} for one tenant, {@link
 * io.pentameter.quality.store.PostgresSystemTransactions} for jobs.
 */
@NullMarked
package io.pentameter.quality.store;

import org.jspecify.annotations.NullMarked;
