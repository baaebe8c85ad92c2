/** Spans as a client's OpenTelemetry SDK would send them; start with {@link io.pentameter.stack.otlp.SpanSender}. */
@NullMarked
package io.pentameter.stack.otlp;

import org.jspecify.annotations.NullMarked;
