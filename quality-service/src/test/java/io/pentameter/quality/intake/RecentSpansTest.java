package io.pentameter.quality.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pentameter.quality.Spans;
import io.pentameter.quality.intake.RecentSpans.Place;
import org.junit.jupiter.api.Test;

class RecentSpansTest {

    private final RecentSpans recent = new RecentSpans(1024);

    @Test
    void theLatestAreFoundAndTheOldestAreForgotten() {
        for (int i = 0; i < 100_000; i++) {
            recent.add("acme", trace(i), i % 6, i);
        }

        for (int i = 100_000 - 1024; i < 100_000; i++) {
            assertThat(recent.find("acme", trace(i))).containsExactly(new Place(i % 6, i));
        }
        for (int i = 0; i < 100_000 - 1024; i += 97) {
            assertThat(recent.find("acme", trace(i))).isEmpty();
        }
    }

    @Test
    void allAnswersOfATraceAreFoundNewestFirst() {
        recent.add("acme", trace(1), 5, 10);
        recent.add("acme", trace(2), 5, 11);
        recent.add("acme", trace(1), 5, (1L << 48) - 1);

        assertThat(recent.find("acme", trace(1))).containsExactly(new Place(5, (1L << 48) - 1), new Place(5, 10));
        assertThat(recent.find("other", trace(1))).isEmpty();
    }

    @Test
    void aSizeThatIsNoPowerOfTwoIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RecentSpans(1000))
                .withMessage("pentameter.quality.intake.recent must be a power of two in 1024..16777216: 1000");
    }

    private static byte[] trace(int number) {
        return Spans.traceId(number).toByteArray();
    }
}
