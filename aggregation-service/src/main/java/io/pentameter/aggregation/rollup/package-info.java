/**
 * Numbers per bucket of time, sealed from the deduplicated spans and sealed again when these change. Start at
 * {@link io.pentameter.aggregation.rollup.RollupTable}.
 */
@NullMarked
package io.pentameter.aggregation.rollup;

import org.jspecify.annotations.NullMarked;
