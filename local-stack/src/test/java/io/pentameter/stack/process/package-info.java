/** Tests of the package of the same name. */
@NullMarked
package io.pentameter.stack.process;

import org.jspecify.annotations.NullMarked;
