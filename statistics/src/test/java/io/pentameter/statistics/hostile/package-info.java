/** What the public methods do with inputs that are hostile, degenerate, reordered, sharded or repeated. */
@NullMarked
package io.pentameter.statistics.hostile;

import org.jspecify.annotations.NullMarked;
