/** Tests of the rules of this feature. */
@NullMarked
package io.pentameter.alert.delivery;

import org.jspecify.annotations.NullMarked;
