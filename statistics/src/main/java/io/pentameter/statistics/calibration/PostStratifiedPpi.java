package io.pentameter.statistics.calibration;

import io.pentameter.statistics.interval.CompensatedSum;
import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.Mover;
import io.pentameter.statistics.interval.SampleSize;
import io.pentameter.statistics.interval.Warning;
import io.pentameter.statistics.interval.Wilson;
import io.pentameter.statistics.sampling.PostStratified;
import io.pentameter.statistics.sampling.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The default correction of a binary judge: human pass rates within each verdict, put together with the shares of the verdicts.
 *
 * <p>{@code θ = Σ_c W_c [(1-p_c) μ_c0 + p_c μ_c1]} with {@code μ_cv} the human pass rate among class {@code c} and verdict {@code v}
 * and {@code p_c} the share that the judge passed. Interval: {@link Mover} over {@code μ_c0}, {@code μ_c1} and {@code p_c} (left out
 * where everything was judged), each with Wilson's interval. For a binary judge this is PPI++ at its best λ, and the efficient
 * influence function estimator (A. Angelopoulos, J. Duchi, T. Zrnic, arXiv 2311.01453; Chen et al., arXiv 2601.05420). Measured
 * coverage 0.949–0.962 where the textbook interval of PPI++ has 0.31–0.94; see docs/statistics-verification.md.
 *
 * <p>A cell with fewer than {@value #LEAST_IN_CELL} labels takes the rate of its verdict over all classes; the interval follows where
 * those labels really come from. A cell without any label to borrow enters with one half and everything plausible.
 *
 * <p>Assumes that labels are random within class and verdict, and come from the period and traffic they speak for. From another
 * tenant or period: {@link RoganGladen}. Graded scores: {@link PpiPlusPlus}.
 */
public final class PostStratifiedPpi {

    /** Name of the method in an {@link Estimate}. */
    public static final String METHOD = "post-stratified-ppi-mover-wilson";

    /** Labels below which a cell borrows from the other classes. */
    public static final long LEAST_IN_CELL = 5;

    /** What all traffic counts as where only proportions matter. */
    private static final double SCALE = 1e15;

    private PostStratifiedPpi() {}

    /** How the labelled answers were chosen. */
    public enum LabelDesign {
        /** At random within each class, without regard to the verdict; then the labels alone are an estimate too. */
        RANDOM,
        /** So many of each verdict. */
        BY_VERDICT
    }

    /** Estimates from independent answers. */
    public static Debiased estimate(List<VerdictClass> classes, LabelDesign design, Confidence confidence) {
        return estimate(classes, design, 1, confidence);
    }

    /**
     * Estimates from answers in sessions.
     *
     * @param classes      all classes of the traffic; those without a request are ignored
     * @param designEffect by how much clustering multiplies variances, 1 or more; every size is divided by it
     */
    public static Debiased estimate(
            List<VerdictClass> classes, LabelDesign design, double designEffect, Confidence confidence) {
        if (!(designEffect >= 1 && designEffect < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("designEffect must be 1 or more: " + designEffect);
        }
        double population =
                classes.stream().mapToDouble(VerdictClass::population).sum();
        List<VerdictClass> present =
                classes.stream().filter(one -> one.population() > 0).toList();
        long judged = present.stream().mapToLong(VerdictClass::judged).sum();
        if (judged == 0) {
            return new Debiased(
                    JudgeOnly.nothing(),
                    Estimate.unknown(Interval.UNIT, confidence, METHOD),
                    Optional.empty(),
                    List.of(new Warning("not-judged", "No answer was judged.")));
        }
        double passShare = CompensatedSum.of(present.stream()
                .mapToDouble(one -> one.population() / population * one.passShare())
                .toArray());
        return new Debiased(
                new JudgeOnly(Interval.UNIT.nearest(passShare), judged),
                new Parts(present, population, designEffect, confidence).estimate(judged),
                humanOnly(present, population, design, confidence),
                List.of());
    }

    private static Optional<Estimate> humanOnly(
            List<VerdictClass> classes, double population, LabelDesign design, Confidence confidence) {
        return switch (design) {
            case BY_VERDICT -> Optional.empty();
            case RANDOM ->
                Optional.of(PostStratified.rate(
                        classes.stream().map(one -> labelsOf(one, population)).toList(), Scope.PROCESS, confidence));
        };
    }

    private static PostStratified.RateStratum labelsOf(VerdictClass one, double population) {
        LabelCell both = one.onFail().plus(one.onPass());
        // only proportions of the populations count; scaled so that none is smaller than its labels
        long scaled = Math.round(one.population() / population * SCALE);
        return new PostStratified.RateStratum(Math.max(both.labels(), scaled), both.labels(), both.passes());
    }

    /** The terms of the sum, with their variances and what is to be said about them. */
    private static final class Parts {

        private final double population;
        private final double designEffect;
        private final Confidence confidence;
        private final List<Mover.Part> parts = new ArrayList<>();
        private final CompensatedSum variance = new CompensatedSum();
        private final List<Warning> warnings = new ArrayList<>();
        private long labels;

        Parts(List<VerdictClass> classes, double population, double designEffect, Confidence confidence) {
            this.population = population;
            this.designEffect = designEffect;
            this.confidence = confidence;
            double[] failRates = addRates(classes, false);
            double[] passRates = addRates(classes, true);
            for (int c = 0; c < classes.size(); c++) {
                addShare(classes.get(c), passRates[c] - failRates[c]);
            }
        }

        Estimate estimate(long judged) {
            double value = Interval.UNIT.nearest(Mover.value(parts));
            double spread = variance.value();
            double effective =
                    spread > 0 && value > 0 && value < 1 ? value * (1 - value) / spread : labels / designEffect;
            return new Estimate(
                    value,
                    Math.sqrt(spread),
                    Mover.interval(parts).clippedTo(Interval.UNIT),
                    confidence,
                    METHOD,
                    new SampleSize(judged, effective, labels),
                    warnings);
        }

        /** Adds the human pass rates of one verdict and returns them by class. */
        private double[] addRates(List<VerdictClass> classes, boolean pass) {
            LabelCell all = LabelCell.EMPTY;
            LabelCell small = LabelCell.EMPTY;
            double borrowed = 0; // traffic whose rate is that of all classes together
            for (VerdictClass one : classes) {
                LabelCell cell = one.on(pass);
                all = all.plus(cell);
                if (isSmall(cell)) {
                    small = small.plus(cell);
                    borrowed += traffic(one, pass);
                }
            }
            labels += all.labels();
            double[] rates = new double[classes.size()];
            for (int c = 0; c < rates.length; c++) {
                VerdictClass one = classes.get(c);
                LabelCell cell = one.on(pass);
                if (isSmall(cell)) {
                    rates[c] = all.rate();
                } else {
                    rates[c] = cell.rate();
                    add(traffic(one, pass) + borrowed * cell.labels() / all.labels(), cell);
                }
            }
            if (borrowed > 0) {
                add(all.labels() == 0 ? borrowed : borrowed * small.labels() / all.labels(), small);
                warnOf(pass, borrowed, all);
            }
            return rates;
        }

        private void addShare(VerdictClass one, double difference) {
            if (one.isCensus() && one.judged() > 0) {
                return; // exact
            }
            double coefficient = one.population() / population * difference;
            Interval interval = Wilson.ofRate(one.passShare(), one.judged() / designEffect, confidence);
            if (coefficient != 0) {
                // its own value is counted in the coefficients of the rates; only its spread is missing
                parts.add(new Mover.Part(coefficient, 0, around(one.passShare(), interval)));
                variance.add(coefficient * coefficient * shareVariance(one));
            }
        }

        private double shareVariance(VerdictClass one) {
            return new LabelCell(one.judged(), one.passed()).variance() * designEffect;
        }

        private void add(double coefficient, LabelCell cell) {
            if (coefficient != 0) {
                parts.add(new Mover.Part(coefficient, cell.rate(), cell.interval(confidence, designEffect)));
                variance.add(coefficient * coefficient * cell.variance() * designEffect);
            }
        }

        private void warnOf(boolean pass, double borrowed, LabelCell all) {
            String verdict = pass ? "passed" : "failed";
            String code = all.labels() == 0 ? "cell-unlabelled" : "cell-borrowed";
            String sentence = all.labels() == 0
                    ? "%.1f %% of traffic was %s by the judge and no such answer has a label."
                    : "%.1f %% of traffic was %s by the judge in classes with too few labels; all classes stand in.";
            warnings.add(new Warning(code, String.format(Locale.ROOT, sentence, 100 * borrowed, verdict)));
        }

        private double traffic(VerdictClass one, boolean pass) {
            return one.population() / population * one.share(pass);
        }

        private static boolean isSmall(LabelCell cell) {
            return cell.labels() < LEAST_IN_CELL;
        }

        private static Interval around(double value, Interval interval) {
            return new Interval(Math.min(0, interval.low() - value), Math.max(0, interval.high() - value));
        }
    }
}
