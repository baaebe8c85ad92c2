/**
 * What is made by a request that may come twice gets the same id both times. Start at
 * {@link io.pentameter.aggregation.idempotency.RepeatableId}.
 */
@NullMarked
package io.pentameter.aggregation.idempotency;

import org.jspecify.annotations.NullMarked;
