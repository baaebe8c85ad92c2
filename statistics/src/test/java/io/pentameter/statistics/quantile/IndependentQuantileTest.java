package io.pentameter.statistics.quantile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.statistics.cases.PublishedCase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Buckets against 60 decimal digits, weighted quantiles against exact fractions. */
class IndependentQuantileTest {

    @Test
    @DisplayName("log-buckets-decimal")
    void buckets() {
        for (JsonNode row :
                PublishedCase.of("independent", "log-buckets-decimal").expected()) {
            short index = LogBuckets.index(row.path("value").doubleValue());

            assertThat((int) index).isEqualTo(row.path("index").intValue());
            assertThat(LogBuckets.representative(index))
                    .isCloseTo(row.path("representative").doubleValue(), withinPercentage(1e-10));
        }
    }

    @Test
    @DisplayName("weighted-quantile-fractions")
    void weighted() {
        PublishedCase independent = PublishedCase.of("independent", "weighted-quantile-fractions");
        double[] values = PublishedCase.numbers(independent.input().path("values"));
        double[] weights = PublishedCase.numbers(independent.input().path("weights"));
        assertThat(independent.expected().size()).isEqualTo(6);

        independent
                .expected()
                .fieldNames()
                .forEachRemaining(q -> assertThat(WeightedQuantile.of(values, weights, Double.parseDouble(q)))
                        .hasValue(independent.expected().path(q).doubleValue()));
    }
}
