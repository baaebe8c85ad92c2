/**
 * The ingest-service: takes telemetry in, makes canonical spans of it, and answers only when the log has them.
 *
 * <p>Start at {@code intake.IntakePipeline}: it names every step a delivery goes through, in order. What the attributes
 * of each dialect mean is one table, {@code dialect.Field}.
 */
@NullMarked
package io.pentameter.ingest;

import org.jspecify.annotations.NullMarked;
