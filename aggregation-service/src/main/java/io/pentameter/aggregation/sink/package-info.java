/**
 * From the log into the tables, exactly once in effect. Start at {@link io.pentameter.aggregation.sink.KafkaSinkLoop}, which
 * says how; {@link io.pentameter.aggregation.sink.Plan} is what is journaled.
 */
@NullMarked
package io.pentameter.aggregation.sink;

import org.jspecify.annotations.NullMarked;
