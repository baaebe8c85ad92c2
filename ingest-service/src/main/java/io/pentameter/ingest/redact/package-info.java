/**
 * Takes secrets and personal data out of texts before they leave the service.
 *
 * <p>Start at {@link io.pentameter.ingest.redact.Redactor}; what is looked for is {@link
 * io.pentameter.ingest.redact.Detector}.
 */
@NullMarked
package io.pentameter.ingest.redact;

import org.jspecify.annotations.NullMarked;
