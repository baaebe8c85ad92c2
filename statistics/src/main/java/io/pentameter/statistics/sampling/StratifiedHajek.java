package io.pentameter.statistics.sampling;

import io.pentameter.statistics.interval.CompensatedSum;
import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.EffectiveSize;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.NormalInterval;
import io.pentameter.statistics.interval.Require;
import io.pentameter.statistics.interval.SampleSize;
import io.pentameter.statistics.interval.Warning;
import io.pentameter.statistics.interval.Wilson;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The weighted mean of clustered observations, in one or more strata that were sampled separately.
 *
 * <p>Linearised (Taylor) variance with the cluster as the unit: with {@code e_c = Σ_{i in c} (y_i - m^)/π_i},
 * {@code V^ = Σ_h (1-f_h) C_h/(C_h-1) Σ_c (e_c - ē_h)² / N^²}, {@code f_h = C_h/M_h} where the number of clusters {@code M_h} of the
 * stratum is known, else 0. One stratum without {@code M_h} is the clustered estimator for sessions. Source: D. A. Binder,
 * International Statistical Review 51 (1983), 279–292; it is what R's package survey computes.
 *
 * <p>A stratum with a single cluster has no spread of its own: its residual is taken about the overall mean, with a warning. If there is
 * no other cluster at all, the error is infinite.
 *
 * <p>Not for a handful of clusters: the error is then itself a guess; with one it is unknown.
 */
public final class StratifiedHajek {

    /** Name of the method in an {@link Estimate}. */
    public static final String METHOD = "stratified-hajek";

    private StratifiedHajek() {}

    /**
     * One stratum.
     *
     * @param sample     its observations
     * @param population number of clusters in it, at least those observed; empty if unknown or if the process is meant
     */
    public record Stratum(ProbabilitySample sample, OptionalLong population) {

        public Stratum {
            if (population.isPresent()) {
                Require.atLeast(sample.clusterCount(), "population", population.getAsLong());
            }
        }

        double chance() {
            return population.isPresent() ? 1 - (double) sample.clusterCount() / population.getAsLong() : 1;
        }
    }

    /** Mean of clustered values without bounds, about the process. */
    public static Estimate mean(ProbabilitySample sample, Confidence confidence) {
        return mean(List.of(new Stratum(sample, OptionalLong.empty())), confidence);
    }

    /** Mean of values without bounds, with the interval {@code ± z} standard errors; unknown if all samples are empty. */
    public static Estimate mean(List<Stratum> strata, Confidence confidence) {
        if (observations(strata) == 0) {
            return Estimate.unknown(Interval.EVERYTHING, confidence, METHOD);
        }
        double mean = value(strata);
        boolean isAlone = clusters(strata) == 1 && strata.stream().anyMatch(StratifiedHajek::isGuess);
        double error = isAlone ? Double.POSITIVE_INFINITY : Math.sqrt(variance(strata, mean));
        return new Estimate(
                mean,
                error,
                NormalInterval.of(mean, error, confidence),
                confidence,
                METHOD,
                new SampleSize(observations(strata), clusters(strata), 0),
                warnings(strata));
    }

    /**
     * Mean of clustered values in 0..1, with Wilson's interval at the effective size; unknown if all samples are empty.
     *
     * <p>Where the mean is 0 or 1 the number of clusters is the effective size.
     */
    public static Estimate rate(List<Stratum> strata, Confidence confidence) {
        strata.forEach(stratum -> stratum.sample().requireUnitValues());
        long n = observations(strata);
        if (n == 0) {
            return Estimate.unknown(Interval.UNIT, confidence, METHOD);
        }
        double mean = Interval.UNIT.nearest(value(strata));
        double variance = variance(strata, mean);
        // one big cluster is one observation: the floor of half the sample does not apply
        double effective = mean > 0 && mean < 1 && variance > 0
                ? Math.min((double) n, mean * (1 - mean) / variance)
                : Math.min(kish(strata), clusters(strata));
        return new Estimate(
                mean,
                Math.sqrt(variance),
                Wilson.ofRate(mean, effective, confidence),
                confidence,
                METHOD,
                new SampleSize(n, effective, 0),
                warnings(strata));
    }

    private static double value(List<Stratum> strata) {
        CompensatedSum total = new CompensatedSum();
        strata.forEach(stratum -> total.add(stratum.sample().weightedTotal()));
        return total.value() / population(strata);
    }

    private static double variance(List<Stratum> strata, double mean) {
        CompensatedSum sum = new CompensatedSum();
        for (Stratum stratum : strata) {
            sum.add(stratum.chance() * spread(stratum.sample().clusterResiduals(mean)));
        }
        double population = population(strata);
        return sum.value() / population / population;
    }

    private static double spread(double[] residuals) {
        int count = residuals.length;
        if (count == 0) {
            return 0;
        }
        double centre = count == 1 ? 0 : CompensatedSum.of(residuals) / count;
        CompensatedSum squares = new CompensatedSum();
        for (double residual : residuals) {
            squares.add((residual - centre) * (residual - centre));
        }
        return squares.value() * count / Math.max(1, count - 1);
    }

    private static double population(List<Stratum> strata) {
        return strata.stream()
                .mapToDouble(stratum -> stratum.sample().estimatedPopulation())
                .sum();
    }

    private static long observations(List<Stratum> strata) {
        return strata.stream().mapToLong(stratum -> stratum.sample().size()).sum();
    }

    private static double clusters(List<Stratum> strata) {
        return strata.stream()
                .mapToDouble(stratum -> stratum.sample().clusterCount())
                .sum();
    }

    private static double kish(List<Stratum> strata) {
        return EffectiveSize.kish(strata.stream()
                .flatMapToDouble(stratum -> stratum.sample().weights())
                .toArray());
    }

    private static boolean isGuess(Stratum stratum) {
        return stratum.sample().clusterCount() == 1 && stratum.chance() > 0;
    }

    private static List<Warning> warnings(List<Stratum> strata) {
        List<Warning> warnings = new ArrayList<>();
        long single = strata.stream().filter(StratifiedHajek::isGuess).count();
        if (single > 0) {
            warnings.add(new Warning(
                    "single-cluster",
                    "%d of %d strata have a single cluster; their error is a guess.".formatted(single, strata.size())));
        }
        return warnings;
    }
}
