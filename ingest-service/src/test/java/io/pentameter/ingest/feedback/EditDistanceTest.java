package io.pentameter.ingest.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditDistanceTest {

    @ParameterizedTest
    @CsvSource({
        "'', '', 0",
        "abc, abc, 0",
        "'', abc, 1",
        "kitten, sitting, 0.42857142857142855", // 3 of 7: the textbook's example
        "saturday, sunday, 0.375", // 3 of 8: likewise
        "abcd, wxyz, 1",
        "Grüße 🎉, Grüsse 🎉, 0.25" // code points, not UTF-16: 2 of 8
    })
    void itIsTheShareOfTheTextThatWasChanged(String before, String after, double expected) {
        assertThat(EditDistance.normalised(before, after)).isEqualTo(expected);
        assertThat(EditDistance.normalised(after, before)).isEqualTo(expected);
    }

    @Test
    void itIsTheSameAsByTheTableWhateverTheLengths() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 2_000; i++) {
            int[] a = random.ints(random.nextInt(1, 200), 'a', 'e').toArray();
            int[] b = random.ints(random.nextInt(1, 200), 'a', 'e').toArray();

            assertThat(EditDistance.between(a, b)).isEqualTo(byTable(a, b));
        }
    }

    private static int byTable(int[] a, int[] b) {
        int[][] distance = new int[a.length + 1][b.length + 1];
        for (int i = 0; i <= a.length; i++) {
            for (int j = 0; j <= b.length; j++) {
                if (i == 0 || j == 0) {
                    distance[i][j] = i + j;
                } else {
                    int replaced = distance[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                    distance[i][j] = Math.min(replaced, 1 + Math.min(distance[i - 1][j], distance[i][j - 1]));
                }
            }
        }
        return distance[a.length][b.length];
    }
}
