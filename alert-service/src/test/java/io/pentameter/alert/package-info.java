/** Tests of the whole service; the stories are in {@code story}. */
@NullMarked
package io.pentameter.alert;

import org.jspecify.annotations.NullMarked;
