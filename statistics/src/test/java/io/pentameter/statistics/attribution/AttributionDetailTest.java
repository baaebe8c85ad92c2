package io.pentameter.statistics.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.pentameter.statistics.attribution.Adtributor.Amounts;
import io.pentameter.statistics.attribution.Adtributor.Basis;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Limits of digits and players, equal periods, and borders of the ranking. */
class AttributionDetailTest {

    @Test
    void anEqualPeriodHasNoEffectAndANearlyEqualOneATinyOne() {
        Map<String, Usage> period = Map.of("a", usage("100", "1000", "0.001"));
        Map<String, Usage> nearly = Map.of("a", usage("100", "1000", "0.001000000000001"));

        LogMeanDivisia.Effects none = LogMeanDivisia.of(period, period).orElseThrow();
        LogMeanDivisia.Effects tiny = LogMeanDivisia.of(period, nearly).orElseThrow();

        assertThat(none).isEqualTo(new LogMeanDivisia.Effects(0, 0, 0, 0));
        assertThat(tiny.price()).isCloseTo(1e-12, within(1e-15));
        assertThat(LogMeanDivisia.of(period, Map.of("a", usage("100", "0", "0.001"))))
                .isEmpty();
        assertThat(LogMeanDivisia.of(period, Map.of("a", usage("100", "1000", "0"))))
                .isEmpty();
        assertThat(LogMeanDivisia.of(Map.of("a", usage("100", "1000", "0")), period))
                .isEmpty();
    }

    @Test
    void digitsAndPlayersHaveLimits() {
        assertThat(FocusFormat.number(new BigDecimal("1E+100"))).hasSize(101);
        assertThat(FocusFormat.parseNumber("1e-100")).isEqualByComparingTo("1E-100");
        assertThat(FocusFormat.parseNumber("0." + "1".repeat(100)).scale()).isEqualTo(100);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FocusFormat.number(new BigDecimal("1E+101")))
                .withMessage("value must have at most 100 digits: precision 1, scale -101");
        assertThat(Shapley.values(1, coalition -> BigDecimal.valueOf(coalition), 2))
                .containsExactly(new BigDecimal("1.00"));
        assertThat(Shapley.values(12, coalition -> BigDecimal.valueOf(Integer.bitCount(coalition)), 0))
                .hasSize(12)
                .containsOnly(BigDecimal.ONE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Shapley.values(13, _ -> BigDecimal.ZERO, 2))
                .withMessage("players must be in 1..12: 13");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Allocation.of(BigDecimal.ONE, List.of(BigDecimal.ONE), 101))
                .withMessage("scale must be in 0..100: 101");
        assertThat(Allocation.of(BigDecimal.ONE, List.of(BigDecimal.ONE), 100)
                        .shares()
                        .getFirst()
                        .scale())
                .isEqualTo(100);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AirportGame.split(BigDecimal.ONE, List.of(new BigDecimal("-1")), 2))
                .withMessage("peak must be 0 or more: -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Allocation.rounded(List.of(new BigDecimal("1E+101")), 2))
                .withMessage("amount must have at most 100 digits: precision 1, scale -101");
        assertThat(new Usage(BigDecimal.ZERO, Map.of("input", new Usage.Tokens(BigDecimal.ZERO, BigDecimal.ONE)))
                        .requests())
                .isZero();
    }

    @Test
    void aTotalOfNothingIsSplitIntoNothing() {
        Allocation nothing = Allocation.of(BigDecimal.ZERO, List.of(BigDecimal.ONE, BigDecimal.TEN), 2);

        assertThat(nothing.shares()).containsOnly(new BigDecimal("0.00"));
        assertThat(nothing.unallocated()).isZero();
    }

    /** At exactly 5 % the method of the paper still applies; at exactly 10 % an element does not explain enough. */
    @Test
    void bordersOfTheRanking() {
        Adtributor.Dimension five = Adtributor.rank(
                        Map.of("d", Map.of("x", new Amounts(50, 55), "y", new Amounts(50, 50))))
                .getFirst();
        Adtributor.Dimension tenth = Adtributor.rank(Map.of(
                        "d", Map.of("x", new Amounts(100, 190), "y", new Amounts(10, 20), "z", new Amounts(50, 50))))
                .getFirst();
        // 67 of 100: exactly enough is not more than enough, so the next element joins
        Adtributor.Dimension enough = Adtributor.rank(
                        Map.of("d", Map.of("x", new Amounts(1, 68), "y", new Amounts(100, 133))))
                .getFirst();

        assertThat(five.basis()).isEqualTo(Basis.EXPLANATORY_POWER);
        assertThat(tenth.candidates()).extracting(Adtributor.Element::name).containsExactly("x");
        assertThat(enough.candidates()).extracting(Adtributor.Element::name).containsExactly("x", "y");
    }

    private static Usage usage(String requests, String tokens, String price) {
        return new Usage(
                new BigDecimal(requests),
                Map.of("input", new Usage.Tokens(new BigDecimal(tokens), new BigDecimal(price))));
    }
}
