/** Built-in heuristics that need no reference and no model. Start at {@link io.pentameter.quality.check.Checks}. */
@NullMarked
package io.pentameter.quality.check;

import org.jspecify.annotations.NullMarked;
