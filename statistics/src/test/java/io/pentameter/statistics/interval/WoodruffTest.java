package io.pentameter.statistics.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WoodruffTest {

    @Test
    void readsTheIntervalOfTheShareThroughTheQuantileFunction() {
        Interval interval = Woodruff.interval(0.9, 0.01, Confidence.NINETY_FIVE, level -> 100 * level);

        assertThat(interval.low()).isCloseTo(100 * (0.9 - 0.01959963984540054), within(1e-9));
        assertThat(interval.high()).isCloseTo(100 * (0.9 + 0.01959963984540054), within(1e-9));
    }

    @Test
    void doesNotLeaveWhatWasObserved() {
        Interval interval = Woodruff.interval(0.5, 10, Confidence.NINETY_FIVE, level -> level);

        assertThat(interval).isEqualTo(Interval.UNIT);
    }

    @Test
    void asksForTenObservationsInTheTail() {
        assertThat(Woodruff.isSupported(0.99, 1_000)).isTrue();
        assertThat(Woodruff.isSupported(0.99, 999)).isFalse();
        assertThat(Woodruff.isSupported(0.01, 1_000)).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Woodruff.isSupported(1, 5))
                .withMessage("q must be between 0.0 and 1.0, ends excluded: 1.0");
    }
}
