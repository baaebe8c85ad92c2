/** Tests of the rules of this feature. */
@NullMarked
package io.pentameter.alert.rule;

import org.jspecify.annotations.NullMarked;
