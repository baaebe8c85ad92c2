/**
 * Who did what, as it is listed. Start at {@link io.pentameter.aggregation.audit.SqlAuditTrail}.
 */
@NullMarked
package io.pentameter.aggregation.audit;

import org.jspecify.annotations.NullMarked;
