package io.pentameter.ingest.assembly;

import io.pentameter.contracts.v1.SpanRecord;
import java.util.Collection;

/** A span and its events put together, for tests of what the events say. */
public final class Joining {

    private Joining() {}

    public static SpanRecord joined(SpanRecord span, Collection<LateEvent> events) {
        return LatePayload.joined(span, events.stream().map(Joining::stored).toList(), span.getReceivedAtUs() + 1);
    }

    /** As it comes back from the store. */
    private static LateEvent stored(LateEvent event) {
        return new LateEvent(
                event.traceId(),
                event.spanId(),
                event.key(),
                event.timeNs(),
                event.position(),
                event.kind(),
                event.input(),
                event.inputSize(),
                event.output(),
                event.outputSize(),
                event.finish(),
                event.redacted(),
                LateFacts.of(event.facts().json()));
    }
}
