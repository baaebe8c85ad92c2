package io.pentameter.statistics.sampling;

import io.pentameter.statistics.interval.CompensatedSum;
import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.EffectiveSize;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.Mover;
import io.pentameter.statistics.interval.NormalInterval;
import io.pentameter.statistics.interval.Require;
import io.pentameter.statistics.interval.SampleSize;
import io.pentameter.statistics.interval.Warning;
import io.pentameter.statistics.interval.Wilson;
import java.util.ArrayList;
import java.util.List;

/**
 * The default estimator: strata are the classes of equal inclusion probability, whose sizes are counted exactly.
 *
 * <p>{@code m^ = Σ W_h ȳ_h}, {@code W_h = N_h/N}; {@code V^ = Σ W_h² (1-f_h) s_h²/n_h}, {@code f_h = n_h/N_h}, and {@code f_h = 0} for
 * {@link Scope#PROCESS}. A class that was looked at in full adds no sampling error. Source: W. G. Cochran, Sampling Techniques,
 * 3rd ed. 1977, §5.3–5.4 and §5A.9.
 *
 * <p>Rates get the {@link Mover} interval from Wilson's interval of each class (its size divided by {@code 1-f_h}), because
 * {@code s_h² = 0} in an all-pass class does not mean that nothing is uncertain there.
 *
 * <p>Assumes simple random sampling within a class; for sessions of several requests use session means or
 * {@link StratifiedHajek}.
 */
public final class PostStratified {

    /** Name of the method for means and totals in an {@link Estimate}. */
    public static final String METHOD = "post-stratified";

    /** Name of the method for rates in an {@link Estimate}. */
    public static final String RATE_METHOD = "post-stratified-mover-wilson";

    private PostStratified() {}

    /**
     * What is known of a class of any values.
     *
     * @param population {@code N_h}, requests in it, 0 or more
     * @param n          {@code n_h}, requests observed, at most {@code population}
     * @param mean       their mean; ignored if {@code n} is 0
     * @param deviation  their standard deviation with divisor {@code n-1}, 0 or more; ignored if {@code n} is below 2
     */
    public record Stratum(long population, long n, double mean, double deviation) {

        public Stratum {
            Require.atLeast(0, "population", population);
            requireWithin("n", n, population);
            Require.finite("mean", mean);
            Require.notNegative("deviation", deviation);
        }
    }

    /**
     * What is known of a class of passes and failures.
     *
     * @param population {@code N_h}, requests in it, 0 or more
     * @param n          {@code n_h}, requests observed, at most {@code population}
     * @param successes  passes among them, at most {@code n}
     */
    public record RateStratum(long population, long n, long successes) {

        public RateStratum {
            Require.atLeast(0, "population", population);
            requireWithin("n", n, population);
            requireWithin("successes", successes, n);
        }

        double rate() {
            return n == 0 ? 0.5 : (double) successes / n;
        }

        double chance(Scope scope) {
            return population == 0 ? 0 : HorvitzThompson.chance((double) n / population, scope);
        }

        double variance(Scope scope) {
            if (n < 2) {
                return chance(scope) * 0.25; // the most that a rate can vary
            }
            return chance(scope) * rate() * (1 - rate()) / (n - 1);
        }

        Interval interval(Scope scope, Confidence confidence) {
            double chance = chance(scope);
            return chance == 0 ? new Interval(rate(), rate()) : Wilson.ofRate(rate(), n / chance, confidence);
        }
    }

    /**
     * Mean of values without bounds.
     *
     * <p>Classes that hold requests but were not observed are left out, with a warning that says how much traffic that is. Unknown
     * if nothing was observed.
     */
    public static Estimate mean(List<Stratum> strata, Scope scope, Confidence confidence) {
        double observed = strata.stream()
                .filter(stratum -> stratum.n() > 0)
                .mapToDouble(stratum -> (double) stratum.population())
                .sum();
        return observed == 0
                ? Estimate.unknown(Interval.EVERYTHING, confidence, METHOD)
                : estimate(strata, 1 / observed, scope, confidence);
    }

