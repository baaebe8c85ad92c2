/**
 * Percentiles from logarithmic buckets that merge by addition.
 *
 * <p>Start at {@link io.pentameter.statistics.quantile.LogBuckets}: it fixes which bucket a value belongs to, in Java
 * and in ClickHouse alike. {@link io.pentameter.statistics.quantile.LogSketch} counts in memory, {@link
 * io.pentameter.statistics.quantile.WeightedLogSketch} does so for sampled rows, and {@link
 * io.pentameter.statistics.quantile.WeightedQuantile} works on the rows themselves.
 */
@NullMarked
package io.pentameter.statistics.quantile;

import org.jspecify.annotations.NullMarked;
