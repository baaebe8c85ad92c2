package io.pentameter.ingest.assembly;

import io.pentameter.contracts.v1.Payload;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.ingest.dialect.FinishReasons;
import io.pentameter.ingest.dialect.Utf8;
import io.pentameter.ingest.payload.Payloads;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * The span that all its events make together, with its payload and all that is judged by it: a function of the set of
 * events, not of their arrival. Pure.
 */
final class LatePayload {

    private static final Comparator<LateEvent> ORDER = Comparator.comparingLong(LateEvent::timeNs)
            .thenComparingInt(LateEvent::position)
            .thenComparing(LateEvent::key, com.google.protobuf.ByteString.unsignedLexicographicalComparator());

    /** So that the record stays below the log's limit with both texts. */
    private static final int MAX_TOGETHER = Payloads.MAX_TEXT + Payloads.MAX_TEXT / 2;

    private LatePayload() {}

    /**
     * The span with its payload.
     *
     * @param receivedAtUs later than any earlier record of the span
     * @param events       one or more
     */
    static SpanRecord joined(SpanRecord span, Collection<LateEvent> events, long receivedAtUs) {
        List<LateEvent> ordered = new ArrayList<>(events);
        ordered.sort(ORDER);
        Text input = new Text();
        Text output = new Text();
        String finish = "";
        TreeSet<String> redacted = new TreeSet<>(span.getRedactedList());
        for (LateEvent event : ordered) {
            switch (event.kind()) {
                case DETAILS -> {
                    input.whole(event.input(), event.inputSize());
                    output.whole(event.output(), event.outputSize());
                }
                case MESSAGE -> input.add(event.input(), event.inputSize());
                case CHOICE -> output.add(event.output(), event.outputSize());
            }
            finish = finish.isEmpty() ? event.finish() : finish;
            redacted.addAll(event.redacted());
        }
        Payload.Builder payload = span.getPayload().toBuilder()
                .setInputSize(input.size())
                .setOutputSize(output.size())
                .setInput(input.text())
                .setOutput(output.text())
                .setTruncated(input.size() > Payloads.MAX_TEXT || output.size() > Payloads.MAX_TEXT);
        boolean told = !payload.getFinishReason().isEmpty();
        if (!told) {
            payload.setFinishReason(FinishReasons.canonical(finish));
        }
        SpanRecord.Builder joined = span.toBuilder()
                .setPayload(small(payload))
                .setReceivedAtUs(receivedAtUs)
                .clearRedacted()
                .addAllRedacted(redacted);
        LateJudgement.judge(joined, ordered, told);
        return joined.build();
    }

    private static Payload.Builder small(Payload.Builder payload) {
        String input = payload.getInput();
        String output = payload.getOutput();
        if (Utf8.size(input) + Utf8.size(output) <= MAX_TOGETHER) {
            return payload;
        }
        return payload.setInput(Utf8.cut(input, MAX_TOGETHER / 2))
                .setOutput(Utf8.cut(output, MAX_TOGETHER / 2))
                .setTruncated(true);
    }

    /** Either one whole text, the last that was said, or a list of messages. */
    private static final class Text {

        private final List<String> messages = new ArrayList<>();
        private String whole = "";
        private long wholeSize;
        private long listSize;

        void whole(String text, long size) {
            if (size > 0) {
                whole = text;
                wholeSize = size;
            }
        }

        void add(String message, long size) {
            if (!message.isEmpty()) {
                messages.add(message);
            }
            listSize += size;
        }

        long size() {
            return wholeSize > 0 ? wholeSize : listSize;
        }

        String text() {
            if (wholeSize > 0) {
                return whole;
            }
            return messages.isEmpty() ? "" : Utf8.cut("[" + String.join(",", messages) + "]", Payloads.MAX_TEXT);
        }
    }
}
