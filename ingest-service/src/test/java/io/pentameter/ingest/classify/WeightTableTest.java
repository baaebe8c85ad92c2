package io.pentameter.ingest.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WeightTableTest {

    @Test
    void itAddsWhatAMapWouldAdd() {
        SplittableRandom random = new SplittableRandom(7);
        for (int width : new int[] {1, 2, 15, 103, 128}) {
            Map<Long, float[]> known = new HashMap<>();
            WeightTable.Draft draft = new WeightTable.Draft(width);
            for (int i = 0; i < 5_000; i++) {
                long key = random.nextLong(1, 20_000); // neighbours, so that places are taken
                float[] weights = new float[width];
                int filled = random.nextInt(width + 1);
                for (int j = 0; j < filled; j++) {
                    weights[random.nextInt(width)] = random.nextInt(-8, 8);
                }
                if (known.putIfAbsent(key, weights) == null) {
                    draft.add(key, weights);
                }
            }
            WeightTable table = draft.table();
            float[] sums = new float[width];
            float[] expected = new float[width];
            for (int i = 0; i < 20_000; i++) {
                long key = random.nextLong(1, 25_000);
                float[] weights = known.get(key);
                assertThat(table.addTo(sums, key)).isEqualTo(weights != null);
                for (int j = 0; weights != null && j < width; j++) {
                    expected[j] += weights[j];
                }
            }
            assertThat(sums).isEqualTo(expected);
        }
    }

    @Test
    void anEmptyTableKnowsNothing() {
        assertThat(new WeightTable.Draft(3).table().addTo(new float[3], 1)).isFalse();
    }

    @Test
    void moreOutcomesThanItHasRoomForAreRefused() {
        assertThatThrownBy(() -> new WeightTable.Draft(129))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a table has 1 to 128 outcomes: 129");
    }
}
