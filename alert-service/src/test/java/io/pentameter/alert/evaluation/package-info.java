/** Tests of the rules of this feature. */
@NullMarked
package io.pentameter.alert.evaluation;

import org.jspecify.annotations.NullMarked;
