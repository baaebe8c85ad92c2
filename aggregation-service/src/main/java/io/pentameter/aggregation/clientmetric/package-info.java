/**
 * Metrics that clients measured themselves, beside what is computed from their spans. Start at
 * {@link io.pentameter.aggregation.clientmetric.DeltaSql}, which makes increases of cumulative points.
 */
@NullMarked
package io.pentameter.aggregation.clientmetric;

import org.jspecify.annotations.NullMarked;
