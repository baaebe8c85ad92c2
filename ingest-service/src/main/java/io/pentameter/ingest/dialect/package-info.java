/**
 * What the attributes of a span mean, whatever dialect it speaks.
 *
 * <p>Start at {@link io.pentameter.ingest.dialect.Field}, the mapping table; {@link
 * io.pentameter.ingest.dialect.Reading} applies it to one span.
 */
@NullMarked
package io.pentameter.ingest.dialect;

import org.jspecify.annotations.NullMarked;