    /** Total of values without bounds over all observed classes; as {@link #mean} otherwise. */
    public static Estimate total(List<Stratum> strata, Scope scope, Confidence confidence) {
        return strata.stream().allMatch(stratum -> stratum.n() == 0)
                ? Estimate.unknown(Interval.EVERYTHING, confidence, METHOD)
                : estimate(strata, 1, scope, confidence);
    }

    /**
     * Share of passes.
     *
     * <p>A class that holds requests but was not observed enters with one half and everything plausible, and a warning. Unknown if
     * nothing was observed.
     */
    public static Estimate rate(List<RateStratum> strata, Scope scope, Confidence confidence) {
        long n = strata.stream().mapToLong(RateStratum::n).sum();
        double population = strata.stream()
                .mapToDouble(stratum -> (double) stratum.population())
                .sum();
        if (n == 0) {
            return Estimate.unknown(Interval.UNIT, confidence, RATE_METHOD);
        }
        List<Mover.Part> parts = new ArrayList<>();
        CompensatedSum variance = new CompensatedSum();
        long unobserved = 0;
        for (RateStratum stratum : strata) {
            double share = stratum.population() / population;
            parts.add(new Mover.Part(share, stratum.rate(), stratum.interval(scope, confidence)));
            variance.add(share * share * stratum.variance(scope));
            unobserved += stratum.n() == 0 ? stratum.population() : 0;
        }
        double rate = Interval.UNIT.nearest(Mover.value(parts));
        double kish = kish(strata);
        return new Estimate(
                rate,
                Math.sqrt(variance.value()),
                Mover.interval(parts).clippedTo(Interval.UNIT),
                confidence,
                RATE_METHOD,
                new SampleSize(n, EffectiveSize.ofRate(rate, variance.value(), n, population, kish), 0),
                unobserved(unobserved, population));
    }

    private static Estimate estimate(List<Stratum> strata, double factor, Scope scope, Confidence confidence) {
        CompensatedSum value = new CompensatedSum();
        CompensatedSum variance = new CompensatedSum();
        long n = 0;
        long unobserved = 0;
        double population = 0;
        List<Warning> warnings = new ArrayList<>();
        for (Stratum stratum : strata) {
            population += stratum.population();
            n += stratum.n();
            if (stratum.n() == 0) {
                unobserved += stratum.population();
                continue;
            }
            double weight = stratum.population() * factor;
            double chance = HorvitzThompson.chance((double) stratum.n() / stratum.population(), scope);
            value.add(weight * stratum.mean());
            if (stratum.n() > 1) {
                double error = weight * stratum.deviation();
                variance.add(chance * error * error / stratum.n());
            } else if (chance > 0) {
                variance.add(Double.POSITIVE_INFINITY);
                warnings.add(
                        new Warning("single-observation", "A class has a single observation; its error is unknown."));
            }
        }
        warnings.addAll(unobserved(unobserved, population));
        double error = Math.sqrt(variance.value());
        return new Estimate(
                value.value(),
                error,
                NormalInterval.of(value.value(), error, confidence),
                confidence,
                METHOD,
                SampleSize.simple(n),
                warnings);
    }

    /** Kish's size when each of the {@code n_h} observations of a class weighs {@code N_h/n_h}. */
    private static double kish(List<RateStratum> strata) {
        double sum = 0;
        double squares = 0;
        for (RateStratum stratum : strata) {
            if (stratum.n() > 0) {
                double weight = (double) stratum.population() / stratum.n();
                sum += weight * stratum.n();
                squares += weight * weight * stratum.n();
            }
        }
        return sum * sum / squares;
    }

    private static List<Warning> unobserved(long requests, double population) {
        return requests == 0
                ? List.of()
                : List.of(new Warning(
                        "stratum-unobserved",
                        "%d of %.0f requests are in classes of which none was looked at."
                                .formatted(requests, population)));
    }

    private static void requireWithin(String name, long value, long most) {
        if (value < 0 || value > most) {
            throw new IllegalArgumentException("%s must be in 0..%d: %d".formatted(name, most, value));
        }
    }
}
