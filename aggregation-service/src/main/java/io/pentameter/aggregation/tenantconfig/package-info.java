/** What tenants configure, as far as this service needs it. */
@NullMarked
package io.pentameter.aggregation.tenantconfig;

import org.jspecify.annotations.NullMarked;
