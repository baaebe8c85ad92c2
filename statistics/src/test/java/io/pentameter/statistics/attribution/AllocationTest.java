package io.pentameter.statistics.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pentameter.statistics.cases.PublishedCase;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllocationTest {

    @ParameterizedTest
    @ValueSource(strings = {"lrm-100.00-3", "lrm-0.05-4", "lrm--100.00-3", "lrm-0.01-3"})
    void splitsToTheCent(String id) {
        PublishedCase published = PublishedCase.of("15_allocation", id);
        List<BigDecimal> weights = new ArrayList<>();
        published.input().path("weights").forEach(weight -> weights.add(new BigDecimal(weight.asText())));
        List<BigDecimal> expected = new ArrayList<>();
        published.expected().forEach(share -> expected.add(new BigDecimal(share.asText())));

        Allocation allocation =
                Allocation.of(new BigDecimal(published.input().path("total").asText()), weights, 2);

        assertThat(allocation).isEqualTo(new Allocation(expected, new BigDecimal("0.00")));
    }

    @Test
    @DisplayName("Hamilton's seats: 10 for six parties")
    void splitsSeats() {
        assertThat(Allocation.of(decimal("10"), decimals("47000", "16000", "15800", "12000", "6100", "3100"), 0)
                        .shares())
                .isEqualTo(decimals("5", "2", "1", "1", "1", "0"));
    }

    @Test
    @DisplayName("bigdecimal-focus-format")
    void writesNumbersAsFocusWantsThem() {
        PublishedCase published = PublishedCase.of("15_allocation", "bigdecimal-focus-format");
        for (int i = 0; i < published.input().size(); i++) {
            assertThat(FocusFormat.number(decimal(published.input().get(i).asText())))
                    .isEqualTo(published.expected().get(i).asText());
        }
        assertThat(FocusFormat.isNumber("35.2E-7")).isTrue();
        assertThat(FocusFormat.isNumber("35.2E7")).isTrue();
        for (String wrong : List.of("35.2E+7", "+1", "1,000", "1.", ".5", "", " 1", "1 ", "NaN", "0x1")) {
            assertThat(FocusFormat.isNumber(wrong)).as(wrong).isFalse();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> FocusFormat.parseNumber(wrong))
                    .withMessage("number must look like -12.5 or 35.2E-7: " + wrong);
        }
        assertThat(FocusFormat.parseNumber("35.2E-7")).isEqualByComparingTo("0.00000352");
        assertThatIllegalArgumentException().isThrownBy(() -> FocusFormat.parseNumber("1E999999999"));
        assertThatIllegalArgumentException().isThrownBy(() -> FocusFormat.parseNumber("1E99999999999"));
        assertThatIllegalArgumentException().isThrownBy(() -> FocusFormat.number(decimal("1E+1000000")));
    }

    /**
     * Every decimal column takes what {@link FocusFormat#number} writes, every time column what {@code time} writes.
     */
    @Test
    @DisplayName("16_focus_columns: formats of the decimal and time columns")
    void writesTimesAsFocusWantsThem() {
        assertThat(FocusFormat.time(Instant.parse("2024-02-29T23:59:59.999Z"))).isEqualTo("2024-02-29T23:59:59Z");
        assertThat(FocusFormat.billingPeriod(YearMonth.of(2024, 12)))
                .isEqualTo(new FocusFormat.Period("2024-12-01T00:00:00Z", "2025-01-01T00:00:00Z"));
        assertThat(FocusFormat.chargeHour(Instant.parse("2024-02-29T23:15:00Z")))
                .isEqualTo(new FocusFormat.Period("2024-02-29T23:00:00Z", "2024-03-01T00:00:00Z"));
    }

    @Test
    void sharesAddUpAreFairAndDoNotDependOnOrder() {
        SplittableRandom random = new SplittableRandom(15);
        for (int round = 0; round < 2000; round++) {
            int scale = random.nextInt(0, 10);
            BigDecimal total = BigDecimal.valueOf(random.nextLong(-1_000_000_000_000L, 1_000_000_000_000L), scale);
            BigDecimal[] weights = new BigDecimal[random.nextInt(1, 12)];
            Arrays.setAll(
                    weights,
                    _ -> random.nextInt(4) == 0
                            ? BigDecimal.ZERO
                            : BigDecimal.valueOf(random.nextLong(1_000_000), random.nextInt(6)));
            List<BigDecimal> list = List.of(weights);
            BigDecimal sum = sum(list);

            Allocation allocation = Allocation.of(total, list, scale);

            assertThat(sum(allocation.shares()).add(allocation.unallocated())).isEqualByComparingTo(total);
            for (int i = 0; i < weights.length; i++) {
                BigDecimal share = allocation.shares().get(i);
                if (weights[i].signum() == 0) {
                    assertThat(share).isZero();
                } else {
                    BigDecimal off = share.multiply(sum)
                            .subtract(total.multiply(weights[i]))
                            .abs();
                    assertThat(off).isLessThan(sum.movePointLeft(scale)); // within one quantum of the exact part
                }
                for (int j = 0; j < i; j++) {
                    if (weights[j].compareTo(weights[i]) < 0) {
                        assertThat(share.abs())
                                .isGreaterThanOrEqualTo(
                                        allocation.shares().get(j).abs());
                    }
                }
            }
            List<BigDecimal> reversed = new ArrayList<>(list);
            Collections.reverse(reversed);
            assertThat(Allocation.of(total, reversed, scale).shares())
                    .usingElementComparator(BigDecimal::compareTo)
                    .containsExactlyInAnyOrderElementsOf(allocation.shares());
        }
    }

    @Test
    void whatNobodyWeighsStaysUnallocated() {
        assertThat(Allocation.of(decimal("5.00"), decimals("0", "0"), 2))
                .isEqualTo(new Allocation(decimals("0.00", "0.00"), decimal("5.00")));
        assertThat(Allocation.of(decimal("5"), List.of(), 2)).isEqualTo(new Allocation(List.of(), decimal("5.00")));
        assertThat(Allocation.of(decimal("0"), decimals("1", "2"), 2).shares()).isEqualTo(decimals("0.00", "0.00"));
    }

    @Test
    void refusesWhatCannotBeSplitExactly() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Allocation.of(decimal("1.005"), decimals("1"), 2))
                .withMessage("total must have at most 2 digits after the point: 1.005");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Allocation.of(decimal("1"), decimals("1", "-1"), 2))
                .withMessage("weight must be 0 or more: -1");
        assertThatIllegalArgumentException().isThrownBy(() -> Allocation.of(decimal("1E+1000000"), decimals("1"), 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Allocation.of(decimal("1"), decimals("1"), -1))
                .withMessage("scale must be in 0..100: -1");
    }

    @Test
    void centsOfTheStatementAreTheLedgerInCents() {
        List<BigDecimal> ledger = decimals("1.004", "2.004", "-0.003", "0.005");

        List<BigDecimal> statement = Allocation.rounded(ledger, 2);

        assertThat(sum(statement)).isEqualTo(decimal("3.01"));
        for (int i = 0; i < 4; i++) {
            assertThat(statement.get(i).subtract(ledger.get(i)).abs()).isLessThan(decimal("0.01"));
        }
        assertThat(Allocation.rounded(List.of(), 2)).isEmpty();
    }

    @Test
    void daysAddUpToTheMonthForEveryParty() {
        SplittableRandom random = new SplittableRandom(16);
        List<BigDecimal> before = List.of();
        BigDecimal total = BigDecimal.ZERO;
        BigDecimal[] weights = {BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO};
        List<BigDecimal> month = decimals("0", "0", "0");
        for (int day = 0; day < 30; day++) {
            BigDecimal today = BigDecimal.valueOf(random.nextInt(100), 2);
            total = total.add(today);
            for (int i = 0; i < 3; i++) {
                weights[i] = weights[i].add(BigDecimal.valueOf(random.nextInt(1000)));
            }

            List<BigDecimal> shares = MonthToDate.today(before, total, List.of(weights), 2);

            assertThat(sum(shares)).isEqualByComparingTo(today);
            before = Allocation.of(total, List.of(weights), 2).shares();
            List<BigDecimal> sums = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                sums.add(month.get(i).add(shares.get(i)));
            }
            month = sums;
        }
        assertThat(month).usingElementComparator(BigDecimal::compareTo).isEqualTo(before);
        assertThat(MonthToDate.rounded(decimals("0.004", "0.004", "0.004"), 2))
                .isEqualTo(decimals("0.00", "0.01", "0.00"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MonthToDate.today(decimals("1"), decimal("1"), List.of(), 2));
    }

    @Test
    @DisplayName("shapley-airport")
    void eachStepOfCapacityIsPaidByThoseWhoNeedIt() {
        PublishedCase published = PublishedCase.of("14_decomposition", "shapley-airport");
        List<BigDecimal> peaks = new ArrayList<>();
        List<BigDecimal> expected = new ArrayList<>();
        for (String player : List.of("C", "A", "D", "B")) {
            peaks.add(published.input().path(player).decimalValue());
            expected.add(decimal(published.expected().path(player).asText()).setScale(2));
        }

        assertThat(AirportGame.split(decimal("18"), peaks, 2).shares()).isEqualTo(expected);
        assertThat(AirportGame.split(decimal("18"), decimals("0", "0"), 2).unallocated())
                .isEqualTo(decimal("18.00"));
        assertThat(Shapley.values(
                        4,
                        coalition -> {
                            BigDecimal peak = BigDecimal.ZERO;
                            for (int i = 0; i < 4; i++) {
                                peak = (coalition >> i & 1) == 1 ? peak.max(peaks.get(i)) : peak;
                            }
                            return peak;
                        },
                        2))
                .isEqualTo(expected);
    }

    @Test
    void ledgerMultipliesExactlyAndRoundsOnce() {
        assertThat(Ledger.cost(List.of(
                        new Usage.Tokens(decimal("3"), decimal("0.0000000005")),
                        new Usage.Tokens(decimal("1"), decimal("0.0000000010")))))
                .isEqualTo(decimal("0.000000002")); // 2.5 quanta, to even
        assertThat(Ledger.cost(List.of())).isEqualTo(decimal("0.000000000"));
        assertThat(Ledger.reconcile(decimal("100"), decimal("100.5")))
                .isEqualTo(new Ledger.Reconciliation(decimal("-0.5"), false));
        assertThat(Ledger.reconcile(decimal("100"), decimal("99.49")).alerts()).isTrue();
        assertThat(Ledger.reconcile(decimal("0"), decimal("0.01")).alerts()).isTrue();
    }

    static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }

    private static List<BigDecimal> decimals(String... texts) {
        return Arrays.stream(texts).map(BigDecimal::new).toList();
    }

    private static BigDecimal sum(List<BigDecimal> amounts) {
        return amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
