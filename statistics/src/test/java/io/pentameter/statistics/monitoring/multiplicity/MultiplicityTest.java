package io.pentameter.statistics.monitoring.multiplicity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.pentameter.statistics.cases.PublishedCase;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MultiplicityTest {

    private static final String FILE = "09_multiple_testing";

    @Test
    @DisplayName("bh-by-multtest")
    void adjustsAsMulttestDoes() {
        PublishedCase published = PublishedCase.of(FILE, "bh-by-multtest");
        double[] p = PublishedCase.numbers(published.input().path("p"));
        double[] order = PublishedCase.numbers(published.expected().path("order"));
        double[] hochberg = AdjustedPValues.benjaminiHochberg(p);
        double[] yekutieli = AdjustedPValues.benjaminiYekutieli(p);

        for (int i = 0; i < order.length; i++) {
            assertThat(hochberg[(int) order[i]])
                    .isCloseTo(published.expected().path("bh_sorted").get(i).doubleValue(), within(1e-8));
            assertThat(yekutieli[(int) order[i]])
                    .isCloseTo(published.expected().path("by_sorted").get(i).doubleValue(), within(1e-8));
        }
    }

    @Test
    @DisplayName("bh-1995-example")
    void rejectsWhatThePaperRejects() {
        PublishedCase published = PublishedCase.of(FILE, "bh-1995-example");
        double[] p = PublishedCase.numbers(published.input().path("p"));

        assertThat(AdjustedPValues.rejected(AdjustedPValues.benjaminiHochberg(p), 0.05))
                .isEqualTo(published.expected().path("bh").intValue());
        assertThat(AdjustedPValues.rejected(AdjustedPValues.bonferroni(p), 0.05))
                .isEqualTo(published.expected().path("bonferroni").intValue());
        assertThat(AdjustedPValues.rejected(AdjustedPValues.benjaminiYekutieli(p), 0.05))
                .isEqualTo(published.expected().path("by").intValue());
    }

    @Test
    @DisplayName("p-to-e")
    void calibratesPValues() {
        PublishedCase published = PublishedCase.of(FILE, "p-to-e");
        double[] p = PublishedCase.numbers(published.input().path("p"));
        for (int i = 0; i < p.length; i++) {
            assertThat(EValues.ofPValue(p[i]))
                    .isCloseTo(published.expected().path("kappa_half").get(i).doubleValue(), within(1e-9));
            assertThat(EValues.ofPValueMixed(p[i]))
                    .isCloseTo(published.expected().path("mix").get(i).doubleValue(), within(1e-9));
        }
        assertThat(EValues.ofPValue(0)).isInfinite();
        assertThat(EValues.ofPValueMixed(0)).isInfinite();
        assertThat(EValues.ofPValueMixed(1)).isEqualTo(0.5);
        assertThat(EValues.ofPValueMixed(Math.exp(-1.0001e-3)))
                .isCloseTo(EValues.ofPValueMixed(Math.exp(-0.9999e-3)), within(1e-7));
    }

    /** A calibrator is one if its mean over uniform p is 1. */
    @Test
    void calibratorsHaveMeanOne() {
        double half = 0;
        double mixed = 0;
        int n = 2_000_000;
        for (int i = 0; i < n; i++) {
            double p = (i + 0.5) / n;
            half += EValues.ofPValue(p) / n;
            mixed += EValues.ofPValueMixed(p) / n;
        }
        assertThat(half).isCloseTo(1, within(0.001));
        assertThat(mixed).isBetween(0.9, 1.0); // the rest lies below 1/n: its tail is that heavy
    }

    @Test
    void reportsTheStreamsWithTheStrongestEvidence() {
        // K = 4, α = 0.1: the first needs 40, two need 20 each, three 13.33, four 10
        assertThat(EValues.benjaminiHochberg(new double[] {1, 25, 0, 20}, 0.1)).containsExactly(1, 3);
        assertThat(EValues.benjaminiHochberg(new double[] {1, 25, 0, 19.9}, 0.1))
                .isEmpty();
        assertThat(EValues.benjaminiHochberg(new double[] {10, 10, 10, 10}, 0.1))
                .containsExactly(0, 1, 2, 3);
        assertThat(EValues.benjaminiHochberg(new double[] {0, Double.POSITIVE_INFINITY}, 0.1))
                .containsExactly(1);
        assertThat(EValues.benjaminiHochberg(new double[0], 0.1)).isEmpty();
        assertThat(EValues.mean(0, 3)).isEqualTo(1.5);
        assertThat(EValues.mean()).isOne();
    }

    @Test
    void adjustmentDoesNotDependOnOrder() {
        SplittableRandom random = new SplittableRandom(4);
        for (int round = 0; round < 300; round++) {
            double[] p = random.doubles(random.nextInt(1, 20))
                    .map(u -> Math.round(u * 20) / 20.0)
                    .toArray();
            double[] reversed = new double[p.length];
            Arrays.setAll(reversed, i -> p[p.length - 1 - i]);

            double[] adjusted = AdjustedPValues.benjaminiYekutieli(p);
            double[] other = AdjustedPValues.benjaminiYekutieli(reversed);

            for (int i = 0; i < p.length; i++) {
                assertThat(adjusted[i]).isEqualTo(other[p.length - 1 - i]).isGreaterThanOrEqualTo(p[i]);
            }
        }
        assertThat(AdjustedPValues.benjaminiHochberg()).isEmpty();
    }

    @Test
    void budgetSharesAddUpToOnePageInTheChosenTime() {
        double[] days = new AlarmBudget(30).thresholds(1, 1, 2, 0);

        assertThat(days).containsExactly(120, 120, 60, Double.POSITIVE_INFINITY);
        assertThat(Arrays.stream(days).map(a -> 1 / a).sum()).isCloseTo(1.0 / 30, within(1e-15));
        double[] even = new double[200];
        Arrays.fill(even, 1);
        assertThat(new AlarmBudget(30).thresholds(even)[0]).isEqualTo(6000);
        assertThat(new AlarmBudget(30).thresholds()).isEmpty();
    }

    @Test
    void reportsTheDeepestAlarmedNodeUnderAlarmedOnes() {
        AlarmTree quietLeaf = new AlarmTree("model-b", false, List.of());
        AlarmTree loudLeaf = new AlarmTree("model-a", true, List.of());
        AlarmTree chat = new AlarmTree("chat", true, List.of(loudLeaf, quietLeaf));
        AlarmTree search = new AlarmTree("search", false, List.of(new AlarmTree("model-c", true, List.of())));
        AlarmTree mail = new AlarmTree("mail", true, List.of(quietLeaf));

        assertThat(new AlarmTree("tenant", true, List.of(chat, search, mail)).deepest())
                .containsExactly("model-a", "mail");
        assertThat(new AlarmTree("tenant", false, List.of(chat)).deepest()).isEmpty();
        assertThat(new AlarmTree("tenant", true, List.of(search)).deepest()).containsExactly("tenant");
    }

    @Test
    void refusesWhatIsOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AdjustedPValues.benjaminiHochberg(0.1, 1.2))
                .withMessage("p must be in 0.0..1.0: 1.2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EValues.benjaminiHochberg(new double[] {Double.NaN}, 0.1))
                .withMessage("e must be 0 or more: NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AlarmBudget(30).thresholds(0, 0))
                .withMessage("weights must have a positive, finite sum: 0.0");
    }
}
