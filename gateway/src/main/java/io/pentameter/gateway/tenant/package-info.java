/**
 * Tenants, as the operator of the platform creates and limits them.
 *
 * <p>Start at {@code TenantResource}.
 */
@NullMarked
package io.pentameter.gateway.tenant;

import org.jspecify.annotations.NullMarked;
