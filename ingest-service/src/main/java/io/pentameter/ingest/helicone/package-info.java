/**
 * Helicone's custom log.
 *
 * <p>Start at {@link io.pentameter.ingest.helicone.HeliconeLog}.
 */
@NullMarked
package io.pentameter.ingest.helicone;

import org.jspecify.annotations.NullMarked;
