package io.pentameter.ingest.assembly;

import com.google.protobuf.ByteString;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.ingest.accept.Refusals;
import io.pentameter.ingest.dialect.RawSpan;
import io.pentameter.ingest.intake.IntakePipeline;
import io.pentameter.ingest.intake.Sender;
import io.pentameter.ingest.otlp.Delivery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Works out what the log is to be told of a trace, given all its pieces. Pure. */
final class TracePublisher {

    private final IntakePipeline pipeline;

    TracePublisher(IntakePipeline pipeline) {
        this.pipeline = pipeline;
    }

    /**
     * What came of one trace.
     *
     * @param refusals   of all its spans, told already or not
     * @param redactions how many of the spans that are told now each kind of secret or personal data was masked in
     * @param unpriced   how many of all its calls have no known cost, by reason
     */
    record Outcome(Published published, Refusals refusals, Map<String, Long> redactions, Map<String, Long> unpriced) {}

    /**
     * @param fragments all of the trace, redacted
     * @param sender    whose delivery made the difference
     * @param now       later than every earlier outcome of the trace: the later record replaces the earlier
     */
    Outcome outcome(
            Collection<Fragment> fragments, Map<ByteString, Published.State> before, Sender sender, Instant now) {
        List<RawSpan> spans = new ArrayList<>();
        Map<ByteString, List<String>> redacted = new HashMap<>();
        for (TraceMerge.Merged merged : TraceMerge.of(fragments)) {
            spans.add(merged.span());
            redacted.put(merged.span().spanId(), merged.redacted());
        }
        Refusals refusals = new Refusals();
        List<SpanRecord> made =
                pipeline.spans(new Delivery(spans, 0), FragmentRedaction.afterwards(sender), now, refusals);
        Published published = Published.of(made, redacted, before);
        Map<String, Long> redactions = new HashMap<>();
        published
                .states()
                .forEach(state -> redacted.getOrDefault(state.spanId(), List.of())
                        .forEach(word -> redactions.merge(word, 1L, Long::sum)));
        Map<String, Long> unpriced = new HashMap<>();
        for (SpanRecord span : made) {
            if (span.hasCost() && !span.getCost().getKnown()) {
                unpriced.merge(span.getCost().getUnknownReason(), 1L, Long::sum);
            }
        }
        return new Outcome(published, refusals, redactions, unpriced);
    }
}
