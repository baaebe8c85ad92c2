/**
 * What spans are grouped by: feature, customer, prompt and the like, and where each value comes from.
 *
 * <p>Start at {@link io.pentameter.ingest.dimension.Dimension}; {@link io.pentameter.ingest.dimension.DimensionValues}
 * holds the order of precedence.
 */
@NullMarked
package io.pentameter.ingest.dimension;

import org.jspecify.annotations.NullMarked;
