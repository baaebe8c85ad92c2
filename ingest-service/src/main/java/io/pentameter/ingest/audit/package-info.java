/** Who did what, for the audit log. Start at {@link io.pentameter.ingest.audit.Act}. */
@NullMarked
package io.pentameter.ingest.audit;

import org.jspecify.annotations.NullMarked;
