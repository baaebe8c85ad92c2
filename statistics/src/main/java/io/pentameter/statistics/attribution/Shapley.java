package io.pentameter.statistics.attribution;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Shapley values: the part of each player in the worth of all, over every order in which they could have come.
 *
 * <pre>φ_j = Σ_{S without j}  |S|! (n-1-|S|)! / n!  · (worth(S + j) - worth(S))</pre>
 *
 * <p>Shapley, "A value for n-person games" (1953). Exact fractions; rounded at the end so that the parts still add up
 * to {@code worth(all) - worth(none)}. 2^n evaluations: {@value #LIMIT} players at most. Capacity has a closed form,
 * {@link AirportGame}.
 *
 * <p>Worths must be known exactly. Not for estimating causes from data: the worth of a coalition is computed, never
 * observed here.
 */
public final class Shapley {

    /** Players at most. */
    public static final int LIMIT = 12;

    private Shapley() {}

    /**
     * Values of all players.
     *
     * @param players number of players, 1 to {@value #LIMIT}
     * @param worth   worth of a coalition; bit j of its argument tells whether player j is in
     * @param scale   digits after the point of the results
     */
    public static List<BigDecimal> values(int players, IntFunction<BigDecimal> worth, int scale) {
        if (players < 1 || players > LIMIT) {
            throw new IllegalArgumentException("players must be in 1..%d: %d".formatted(LIMIT, players));
        }
        Decimals.scale(scale);
        return Allocation.roundedFractions(
                exact(players, coalition -> Rational.of(Decimals.checked("worth", worth.apply(coalition)))), scale);
    }

    static List<Rational> exact(int players, IntFunction<Rational> worth) {
        List<Rational> worths = IntStream.range(0, 1 << players).mapToObj(worth).toList();
        List<Rational> values = new ArrayList<>();
        for (int player = 0; player < players; player++) {
            Rational value = Rational.ZERO;
            for (int coalition = 0; coalition < worths.size(); coalition++) {
                if ((coalition >> player & 1) == 0) {
                    Rational gain = worths.get(coalition | 1 << player).minus(worths.get(coalition));
                    value = value.plus(gain.times(weight(Integer.bitCount(coalition), players)));
                }
            }
            values.add(value);
        }
        return values;
    }

    private static Rational weight(int size, int players) {
        return new Rational(factorial(size).multiply(factorial(players - 1 - size)), factorial(players));
    }

    private static BigInteger factorial(int n) {
        return IntStream.rangeClosed(2, n).mapToObj(BigInteger::valueOf).reduce(BigInteger.ONE, BigInteger::multiply);
    }
}
