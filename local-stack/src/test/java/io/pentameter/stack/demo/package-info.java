/** Tests of the package of the same name. */
@NullMarked
package io.pentameter.stack.demo;

import org.jspecify.annotations.NullMarked;
