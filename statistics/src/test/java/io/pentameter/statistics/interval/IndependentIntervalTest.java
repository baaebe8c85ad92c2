package io.pentameter.statistics.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.statistics.cases.PublishedCase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Intervals against scipy, and MOVER against its definition written down elsewhere. */
class IndependentIntervalTest {

    @Test
    @DisplayName("binomial-intervals-scipy")
    void ratesHaveTheIntervalsOfScipy() {
        PublishedCase independent = PublishedCase.of("independent", "binomial-intervals-scipy");
        assertThat(independent.expected()).isNotEmpty();

        for (JsonNode row : independent.expected()) {
            Confidence confidence = new Confidence(row.path("level").doubleValue());
            long x = row.path("x").longValue();
            long n = row.path("n").longValue();
            Interval wilson = Wilson.interval((double) x, (double) n, confidence);
            Interval exact = ClopperPearson.interval(x, n, confidence);

            assertClose(wilson, row.path("wilson"), independent.tolerance());
            assertClose(exact, row.path("exact"), independent.tolerance());
        }
    }

    @Test
    @DisplayName("mover-four-parts")
    void moverIsThatOfItsDefinition() {
        PublishedCase independent = PublishedCase.of("independent", "mover-four-parts");
        List<Mover.Part> parts = new ArrayList<>();
        for (JsonNode row : independent.input().path("parts")) {
            double[] part = PublishedCase.numbers(row);
            Interval interval = Wilson.interval(part[1], part[2], Confidence.NINETY_FIVE);
            parts.add(new Mover.Part(part[0], part[1] / part[2], interval));
        }
        double[] expected = PublishedCase.numbers(independent.expected());

        assertThat(Mover.value(parts)).isCloseTo(expected[0], within(1e-12));
        assertThat(Mover.interval(parts).low()).isCloseTo(expected[1], within(independent.tolerance()));
        assertThat(Mover.interval(parts).high()).isCloseTo(expected[2], within(independent.tolerance()));
    }

    private static void assertClose(Interval interval, JsonNode ends, double tolerance) {
        assertThat(interval.low()).isCloseTo(ends.get(0).doubleValue(), within(tolerance));
        assertThat(interval.high()).isCloseTo(ends.get(1).doubleValue(), within(tolerance));
    }
}
