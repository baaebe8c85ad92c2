/**
 * OTLP on the wire: requests in both encodings become {@link io.pentameter.ingest.dialect.RawSpan}s, results become
 * responses.
 *
 * <p>Start at {@link io.pentameter.ingest.otlp.OtlpEncoding}.
 */
@NullMarked
package io.pentameter.ingest.otlp;

import org.jspecify.annotations.NullMarked;
