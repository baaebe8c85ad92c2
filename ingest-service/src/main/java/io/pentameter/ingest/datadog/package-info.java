/**
 * Datadog's LLM Observability intake, as its tracers use it through an agent or without.
 *
 * <p>Start at {@link io.pentameter.ingest.datadog.DatadogSpans}.
 */
@NullMarked
package io.pentameter.ingest.datadog;

import org.jspecify.annotations.NullMarked;
