/** Tests of the rules of this feature. */
@NullMarked
package io.pentameter.alert.destination;

import org.jspecify.annotations.NullMarked;
