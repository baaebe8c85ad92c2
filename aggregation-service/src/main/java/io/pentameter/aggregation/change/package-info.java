/**
 * Changes that may explain a shift, as they are listed. Start at {@link io.pentameter.aggregation.change.SqlChanges}.
 */
@NullMarked
package io.pentameter.aggregation.change;

import org.jspecify.annotations.NullMarked;
