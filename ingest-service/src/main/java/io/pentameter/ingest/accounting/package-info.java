/**
 * What became of each delivery, for the tenant to see: received = accepted + refused.
 *
 * <p>Start at {@link io.pentameter.ingest.accounting.IntakeRecords}.
 */
@NullMarked
package io.pentameter.ingest.accounting;

import org.jspecify.annotations.NullMarked;
