/**
 * What clients of other vendors ask before they send: who are you, what do you take.
 *
 * <p>Start at {@link io.pentameter.gateway.vendor.VendorInfo}.
 */
@NullMarked
package io.pentameter.gateway.vendor;

import org.jspecify.annotations.NullMarked;
