/**
 * Costs that no single call caused, and who bears them. Start at {@link io.pentameter.aggregation.pool.Pool} for what is entered
 * and at {@link io.pentameter.aggregation.pool.PoolDay} for how one day of it is split, {@link io.pentameter.aggregation.pool.Allocator} for a window.
 */
@NullMarked
package io.pentameter.aggregation.pool;

import org.jspecify.annotations.NullMarked;
