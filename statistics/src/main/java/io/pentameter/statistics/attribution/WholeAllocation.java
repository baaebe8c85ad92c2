package io.pentameter.statistics.attribution;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * {@link Allocation} for a million receivers: the same rule and the same shares, on arrays of whole numbers instead of objects.
 *
 * <p>Exact: products are worked out in 128 bits or more. Memory: three arrays as long as the weights.
 */
public final class WholeAllocation {

    private WholeAllocation() {}

    /**
     * Splits {@code total} in proportion to the weights, by largest remainder with ties to the lower position.
     *
     * @param total   in the smallest units, 0 or more
     * @param weights 0 or more each, at least one above 0, their sum a {@code long}
     * @return one share for each weight; they add up to the total
     */
    public static long[] split(long total, long[] weights) {
        if (total < 0) {
            throw new IllegalArgumentException("total must be 0 or more: " + total);
        }
        long sum = 0;
        for (long weight : weights) {
            if (weight < 0) {
                throw new IllegalArgumentException("weight must be 0 or more: " + weight);
            }
            sum = Math.addExact(sum, weight);
        }
        if (sum == 0) {
            throw new IllegalArgumentException("one weight must be above 0");
        }
        long[] shares = new long[weights.length];
        long[] remainders = new long[weights.length];
        long left = total;
        for (int i = 0; i < weights.length; i++) {
            if (Math.multiplyHigh(total, weights[i]) == 0 && total * weights[i] >= 0) {
                long product = total * weights[i];
                shares[i] = product / sum;
                remainders[i] = product % sum;
            } else {
                BigInteger[] parts = BigInteger.valueOf(total)
                        .multiply(BigInteger.valueOf(weights[i]))
                        .divideAndRemainder(BigInteger.valueOf(sum));
                shares[i] = parts[0].longValueExact();
                remainders[i] = parts[1].longValueExact();
            }
            left -= shares[i];
        }
        addToLargest(shares, remainders, Math.toIntExact(left), 1);
        return shares;
    }

    /**
     * Rounds amounts to multiples of a quantum so that they still add up, as {@link Allocation#rounded}: their sum is rounded
     * half-even, and each lands on one of its two neighbours.
     *
     * @param amounts any signs, in the smallest units; their sum a {@code long}
     * @param quantum above 0
     */
    public static long[] rounded(long[] amounts, long quantum) {
        if (quantum < 1) {
            throw new IllegalArgumentException("quantum must be 1 or more: " + quantum);
        }
        long sum = 0;
        long floors = 0;
        long[] rounded = new long[amounts.length];
        long[] remainders = new long[amounts.length];
        for (int i = 0; i < amounts.length; i++) {
            sum = Math.addExact(sum, amounts[i]);
            long quanta = Math.floorDiv(amounts[i], quantum);
            rounded[i] = quanta * quantum;
            remainders[i] = Math.floorMod(amounts[i], quantum);
            floors = Math.addExact(floors, quanta);
        }
        long left = halfEven(sum, quantum) - floors;
        addToLargest(rounded, remainders, Math.toIntExact(left), quantum);
        return rounded;
    }

    /** In quanta. */
    private static long halfEven(long amount, long quantum) {
        long floor = Math.floorDiv(amount, quantum);
        long rest = Math.floorMod(amount, quantum);
        int half = Long.compare(rest, quantum - rest);
        return half > 0 || (half == 0 && (floor & 1) == 1) ? floor + 1 : floor;
    }

    /** A quantum more for each of the {@code count} largest remainders; of equal ones for those that come first. */
    private static void addToLargest(long[] units, long[] remainders, int count, long quantum) {
        if (count == 0) {
            return;
        }
        long[] sorted = remainders.clone();
        Arrays.sort(sorted);
        long least = sorted[sorted.length - count];
        int above = 0;
        for (long remainder : remainders) {
            if (remainder > least) {
                above++;
            }
        }
        int ofLeast = count - above;
        for (int i = 0; i < units.length; i++) {
            if (remainders[i] > least) {
                units[i] += quantum;
            } else if (remainders[i] == least && ofLeast > 0) {
                units[i] += quantum;
                ofLeast--;
            }
        }
    }
}
