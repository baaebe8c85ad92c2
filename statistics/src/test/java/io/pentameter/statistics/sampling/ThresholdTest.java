package io.pentameter.statistics.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.statistics.cases.PublishedCase;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ThresholdTest {

    @Test
    @DisplayName("otel-threshold-table")
    void matchesOtelThresholdTable() {
        PublishedCase published = PublishedCase.of("01_sampling", "otel-threshold-table");

        for (JsonNode oneIn : published.input().path("one_in_N")) {
            for (int column = 0; column < 3; column++) {
                Threshold threshold = Threshold.ofProbability(1.0 / oneIn.asInt(), 3 + column);

                assertThat(threshold.th())
                        .isEqualTo(published
                                .expected()
                                .path("th")
                                .path(oneIn.asText())
                                .get(column)
                                .asText());
                double count = published
                        .expected()
                        .path("adjusted_count")
                        .path(oneIn.asText())
                        .get(column)
                        .doubleValue();
                assertThat(threshold.adjustedCount()).isCloseTo(count, within(count * published.tolerance()));
                assertThat(Threshold.ofTh(threshold.th())).isEqualTo(threshold);
            }
        }
    }

    @Test
    void matchesTheDecodingExamplesOfTheSpecification() {
        assertThat(Threshold.ofTh("c").probability()).isEqualTo(0.25);
        assertThat(Threshold.ofTh("0").probability()).isOne();
        assertThat(Threshold.ofTh("0")).isEqualTo(Threshold.ALL);
        assertThat(Randomness.ofRv("6e6d1a75832a2f").fraction()).isEqualTo(0.43135228508905565);
        // kept at probabilities of 0.5686477149109443 or more
        assertThat(Randomness.ofRv("6e6d1a75832a2f").uniform()).isCloseTo(0.5686477149109443, within(1e-15));
        assertThat(Threshold.ofProbability(0.005, 4).th()).isEqualTo("feb85");
        assertThat(Threshold.ofProbability(0.005, 4).adjustedCount()).isCloseTo(199.99542246805265, within(1e-9));
    }

    @Test
    void isExactAtFullPrecision() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 10_000; i++) {
            double probability = Math.exp(-random.nextDouble(38));

            Threshold threshold = Threshold.ofProbability(probability);

            assertThat(threshold.probability()).isCloseTo(probability, within(0x1p-53));
            assertThat(Threshold.ofTh(threshold.th())).isEqualTo(threshold);
        }
    }

    @Test
    void keepsItsRelativePrecisionWhenShortenedNearZeroAndOne() {
        assertThat(Threshold.ofProbability(1e-9, 4).probability()).isCloseTo(1e-9, within(1e-9 / 4_000));
        assertThat(1 - Threshold.ofProbability(1 - 1e-9, 4).probability()).isCloseTo(1e-9, within(1e-9 / 4_000));
        assertThat(Threshold.ofProbability(1, 1)).isEqualTo(Threshold.ALL);
        assertThat(Threshold.ofProbability(0x1p-56, 1).th()).isEqualTo("ffffffffffffff");
    }

    @Test
    void mayOnlyBeRaised() {
        Threshold half = Threshold.ofProbability(0.5);
        Threshold tenth = Threshold.ofProbability(0.1);

        assertThat(half.raisedTo(tenth)).isEqualTo(tenth);
        assertThat(tenth.raisedTo(half)).isEqualTo(tenth);
        assertThat(half.raisedTo(half)).isEqualTo(half);
    }

    @Test
    void refusesWhatIsNotAThreshold() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Threshold.ofProbability(0))
                .withMessage("probability must be in 2^-56..1.0: 0.0");
        assertThatIllegalArgumentException().isThrownBy(() -> Threshold.ofProbability(0x1p-57));
        assertThatIllegalArgumentException().isThrownBy(() -> Threshold.ofProbability(Math.nextUp(1.0)));
        assertThatIllegalArgumentException().isThrownBy(() -> Threshold.ofProbability(Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Threshold.ofProbability(0.1, 0))
                .withMessage("precision must be in 1..14: 0");
        assertThatIllegalArgumentException().isThrownBy(() -> Threshold.ofProbability(0.1, 15));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Threshold.ofTh(""))
                .withMessage("th must be 1 to 14 digits 0-9a-f: ");
        assertThatIllegalArgumentException().isThrownBy(() -> Threshold.ofTh("fffffffffffffff"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Threshold(1L << 56))
                .withMessage("threshold must be in 0..2^56-1: " + (1L << 56));
    }
}
