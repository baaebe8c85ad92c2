/**
 * What the protocols of all vendors have in common: routes, reading JSON, and the way of a delivery from its bytes to the
 * log.
 *
 * <p>Start at {@link io.pentameter.ingest.vendor.VendorProtocol}; each vendor has a package of its own.
 */
@NullMarked
package io.pentameter.ingest.vendor;

import org.jspecify.annotations.NullMarked;
