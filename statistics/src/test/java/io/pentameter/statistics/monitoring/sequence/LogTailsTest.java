package io.pentameter.statistics.monitoring.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.statistics.cases.PublishedCase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Logarithms of tails that a double cannot hold, against 60 digits. */
class LogTailsTest {

    @Test
    @DisplayName("log-tails-mpmath")
    void tails() {
        int compared = 0;
        for (JsonNode row : PublishedCase.of("independent", "log-tails-mpmath").expected()) {
            double a = row.path("a").doubleValue();
            double x = row.path("x").doubleValue();
            double actual = switch (row.path("f").textValue()) {
                case "gammaP" -> LogTails.gammaP(a, x);
                case "gammaQ" -> LogTails.gammaQ(a, x);
                case "beta" -> LogTails.incompleteBeta(a, row.path("b").doubleValue(), x);
                default -> LogTails.normal(a);
            };
            double expected = row.path("log").doubleValue();
            assertThat(actual).as(row.toString()).isCloseTo(expected, within(1e-11 * Math.max(1, Math.abs(expected))));
            compared++;
        }
        assertThat(compared).isEqualTo(17);
    }
}
