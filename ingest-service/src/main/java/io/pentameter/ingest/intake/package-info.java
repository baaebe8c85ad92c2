/**
 * The way of one delivery: from bytes to records in the log and an answer.
 *
 * <p>Start at {@link io.pentameter.ingest.intake.IntakePipeline}, which is pure; {@code TracesResource} puts it behind
 * HTTP.
 */
@NullMarked
package io.pentameter.ingest.intake;

import org.jspecify.annotations.NullMarked;
