/**
 * Metrics that clients measure themselves, kept as they are sent.
 *
 * <p>Start at {@link io.pentameter.ingest.metric.MetricPoints}.
 */
@NullMarked
package io.pentameter.ingest.metric;

import org.jspecify.annotations.NullMarked;
