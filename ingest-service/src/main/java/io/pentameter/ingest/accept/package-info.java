/**
 * Which spans are taken in and which are refused, and why.
 *
 * <p>Start at {@link io.pentameter.ingest.accept.SpanCheck}.
 */
@NullMarked
package io.pentameter.ingest.accept;

import org.jspecify.annotations.NullMarked;
