package io.pentameter.bench.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SlopeTest {

    /** By hand: means 2 and 4, products 2·1 + 0 + 1·1 = 3 over 2, so 1.5 a unit and 1 at 0. */
    @Test
    void isTheLineOfLeastSquares() {
        Slope slope = Slope.of(List.of(new Slope.Point(1, 2), new Slope.Point(2, 5), new Slope.Point(3, 5)));

        assertThat(slope.perUnit()).isEqualTo(1.5, within(1e-12));
        assertThat(slope.at(10)).isEqualTo(16, within(1e-12));
    }

    @Test
    void oneSizeHasNoSlope() {
        assertThatThrownBy(() -> Slope.of(List.of(new Slope.Point(1, 2), new Slope.Point(1, 3))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
