/**
 * Traces and their spans. Start at {@link io.pentameter.aggregation.trace.SqlTraces}.
 */
@NullMarked
package io.pentameter.aggregation.trace;

import org.jspecify.annotations.NullMarked;
