package io.pentameter.statistics.attribution;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a growing total day by day, so that the days of each party add up to its month.
 *
 * <p>Each day's share is what the party has by now, less what it had yesterday: {@code A(cum_t) - A(cum_{t-1})} with
 * the allocation {@code A} on cumulated totals and weights. Shares of a day add up to the day's total, days to the
 * month. A share may be one quantum below 0 on a quiet day: the remainder moved on. Replaying a day from the same sums
 * gives the same shares.
 *
 * <p>Cumulative rounding; the rule is Pentameter's. While all weights are 0 nothing is split and the total stays
 * unallocated, as in {@link Allocation}; it is split as soon as there is a weight. Not for days that are closed for
 * ever: a correction of yesterday's weights moves today's shares.
 */
public final class MonthToDate {

    private MonthToDate() {}

    /**
     * Shares of the last day.
     *
     * @param before what was split until yesterday: the cumulated {@link Allocation#shares}; empty on the first day
     * @param total  total from the first day to today
     * @param weights weights from the first day to today, parties in the same order, new ones at the end
     */
    public static List<BigDecimal> today(
            List<BigDecimal> before, BigDecimal total, List<BigDecimal> weights, int scale) {
        if (before.size() > weights.size()) {
            throw new IllegalArgumentException(
                    "weights must cover the %d parties of yesterday: %d".formatted(before.size(), weights.size()));
        }
        Allocation now = Allocation.of(total, weights, scale);
        List<BigDecimal> shares = new ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
            BigDecimal had = i < before.size() ? before.get(i) : BigDecimal.ZERO;
            shares.add(now.shares().get(i).subtract(had));
        }
        return List.copyOf(shares);
    }

    /**
     * Amounts rounded so that every running sum is the rounded running sum: {@code round(cum_t) - round(cum_{t-1})},
     * half-even.
     */
    public static List<BigDecimal> rounded(List<BigDecimal> amounts, int scale) {
        Decimals.scale(scale);
        Rational sum = Rational.ZERO;
        BigDecimal before = new BigDecimal(BigInteger.ZERO, scale);
        List<BigDecimal> rounded = new ArrayList<>();
        for (BigDecimal amount : amounts) {
            sum = sum.plus(Rational.of(Decimals.checked("amount", amount)));
            BigDecimal now = sum.rounded(scale);
            rounded.add(now.subtract(before));
            before = now;
        }
        return List.copyOf(rounded);
    }
}
