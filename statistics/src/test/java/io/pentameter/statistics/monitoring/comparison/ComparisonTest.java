package io.pentameter.statistics.monitoring.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.statistics.cases.PublishedCase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonTest {

    private static final String FILE = "08_change_detection";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cusum-arl-h4-shift0",
                "cusum-arl-h5-shift0",
                "cusum-arl-h4-shift1",
                "cusum-arl-h5-shift1",
                "cusum-arl-h4-shift0.5",
                "cusum-arl-h5-shift0.5",
                "cusum-arl-h4-shift2"
            })
    void runLengthsAreThoseOfTheTextbook(String id) {
        PublishedCase published = PublishedCase.of(FILE, id);

        double length = CusumRunLength.twoSided(
                published.input().path("k").doubleValue(),
                published.input().path("h").doubleValue(),
                published.input().path("shift_sigma").doubleValue());

        assertThat(length)
                .isCloseTo(published.whole().path("published").doubleValue(), withinPercentage(1))
                .isCloseTo(published.expected().doubleValue(), withinPercentage(0.5));
    }

    @Test
    @DisplayName("page-hinkley-river")
    void pageHinkleyAlarmsWhereRiverDoes() {
        double[] stream = stream();
        PageHinkley test = new PageHinkley();
        int index = 0;
        while (!test.add(stream[index])) {
            index++;
        }

        assertThat(index).isEqualTo(1006);
        assertThat(stream[index]).isEqualTo(5);
    }

    @Test
    @DisplayName("adwin-river")
    void adwinCutsWhereRiverDoes() {
        double[] stream = stream();
        Adwin window = new Adwin(0.002);
        int index = 0;
        while (!window.add(stream[index])) {
            index++;
        }

        assertThat(index).isEqualTo(1023);
        assertThat(stream[index]).isEqualTo(4);
        assertThat(window.width()).isLessThan(1024);
    }

    private static double[] stream() {
        return PublishedCase.numbers(
                PublishedCase.of(FILE, "page-hinkley-river").input().path("stream"));
    }

    @Test
    @DisplayName("naive-threshold-false-alarms")
    void dailyThresholdsCryWolf() {
        PublishedCase published = PublishedCase.of(FILE, "naive-threshold-false-alarms");
        for (JsonNode row : published.expected()) {
            DailyThreshold rule = new DailyThreshold(0.873, row.path("n").intValue());

            assertThat(rule.alertProbability(0.9))
                    .isCloseTo(row.path("p_false_per_day").doubleValue(), within(published.tolerance()));
            assertThat(rule.alertProbability(0.873))
                    .isCloseTo(row.path("power_at_873").doubleValue(), within(0.01));
        }
    }

    @Test
    void cusumAddsUpDeviations() {
        Cusum chart = new Cusum(10, 2, 0.5, 4);

        assertThat(chart.add(12)).isFalse();
        assertThat(chart.up()).isEqualTo(0.5);
        assertThat(chart.down()).isZero();
        assertThat(chart.add(19)).isTrue();
        assertThat(chart.up()).isEqualTo(4.5);
        assertThat(chart.add(1)).isFalse();
        assertThat(chart.down()).isEqualTo(4.0);
        assertThat(chart.add(9)).isFalse();
    }
}
