/**
 * The aggregation-service: takes what the log holds into ClickHouse and answers every question about it.
 *
 * <p>The way of a span: {@code sink} reads it, {@code mapping} makes its rows, {@code engine} stores them, {@code rollup}
 * seals its bucket, {@code metrics} and {@code trace} read it.
 */
@NullMarked
package io.pentameter.aggregation;

import org.jspecify.annotations.NullMarked;
