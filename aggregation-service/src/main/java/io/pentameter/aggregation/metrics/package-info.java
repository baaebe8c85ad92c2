/**
 * The metrics query: measures by dimensions over a window. Start at
 * {@link io.pentameter.aggregation.metrics.MetricsQuery}; what can be measured is in
 * {@link io.pentameter.aggregation.metrics.Measure}.
 */
@NullMarked
package io.pentameter.aggregation.metrics;

import org.jspecify.annotations.NullMarked;
