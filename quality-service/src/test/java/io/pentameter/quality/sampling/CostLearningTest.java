package io.pentameter.quality.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CostLearningTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final CostLearning learning = new CostLearning(Duration.ofMinutes(10));

    @Test
    void theThresholdIsThe99thPercentileWithinOnePercent() {
        for (int i = 1; i <= 10_000; i++) {
            learning.add("acme", i * 1_000L, NOON);
        }

        CostThreshold threshold = Objects.requireNonNull(
                learning.due(NOON.plus(Duration.ofMinutes(10))).get("acme"));

        assertThat(threshold.nanoUsd() / 9_900_000.0).isCloseTo(1, within(0.0101));
        assertThat(threshold.sample()).isEqualTo(10_000);
        assertThat(threshold.validFrom())
                .as("later than everything it was learnt from")
                .isEqualTo(NOON.plus(Duration.ofMinutes(10)).plus(CostLearning.LEAD));
    }

    @Test
    void thereIsNoneBeforeEnoughCallsAndEnoughTime() {
        for (int i = 0; i < CostLearning.MIN_SAMPLE - 1; i++) {
            learning.add("acme", 5, NOON);
        }
        assertThat(learning.due(NOON.plus(Duration.ofDays(1)))).isEmpty();

        learning.add("acme", 5, NOON.plusSeconds(1));

        assertThat(learning.due(NOON.plus(Duration.ofMinutes(10)).minusNanos(1)))
                .isEmpty();
        assertThat(learning.due(NOON.plus(Duration.ofMinutes(10)))).containsOnlyKeys("acme");
        assertThat(learning.due(NOON.plus(Duration.ofDays(1)))).as("given once").isEmpty();
    }

    @Test
    void unknownCostsAndOtherTenantsTeachNothing() {
        for (int i = 0; i < 2_000; i++) {
            learning.add("acme", i % 2 == 0 ? -1 : 0, NOON);
            learning.add("other", 7, NOON);
        }

        assertThat(learning.due(NOON.plus(Duration.ofDays(1)))).containsOnlyKeys("other");
    }
}
