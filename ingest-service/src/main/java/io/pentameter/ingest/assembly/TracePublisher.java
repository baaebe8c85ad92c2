package io.pentameter.ingest.assembly;

import com.google.protobuf.ByteString;
import io.pentameter.ingest.dialect.RawSpan;
import io.pentameter.ingest.intake.Intake;
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
     * @param intake     of all its spans, told already or not
     * @param redactions how many of the spans that are told now each kind of secret or personal data was masked in
     */
    record Outcome(Intake intake, Published published, Map<String, Long> redactions) {}

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
        Intake intake = pipeline.process(new Delivery(spans, 0), FragmentRedaction.afterwards(sender), now);
        Published published = Published.of(intake.records(), redacted, before);
        Map<String, Long> redactions = new HashMap<>();
        published
                .states()
                .forEach(state -> redacted.getOrDefault(state.spanId(), List.of())
                        .forEach(word -> redactions.merge(word, 1L, Long::sum)));
        return new Outcome(intake, published, redactions);
    }
}
