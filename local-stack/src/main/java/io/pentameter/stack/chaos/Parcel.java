package io.pentameter.stack.chaos;

import io.pentameter.stack.otlp.SpanSender.Fate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request that a client sends until it is acknowledged, always as the same bytes.
 *
 * @param what      names it in a sentence
 * @param sending   sends it once
 * @param completes the trace of which it is the last one; null if more will follow
 */
record Parcel(String what, Supplier<Fate> sending, @Nullable Trace completes) {}
