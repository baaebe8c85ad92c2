package io.pentameter.statistics.attribution;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A total split by weights, to the last cent.
 *
 * <p>Largest remainder (Hamilton): each share is rounded down to the quantum {@code 10^-scale}, and the quanta left
 * over go one each to the largest remainders; ties go to the lower position, so give the weights in the order of a
 * stable id. Exact rational arithmetic. A negative total (a credit) is the mirror image of the positive one. A weight
 * of 0 gets 0; if all are 0, nothing is split and {@link #unallocated} is the total. Shares are within one quantum of
 * the exact proportion and add up to the total exactly. Between days use {@link MonthToDate}.
 *
 * <p>Source: M. L. Balinski, H. P. Young, Fair Representation, 1982, appendix A. Not for capacity that is bought for a
 * peak ({@link AirportGame}).
 *
 * @param shares one for each weight, at the scale asked for
 * @param unallocated what nobody took; 0 or the whole total
 */
public record Allocation(List<BigDecimal> shares, BigDecimal unallocated) {

    /** Digits of the ledger: 1e-9 USD. */
    public static final int LEDGER_SCALE = 9;

    /** Digits of a statement: cents. */
    public static final int STATEMENT_SCALE = 2;

    public Allocation {
        shares = List.copyOf(shares);
    }

    /**
     * Splits {@code total}.
     *
     * @param total   a multiple of the quantum, any sign
     * @param weights 0 or more each
     * @param scale   digits after the point of each share, 0 to 100
     */
    public static Allocation of(BigDecimal total, List<BigDecimal> weights, int scale) {
        weights.forEach(weight -> Decimals.notNegative("weight", weight));
        return ofFractions(total, weights.stream().map(Rational::of).toList(), scale);
    }

    static Allocation ofFractions(BigDecimal total, List<Rational> weights, int scale) {
        BigInteger quanta = quanta(total, scale);
        Rational sum = weights.stream().reduce(Rational.ZERO, Rational::plus);
        if (sum.signum() == 0) {
            List<BigDecimal> nothing = weights.stream()
                    .map(_ -> new BigDecimal(BigInteger.ZERO, scale))
                    .toList();
            return new Allocation(nothing, new BigDecimal(quanta, scale));
        }
        Rational each = new Rational(quanta.abs(), BigInteger.ONE).over(sum);
        List<BigInteger> rounded = roundDown(weights.stream().map(each::times).toList(), quanta.abs());
        List<BigDecimal> shares = rounded.stream()
                .map(share -> new BigDecimal(quanta.signum() < 0 ? share.negate() : share, scale))
                .toList();
        return new Allocation(shares, new BigDecimal(BigInteger.ZERO, scale));
    }

    /**
     * Rounds amounts so that they still add up: their sum is rounded half-even, and each lands on one of its two
     * neighbours.
     *
     * <p>For statements: the cents on the page are the ledger's sum in cents.
     *
     * @param amounts any signs and digits
     */
    public static List<BigDecimal> rounded(List<BigDecimal> amounts, int scale) {
        Decimals.scale(scale);
        amounts.forEach(amount -> Decimals.checked("amount", amount));
        return roundedFractions(amounts.stream().map(Rational::of).toList(), scale);
    }

    static List<BigDecimal> roundedFractions(List<Rational> amounts, int scale) {
        return roundedTo(amounts.stream().reduce(Rational.ZERO, Rational::plus).rounded(scale), amounts, scale);
    }

    /**
     * Amounts rounded so that they add up to {@code total}, a multiple of the quantum less than one quantum from their
     * sum.
     */
    static List<BigDecimal> roundedTo(BigDecimal total, List<Rational> amounts, int scale) {
        Rational quantum = new Rational(BigInteger.ONE, BigInteger.TEN.pow(scale));
        List<Rational> quanta =
                amounts.stream().map(amount -> amount.over(quantum)).toList();
        return roundDown(quanta, quanta(total, scale)).stream()
                .map(units -> new BigDecimal(units, scale))
                .toList();
    }

    /** Floors, and one more for the largest remainders until the sum is {@code total}; ties to the lower position. */
    private static List<BigInteger> roundDown(List<Rational> exact, BigInteger total) {
        List<BigInteger> units =
                new ArrayList<>(exact.stream().map(Rational::floor).toList());
        int left = total.subtract(units.stream().reduce(BigInteger.ZERO, BigInteger::add))
                .intValueExact();
        IntStream.range(0, exact.size())
                .boxed()
                .sorted(Comparator.comparing(
                                (Integer i) -> exact.get(i).minus(new Rational(units.get(i), BigInteger.ONE)))
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .limit(left)
                .toList()
                .forEach(i -> units.set(i, units.get(i).add(BigInteger.ONE)));
        return units;
    }

    private static BigInteger quanta(BigDecimal total, int scale) {
        Decimals.scale(scale);
        Decimals.checked("total", total);
        BigDecimal scaled = total.setScale(scale, RoundingMode.FLOOR);
        if (scaled.compareTo(total) != 0) {
            throw new IllegalArgumentException(
                    "total must have at most %d digits after the point: %s".formatted(scale, total.toPlainString()));
        }
        return scaled.unscaledValue();
    }
}
