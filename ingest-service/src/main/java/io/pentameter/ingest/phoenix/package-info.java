/**
 * Phoenix's annotations; its spans are OTLP.
 *
 * <p>Start at {@link io.pentameter.ingest.phoenix.PhoenixAnnotations}.
 */
@NullMarked
package io.pentameter.ingest.phoenix;

import org.jspecify.annotations.NullMarked;
