package io.pentameter.aggregation.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.aggregation.invoice.TokenClass;
import io.pentameter.aggregation.money.Usd;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The ledger has 1,000 input tokens at 0.001 and 100 output tokens at 0.005 dollars, 1.50 in all, unless a test says otherwise. */
class DifferenceTest {

    private static final Booked LEDGER = booked(Map.of(), 0);

    @Test
    void billedTokensThatTheLedgerNeverSawAreMissing() {
        assertThat(Difference.of(billed("1.70", 1_200, 100, 0), LEDGER))
                .usingComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .usingRecursiveComparison()
                .isEqualTo(parts("0", "0.2", "0", "0", "0", "0"));
    }

    @Test
    void billedTokensOfCallsWithoutAPriceAreUnpricedAndTheRestIsMissing() {
        assertThat(Difference.of(billed("1.70", 1_200, 100, 0), booked(Map.of(TokenClass.INPUT, 150L), 3)))
                .usingComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .usingRecursiveComparison()
                .isEqualTo(parts("0.15", "0.05", "0", "0", "0", "0"));
    }

    @Test
    void tokensThatWereNeverBilledAreDuplicated() {
        assertThat(Difference.of(billed("1.40", 900, 100, 0), LEDGER))
                .usingComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .usingRecursiveComparison()
                .isEqualTo(parts("0", "0", "-0.1", "0", "0", "0"));
    }

    @Test
    void anotherPriceForTheSameTokensIsTheTierIfTheReportSaysSoElseOpen() {
        assertThat(Difference.of(billed("0.75", 1_000, 100, 1_100), LEDGER).tier())
                .isEqualByComparingTo("-0.75");
        assertThat(Difference.of(billed("0.75", 1_000, 100, 0), LEDGER).open()).isEqualByComparingTo("-0.75");
    }

    @Test
    void whatTheDigitsAllowForIsRounding() {
        assertThat(Difference.of(billed("1.504", 1_000, 100, 0), LEDGER).rounding())
                .isEqualByComparingTo("0.004");
        assertThat(Difference.of(billed("1.506", 1_000, 100, 0), LEDGER).open()).isEqualByComparingTo("0.006");
    }

    @Test
    void withoutAUsageReportOnlyWholeCellsAreExplained() {
        Billed charge = new Billed(usd("2"), 1, usd("0.005"), Optional.empty());
        Booked noPrice = new Booked(BigDecimal.ZERO, 4, 4, Map.of(), Map.of(), Map.of(TokenClass.INPUT, 9L), 0);

        assertThat(Difference.of(charge, Booked.NOTHING).missing()).isEqualByComparingTo("2");
        assertThat(Difference.of(charge, noPrice).unpriced()).isEqualByComparingTo("2");
        assertThat(Difference.of(Billed.NOTHING, LEDGER).duplicated()).isEqualByComparingTo("-1.5");
        assertThat(Difference.of(charge, LEDGER).open()).isEqualByComparingTo("0.5");
    }

    @Test
    void thePartsAlwaysAddUpToTheDifference() {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 20_000; round++) {
            Billed billed = new Billed(
                    BigDecimal.valueOf(random.nextLong(10_000_000_000L), Usd.SCALE),
                    random.nextInt(3),
                    usd("0.005"),
                    random.nextBoolean()
                            ? Optional.empty()
                            : Optional.of(new Billed.Use(tokens(random), random.nextLong(500))));
            Map<TokenClass, BigDecimal> parts = new EnumMap<>(TokenClass.class);
            for (TokenClass tokenClass : TokenClass.values()) {
                parts.put(tokenClass, BigDecimal.valueOf(random.nextLong(3_000_000_000L), Usd.SCALE));
            }
            long calls = random.nextLong(4);
            Booked booked = new Booked(
                    parts.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add),
                    calls,
                    calls == 0 ? 0 : random.nextLong(calls + 1),
                    tokens(random),
                    parts,
                    tokens(random),
                    random.nextLong(500));

            assertThat(Difference.of(billed, booked).sum())
                    .isEqualByComparingTo(billed.usd().subtract(booked.usd()));
        }
    }

    private static Map<TokenClass, Long> tokens(SplittableRandom random) {
        Map<TokenClass, Long> tokens = new EnumMap<>(TokenClass.class);
        for (TokenClass tokenClass : TokenClass.values()) {
            if (random.nextInt(4) > 0) {
                tokens.put(tokenClass, random.nextLong(1_000));
            }
        }
        return tokens;
    }

    private static Billed billed(String usd, long input, long output, long otherTier) {
        return new Billed(
                usd(usd),
                2,
                usd("0.005"),
                Optional.of(new Billed.Use(Map.of(TokenClass.INPUT, input, TokenClass.OUTPUT, output), otherTier)));
    }

    private static Booked booked(Map<TokenClass, Long> waiting, long unpriced) {
        return new Booked(
                usd("1.5"),
                10 + unpriced,
                unpriced,
                Map.of(TokenClass.INPUT, 1_000L, TokenClass.OUTPUT, 100L),
                Map.of(TokenClass.INPUT, usd("1"), TokenClass.OUTPUT, usd("0.5")),
                waiting,
                0);
    }

    private static Difference parts(
            String unpriced, String missing, String duplicated, String tier, String rounding, String open) {
        return new Difference(usd(unpriced), usd(missing), usd(duplicated), usd(tier), usd(rounding), usd(open));
    }

    private static BigDecimal usd(String text) {
        return new BigDecimal(text);
    }
}
