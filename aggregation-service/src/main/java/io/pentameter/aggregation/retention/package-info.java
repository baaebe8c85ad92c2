/**
 * Ends how long tenants' data is kept. Start at {@link io.pentameter.aggregation.retention.AllTenantsRetention}.
 */
@NullMarked
package io.pentameter.aggregation.retention;

import org.jspecify.annotations.NullMarked;
