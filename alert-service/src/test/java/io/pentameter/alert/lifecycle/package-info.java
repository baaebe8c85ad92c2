/** Tests of the rules of this feature. */
@NullMarked
package io.pentameter.alert.lifecycle;

import org.jspecify.annotations.NullMarked;
