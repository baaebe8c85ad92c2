package io.pentameter.statistics.sampling;

import io.pentameter.statistics.interval.Require;
import io.pentameter.statistics.interval.Warning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Divides a sample over strata so that the stratified mean is as precise as it can be.
 *
 * <p>{@code n_h ∝ N_h S_h / sqrt(C_h)}, at least the floor and at most {@code N_h}; among those limits the shares stay in proportion,
 * which is optimal under them. Whole numbers by largest remainder. Source: J. Neyman, JRSS 97 (1934), 558–625; W. G. Cochran,
 * Sampling Techniques, 3rd ed. 1977, §5.5 and §5.8.
 *
 * <p>If every {@code S_h} is 0 the shares follow {@code N_h}. A sample smaller than the floors is divided in proportion to them; one
 * larger than the population takes everything.
 *
 * <p>Assumes that the deviations are those of the past weeks. Not to be read as a result: what was drawn decides the
 * estimate.
 */
public final class NeymanAllocation {

    /** Least sample of a stratum unless said otherwise. */
    public static final long USUAL_FLOOR = 10;

    private static final int MOST_HALVINGS = 2_000;

    private NeymanAllocation() {}

    /**
     * A stratum to be sampled.
     *
     * @param population {@code N_h}, 0 or more
     * @param deviation  {@code S_h}, standard deviation within it, 0 or more; for rates see {@link #rateDeviation}
     * @param cost       {@code C_h}, of one observation, above 0
     */
    public record Stratum(long population, double deviation, double cost) {

        public Stratum {
            Require.atLeast(0, "population", population);
            Require.notNegative("deviation", deviation);
            Require.positive("cost", cost);
        }

        /** A stratum whose observations cost as much as elsewhere. */
        public Stratum(long population, double deviation) {
            this(population, deviation, 1);
        }
    }

    /**
     * How the sample is divided.
     *
     * @param exact    optimal sizes before rounding
     * @param whole    sizes to draw, in the order of the strata
     * @param warnings {@code below-floors} or {@code above-population}
     */
    public record Allocation(List<Double> exact, List<Long> whole, List<Warning> warnings) {

        public Allocation {
            exact = List.copyOf(exact);
            whole = List.copyOf(whole);
            warnings = List.copyOf(warnings);
        }
    }

    /** Standard deviation of a rate, pulled towards one half so that an all-pass history does not starve a stratum. */
    public static double rateDeviation(long successes, long n) {
        Require.atLeast(0, "n", n);
        if (successes < 0 || successes > n) {
            throw new IllegalArgumentException("successes must be in 0..%d: %d".formatted(n, successes));
        }
        double rate = (successes + 1.0) / (n + 2.0);
        return Math.sqrt(rate * (1 - rate));
    }

    /**
     * Divides.
     *
     * @param size  observations to divide, 0 or more
     * @param floor least size of a stratum (or all of it), 0 or more
     */
    public static Allocation divide(long size, long floor, List<Stratum> strata) {
        Require.atLeast(0, "size", size);
        Require.atLeast(0, "floor", floor);
        double[] least = strata.stream()
                .mapToDouble(stratum -> (double) Math.min(floor, stratum.population()))
                .toArray();
        double[] most = strata.stream()
                .mapToDouble(stratum -> (double) stratum.population())
                .toArray();
        double atLeast = Arrays.stream(least).sum();
        double atMost = Arrays.stream(most).sum();
        if (size >= atMost) {
            return allocation(most, (long) atMost, size > atMost ? List.of(abovePopulation(size, atMost)) : List.of());
        }
        if (size < atLeast) {
            double[] scaled =
                    Arrays.stream(least).map(one -> one * size / atLeast).toArray();
            return allocation(scaled, size, List.of(belowFloors(size, atLeast)));
        }
        return allocation(optimal(size, strata, least, most), size, List.of());
    }

    /** Variance of the stratified mean without finite-population correction, when the shares follow {@code N_h}. */
    public static double proportionalVariance(long size, List<Stratum> strata) {
        Require.atLeast(1, "size", size);
        double population = population(strata);
        return strata.stream()
                        .mapToDouble(stratum -> stratum.population() / population * square(stratum.deviation()))
                        .sum()
                / size;
    }

