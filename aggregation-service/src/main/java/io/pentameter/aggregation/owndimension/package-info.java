/**
 * Attributes of its spans that a tenant declares as dimensions of its own, so that their sums are kept. Start at
 * {@link io.pentameter.aggregation.owndimension.OwnDimensions}.
 */
@NullMarked
package io.pentameter.aggregation.owndimension;

import org.jspecify.annotations.NullMarked;
