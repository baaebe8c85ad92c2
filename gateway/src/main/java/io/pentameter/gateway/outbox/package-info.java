/**
 * Records that must reach the log exactly when a transaction commits: written with it, published after it.
 *
 * <p>Start at {@code PostgresOutbox} (the writing side), then {@code OutboxJob} (the publishing side).
 */
@NullMarked
package io.pentameter.gateway.outbox;

import org.jspecify.annotations.NullMarked;
