package io.pentameter.statistics.attribution;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Shares capacity that was bought for the largest peak: each step of capacity is paid by those who need it.
 *
 * <pre>peaks rising c_(1) &lt;= … &lt;= c_(n);   player j pays  Σ_{i&lt;=j} (c_(i) - c_(i-1)) / (n-i+1)</pre>
 *
 * <p>The Shapley value of the airport game (Littlechild and Owen, Management Science 20 (1973)), in closed form. Peaks
 * 8, 11, 13, 18 pay 2, 3, 4, 9. For capacity whose price grows with the highest peak; when peaks at different times can
 * share it, split by use instead.
 */
public final class AirportGame {

    private AirportGame() {}

    /**
     * Splits the cost of the capacity.
     *
     * @param cost  of all capacity, a multiple of {@code 10^-scale}
     * @param peaks of each player, 0 or more; if all are 0 nothing is split
     */
    public static Allocation split(BigDecimal cost, List<BigDecimal> peaks, int scale) {
        peaks.forEach(peak -> Decimals.notNegative("peak", peak));
        List<Integer> rising = IntStream.range(0, peaks.size())
                .boxed()
                .sorted(Comparator.comparing(peaks::get))
                .toList();
        List<Rational> values =
                new ArrayList<>(peaks.stream().map(_ -> Rational.ZERO).toList());
        Rational paid = Rational.ZERO;
        Rational below = Rational.ZERO;
        for (int i = 0; i < rising.size(); i++) {
            Rational peak = Rational.of(peaks.get(rising.get(i)));
            paid = paid.plus(peak.minus(below).over(Rational.of(rising.size() - i)));
            below = peak;
            values.set(rising.get(i), paid);
        }
        return Allocation.ofFractions(cost, values, scale);
    }
}
