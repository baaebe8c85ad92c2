package io.pentameter.statistics.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.pentameter.statistics.interval.Mover.Part;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MoverTest {

    private static final Confidence CONFIDENCE = Confidence.NINETY_FIVE;

    @Test
    void isNewcombesMethodTenForADifference() {
        // Newcombe 1998, table II, 56/70 - 48/80, method 10: 0.0524 to 0.3339
        Interval difference = Mover.ofDifference(
                56.0 / 70, Wilson.interval(56, 70, CONFIDENCE), 48.0 / 80, Wilson.interval(48, 80, CONFIDENCE));

        assertThat(difference.low()).isCloseTo(0.0524, within(0.00005));
        assertThat(difference.high()).isCloseTo(0.3339, within(0.00005));
    }

    @Test
    void keepsTheIntervalOfASinglePart() {
        Interval only = new Interval(0.2, 0.7);

        assertThat(Mover.interval(List.of(new Part(1, 0.4, only)))).isEqualTo(only);
        assertThat(Mover.interval(List.of(new Part(-1, 0.4, only)))).isEqualTo(new Interval(-0.7, -0.2));
        assertThat(Mover.interval(List.of())).isEqualTo(new Interval(0, 0));
    }

    @Test
    void ignoresAPartWithoutWeightHoweverUncertain() {
        Interval known = new Interval(0.2, 0.7);

        Interval both = Mover.interval(List.of(new Part(1, 0.4, known), new Part(0, 5, Interval.EVERYTHING)));

        assertThat(both).isEqualTo(known);
    }

    @Test
    void isUnboundedOnTheSideOnWhichAPartIs() {
        Interval half = new Interval(0, Double.POSITIVE_INFINITY);

        assertThat(Mover.interval(List.of(new Part(1, 1, half)))).isEqualTo(half);
        assertThat(Mover.interval(List.of(new Part(-1, 1, half)))).isEqualTo(new Interval(Double.NEGATIVE_INFINITY, 0));
    }

    @Test
    void doesNotDependOnTheOrderOfParts() {
        Random random = new Random(3);
        for (int i = 0; i < 1_000; i++) {
            List<Part> parts = new ArrayList<>();
            for (int j = 0; j < 6; j++) {
                double value = random.nextDouble();
                parts.add(new Part(
                        random.nextGaussian(),
                        value,
                        new Interval(value * random.nextDouble(), value + random.nextDouble())));
            }
            Interval straight = Mover.interval(parts);
            Collections.shuffle(parts, random);
            Interval shuffled = Mover.interval(parts);

            assertThat(shuffled.low()).isCloseTo(straight.low(), within(1e-12));
            assertThat(shuffled.high()).isCloseTo(straight.high(), within(1e-12));
        }
    }

    @Test
    void refusesAValueOutsideOfItsInterval() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Part(1, 0.1, new Interval(0.2, 0.3)))
                .withMessage("value must be in its interval 0.2..0.3: 0.1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Part(Double.NaN, 0.1, Interval.UNIT))
                .withMessage("coefficient must be a finite number: NaN");
    }
}
