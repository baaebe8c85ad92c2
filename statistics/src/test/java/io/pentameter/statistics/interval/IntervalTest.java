package io.pentameter.statistics.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class IntervalTest {

    @Test
    void refusesBoundsInTheWrongOrder() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Interval(0.2, 0.1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Interval(Double.NaN, 0.1));
        assertThat(new Interval(0.1, 0.1)).isNotNull();
    }

    @Test
    void holdsItsEndsAndNothingBeyond() {
        Interval interval = new Interval(-1, 2);

        assertThat(interval.holds(-1)).isTrue();
        assertThat(interval.holds(2)).isTrue();
        assertThat(interval.holds(Math.nextDown(-1.0))).isFalse();
        assertThat(interval.holds(Math.nextUp(2.0))).isFalse();
        assertThat(interval.holds(Double.NaN)).isFalse();
    }

    @Test
    void movesAValueToTheNearerEnd() {
        assertThat(Interval.UNIT.nearest(-3)).isZero();
        assertThat(Interval.UNIT.nearest(0.25)).isEqualTo(0.25);
        assertThat(Interval.UNIT.nearest(7)).isOne();
        assertThat(Interval.UNIT.nearest(Double.NaN)).isNaN();
        assertThat(new Interval(-0.5, 0.5).clippedTo(Interval.UNIT)).isEqualTo(new Interval(0, 0.5));
        assertThat(new Interval(2, 3).clippedTo(Interval.UNIT)).isEqualTo(new Interval(1, 1));
    }

    @Test
    void turnsRoundForTheComplement() {
        assertThat(new Interval(0.25, 0.5).complement()).isEqualTo(new Interval(0.5, 0.75));
        assertThat(new Interval(0.25, 0.5).width()).isEqualTo(0.25);
        assertThat(Interval.EVERYTHING.width()).isInfinite();
    }
}
