/**
 * Transactions that are bound to one tenant, below the application by row-level security.
 *
 * <p>Start at {@code PostgresTransactions}.
 */
@NullMarked
package io.pentameter.gateway.database;

import org.jspecify.annotations.NullMarked;
