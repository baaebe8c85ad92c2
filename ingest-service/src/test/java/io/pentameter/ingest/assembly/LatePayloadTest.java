package io.pentameter.ingest.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.pentameter.contracts.v1.Payload;
import io.pentameter.contracts.v1.SpanRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LatePayloadTest {

    private static final ByteString TRACE = ByteString.copyFromUtf8("0123456789abcdef");
    private static final ByteString SPAN = ByteString.copyFromUtf8("01234567");
    private static final SpanRecord CALL = SpanRecord.newBuilder()
            .setTenant("acme")
            .setTraceId(TRACE)
            .setSpanId(SPAN)
            .setReceivedAtUs(10)
            .addRedacted("phone")
            .build();

    @Test
    void messagesAreInTheOrderOfTheirTimesWhateverTheirArrival() {
        List<LateEvent> events = new ArrayList<>(List.of(
                message(1, 0, "{\"role\":\"system\"}"),
                message(1, 1, "{\"role\":\"user\"}"),
                message(2, 0, "{\"role\":\"tool\"}"),
                choice(3, "{\"role\":\"assistant\"}", "tool_use")));
        SpanRecord expected = LatePayload.joined(CALL, events, 20);

        assertThat(expected.getPayload().getInput())
                .isEqualTo("[{\"role\":\"system\"},{\"role\":\"user\"},{\"role\":\"tool\"}]");
        assertThat(expected.getPayload().getOutput()).isEqualTo("[{\"role\":\"assistant\"}]");
        assertThat(expected.getPayload().getFinishReason()).isEqualTo("tool_call");
        assertThat(expected.getReceivedAtUs()).isEqualTo(20);
        assertThat(expected.getRedactedList()).containsExactly("email", "phone");
        Random random = new Random(3);
        for (int i = 0; i < 50; i++) {
            Collections.shuffle(events, random);
            assertThat(LatePayload.joined(CALL, events, 20)).isEqualTo(expected);
        }
    }

    @Test
    void detailsGoBeforeSingleMessagesAndTheSpansOwnFinishReasonBeforeTheirs() {
        SpanRecord stopped = CALL.toBuilder()
                .setPayload(Payload.newBuilder().setFinishReason("stop"))
                .build();
        LateEvent details = event(LateEvent.Kind.DETAILS, 5, 0, "[1]", "[2]", "length");

        SpanRecord joined = LatePayload.joined(stopped, List.of(message(1, 0, "{}"), details), 20);

        assertThat(joined.getPayload().getInput()).isEqualTo("[1]");
        assertThat(joined.getPayload().getOutput()).isEqualTo("[2]");
        assertThat(joined.getPayload().getFinishReason()).isEqualTo("stop");
    }

    @Test
    void twoLargeTextsStayBelowTheLogsLimit() {
        String large = "x".repeat(1 << 20);

        Payload payload = LatePayload.joined(CALL, List.of(event(LateEvent.Kind.DETAILS, 1, 0, large, large, "")), 20)
                .getPayload();

        assertThat(payload.getTruncated()).isTrue();
        assertThat(payload.getInput().length() + payload.getOutput().length()).isEqualTo(3 << 19);
        assertThat(payload.getInputSize()).isEqualTo(1 << 20);
    }

    private static LateEvent message(long time, int position, String text) {
        return event(LateEvent.Kind.MESSAGE, time, position, text, "", "");
    }

    private static LateEvent choice(long time, String text, String finish) {
        return event(LateEvent.Kind.CHOICE, time, 0, "", text, finish);
    }

    private static LateEvent event(
            LateEvent.Kind kind, long time, int position, String input, String output, String finish) {
        ByteString key = Ids.hash(16, kind.name(), Long.toString(time), Integer.toString(position));
        return new LateEvent(
                TRACE,
                SPAN,
                key,
                time,
                position,
                kind,
                input,
                input.length(),
                output,
                output.length(),
                finish,
                Set.of("email"),
                LateFacts.NONE);
    }
}
