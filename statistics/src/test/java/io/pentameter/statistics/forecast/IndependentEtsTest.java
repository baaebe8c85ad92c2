package io.pentameter.statistics.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.statistics.cases.PublishedCase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class IndependentEtsTest {

    @Test
    @DisplayName("ets-by-hand")
    void forecastsAndResidualsAreThoseOfTheRecursion() {
        PublishedCase independent = PublishedCase.of("independent", "ets-by-hand");
        JsonNode input = independent.input();
        double[] values = PublishedCase.numbers(input.path("y"));
        Ets.Parameters parameters = new Ets.Parameters(
                input.path("alpha").doubleValue(),
                input.path("beta").doubleValue(),
                input.path("gamma").doubleValue(),
                input.path("phi").doubleValue(),
                7);

        Ets state = Ets.fit(values, parameters);

        double[] forecast = PublishedCase.numbers(independent.expected().path("forecast"));
        double[] actual = new double[forecast.length];
        for (int h = 1; h <= forecast.length; h++) {
            actual[h - 1] = state.forecast(h);
        }
        assertThat(actual).usingComparatorWithPrecision(1e-9).containsExactly(forecast);
        for (int horizon : new int[] {1, 3, 9}) {
            double[] expected = PublishedCase.numbers(
                    independent.expected().path("residuals").path(String.valueOf(horizon)));
            assertThat(Residuals.of(values, parameters, horizon, 1000))
                    .usingComparatorWithPrecision(1e-9)
                    .containsExactly(expected);
        }
    }
}
