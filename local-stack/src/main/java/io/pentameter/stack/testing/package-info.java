/** Engines for tests of this and other modules; start with {@link io.pentameter.stack.testing.SharedEngines}. */
@NullMarked
package io.pentameter.stack.testing;

import org.jspecify.annotations.NullMarked;
