/**
 * Where ids come from; start at {@link io.pentameter.alert.identity.Ids}.
 */
@NullMarked
package io.pentameter.alert.identity;

import org.jspecify.annotations.NullMarked;
