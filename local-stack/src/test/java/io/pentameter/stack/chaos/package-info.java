/** Tests of the package of the same name. */
@NullMarked
package io.pentameter.stack.chaos;

import org.jspecify.annotations.NullMarked;
