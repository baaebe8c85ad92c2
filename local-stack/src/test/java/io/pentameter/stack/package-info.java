/** The stack's own rules, without processes. */
@NullMarked
package io.pentameter.stack;

import org.jspecify.annotations.NullMarked;