    /** Variance of the stratified mean without finite-population correction, when the shares are optimal and costs equal. */
    public static double optimalVariance(long size, List<Stratum> strata) {
        Require.atLeast(1, "size", size);
        double population = population(strata);
        return square(strata.stream()
                        .mapToDouble(stratum -> stratum.population() / population * stratum.deviation())
                        .sum())
                / size;
    }

    private static double[] optimal(long size, List<Stratum> strata, double[] least, double[] most) {
        double[] pull = strata.stream()
                .mapToDouble(stratum -> stratum.population() * stratum.deviation() / Math.sqrt(stratum.cost()))
                .toArray();
        if (Arrays.stream(pull).allMatch(one -> one == 0)) {
            return proportional(size, most, least, most);
        }
        double[] reachable = new double[most.length];
        for (int i = 0; i < most.length; i++) {
            reachable[i] = pull[i] > 0 ? most[i] : least[i];
        }
        double sum = Arrays.stream(reachable).sum();
        if (sum >= size) {
            return proportional(size, pull, least, most);
        }
        // strata that vary are taken whole; what is left goes to those that do not
        return proportional(size, most, reachable, most);
    }

    /** Sizes {@code clamp(λ pull, least, most)} with the λ at which they add up to {@code size}. */
    private static double[] proportional(long size, double[] pull, double[] least, double[] most) {
        boolean[] fixed = new boolean[pull.length];
        double[] sizes = new double[pull.length];
        double factor = factorFor(size, pull, least, most);
        double left = size;
        double pullLeft = 0;
        for (int i = 0; i < pull.length; i++) {
            double wanted = factor * pull[i];
            fixed[i] = wanted <= least[i] || wanted >= most[i];
            sizes[i] = Math.min(most[i], Math.max(least[i], wanted));
            if (fixed[i]) {
                left -= sizes[i];
            } else {
                pullLeft += pull[i];
            }
        }
        for (int i = 0; i < pull.length; i++) {
            if (!fixed[i]) {
                sizes[i] = Math.min(
                        most[i], Math.max(least[i], left * pull[i] / pullLeft)); // exact where the search was near
            }
        }
        return sizes;
    }

    private static double factorFor(long size, double[] pull, double[] least, double[] most) {
        double below = 0;
        double above = 1;
        while (total(above, pull, least, most) < size && above < Double.MAX_VALUE / 4) {
            above *= 2;
        }
        for (int i = 0; i < MOST_HALVINGS; i++) {
            double middle = below + (above - below) / 2;
            if (middle <= below || middle >= above) {
                break;
            }
            if (total(middle, pull, least, most) < size) {
                below = middle;
            } else {
                above = middle;
            }
        }
        return above;
    }

    private static double total(double factor, double[] pull, double[] least, double[] most) {
        double sum = 0;
        for (int i = 0; i < pull.length; i++) {
            sum += Math.min(most[i], Math.max(least[i], factor * pull[i]));
        }
        return sum;
    }

    private static Allocation allocation(double[] exact, long size, List<Warning> warnings) {
        List<Double> sizes = new ArrayList<>();
        Arrays.stream(exact).forEach(sizes::add);
        List<Long> whole = new ArrayList<>();
        Arrays.stream(LargestRemainder.round(exact, size)).forEach(whole::add);
        return new Allocation(sizes, whole, warnings);
    }

    private static double population(List<Stratum> strata) {
        double population = strata.stream()
                .mapToDouble(stratum -> (double) stratum.population())
                .sum();
        return Require.positive("population", population);
    }

    private static double square(double value) {
        return value * value;
    }

    private static Warning belowFloors(long size, double floors) {
        return new Warning(
                "below-floors",
                "The sample of %d is smaller than the floors of the strata, %.0f.".formatted(size, floors));
    }

    private static Warning abovePopulation(long size, double population) {
        return new Warning(
                "above-population",
                "Of a sample of %d only the population of %.0f can be taken.".formatted(size, population));
    }
}
