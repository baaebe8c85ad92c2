/**
 * The life of an alert; start at {@link io.pentameter.alert.lifecycle.AlertState}.
 */
@NullMarked
package io.pentameter.alert.lifecycle;

import org.jspecify.annotations.NullMarked;
