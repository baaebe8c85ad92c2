/**
 * Where a tenant wants notices sent; start at {@link io.pentameter.alert.destination.Destination}.
 */
@NullMarked
package io.pentameter.alert.destination;

import org.jspecify.annotations.NullMarked;
