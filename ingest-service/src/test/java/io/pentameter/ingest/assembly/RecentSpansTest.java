package io.pentameter.ingest.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.pentameter.ingest.intake.Joinable;
import io.pentameter.ingest.publish.LogRecord;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentSpansTest {

    private static final Instant NOW = Instant.parse("2026-11-20T16:00:00Z");

    @Test
    void theEldestGoWhenThereIsNoRoomAndEachTenantGetsItsOwn() {
        RecentSpans recent = new RecentSpans(3 * 1_200);
        recent.add("a", List.of(span(1, 1_000)), NOW);
        recent.add("b", List.of(span(2, 1_000)), NOW);
        recent.add("a", List.of(span(3, 1_000), span(4, 1_000)), NOW);

        assertThat(ids(recent.take("a"))).containsExactly(3, 4);
        assertThat(ids(recent.take("a"))).isEmpty();
        assertThat(ids(recent.take("b"))).containsExactly(2);
    }

    @Test
    void whatIsPutBackIsTakenAgain() {
        RecentSpans recent = new RecentSpans(10_000);
        recent.add("a", List.of(span(1, 10)), NOW);
        List<RecentSpans.Entry> taken = recent.take("a");

        recent.putBack(taken);

        assertThat(recent.take("a")).isEqualTo(taken);
    }

    @Test
    void aSpanWithAPayloadOfItsOwnIsRememberedByItsNamesAlone() {
        RecentSpans recent = new RecentSpans(10_000);
        LogRecord large = new LogRecord(new byte[0], new byte[9_900]);
        recent.add("a", List.of(new Joinable(large, id(16, 1), id(8, 1), List.of("response:r"), false)), NOW);

        assertThat(recent.take("a")).singleElement().satisfies(entry -> {
            assertThat(entry.span().logged().value()).isEmpty();
            assertThat(entry.span().names()).containsExactly("response:r");
        });
    }

    private static List<Integer> ids(List<RecentSpans.Entry> entries) {
        return entries.stream()
                .map(entry -> (int) entry.span().spanId().byteAt(7))
                .toList();
    }

    private static Joinable span(int number, int size) {
        return new Joinable(new LogRecord(new byte[0], new byte[size]), id(16, number), id(8, number), List.of(), true);
    }

    private static ByteString id(int length, int number) {
        byte[] bytes = new byte[length];
        bytes[length - 1] = (byte) number;
        return ByteString.copyFrom(bytes);
    }
}
