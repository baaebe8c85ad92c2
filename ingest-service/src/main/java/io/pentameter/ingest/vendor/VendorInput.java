package io.pentameter.ingest.vendor;

import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.ingest.accept.Refusals;
import io.pentameter.ingest.assembly.Fragment;
import io.pentameter.ingest.assembly.LateSpans;
import io.pentameter.ingest.dialect.RawSpan;
import java.util.List;
import java.util.function.Function;

/**
 * What a request brings.
 *
 * @param spans     that are whole
 * @param fragments pieces of runs, of which spans have to be made
 * @param scores    redacted
 * @param waiting   scores that do not know the ids of their span; redacted
 * @param refusals  items that were refused while reading
 * @param reply     words the answer, once everything is durable
 */
public record VendorInput(
        List<RawSpan> spans,
        List<Fragment> fragments,
        List<ScoreRecord> scores,
        List<LateSpans.WaitingScore> waiting,
        Refusals refusals,
        Function<Receipt, VendorReply> reply) {

    public VendorInput {
        waiting = List.copyOf(waiting);
        spans = List.copyOf(spans);
        fragments = List.copyOf(fragments);
        scores = List.copyOf(scores);
    }

    /** A request whose scores all know their span. */
    public VendorInput(
            List<RawSpan> spans,
            List<Fragment> fragments,
            List<ScoreRecord> scores,
            Refusals refusals,
            Function<Receipt, VendorReply> reply) {
        this(spans, fragments, scores, List.of(), refusals, reply);
    }

    /**
     * What became of the spans and fragments.
     *
     * @param message why some were refused, empty if none was
     */
    public record Receipt(long accepted, long refused, String message) {}

    /** A request that brings nothing. */
    public static VendorInput nothing(VendorReply reply) {
        return new VendorInput(List.of(), List.of(), List.of(), new Refusals(), _ -> reply);
    }

    public static VendorInput ofScores(List<ScoreRecord> scores, Refusals refusals, VendorReply reply) {
        return new VendorInput(List.of(), List.of(), scores, refusals, _ -> reply);
    }

    public static VendorInput ofFragments(
            List<Fragment> fragments, Refusals refusals, Function<Receipt, VendorReply> reply) {
        return new VendorInput(List.of(), fragments, List.of(), refusals, reply);
    }

    boolean isEmpty() {
        return spans.isEmpty() && fragments.isEmpty() && refusals.total() == 0;
    }
}
