/**
 * Which repriced costs are visible, and the spans with them. Start at {@link io.pentameter.aggregation.generation.Generations}.
 */
@NullMarked
package io.pentameter.aggregation.generation;

import org.jspecify.annotations.NullMarked;
