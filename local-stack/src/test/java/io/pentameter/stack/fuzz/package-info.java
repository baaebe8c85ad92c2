/** Tests of the package of the same name. */
@NullMarked
package io.pentameter.stack.fuzz;

import org.jspecify.annotations.NullMarked;
