/**
 * Transactions that are confined to a tenant by row-level security; start at {@link io.pentameter.alert.store.PostgresTransactions}.
 */
@NullMarked
package io.pentameter.alert.store;

import org.jspecify.annotations.NullMarked;
