/**
 * How a notice reaches a destination, once and in order; start at {@link io.pentameter.alert.delivery.DeliveryJob}.
 */
@NullMarked
package io.pentameter.alert.delivery;

import org.jspecify.annotations.NullMarked;
