package io.pentameter.statistics.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.statistics.cases.PublishedCase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class IndependentEvidenceTest {

    @Test
    @DisplayName("binomial-evidence-scipy")
    void evidenceIsTheBinomialTailOfScipy() {
        PublishedCase independent = PublishedCase.of("independent", "binomial-evidence-scipy");
        for (JsonNode row : independent.expected()) {
            EventCounts counts =
                    new EventCounts(row.path("bad").longValue(), row.path("n").longValue());

            double probability =
                    EvidenceGate.probability(counts, Target.of(row.path("slo").textValue()));

            assertThat(probability).isCloseTo(row.path("p").doubleValue(), within(independent.tolerance()));
        }
    }
}
