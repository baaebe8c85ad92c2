package io.pentameter.statistics.calibration;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.Require;
import io.pentameter.statistics.interval.SampleSize;
import io.pentameter.statistics.interval.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The pass rate behind a judge whose errors were measured elsewhere: Rogan and Gladen's estimator with Lang and Reiczigel's interval.
 *
 * <p>{@code θ = (p + Sp - 1)/(Se + Sp - 1)}. The interval shifts each rate a little towards one half ({@code p~}, {@code Se~}, {@code Sp~}) and
 * adds {@code d = 2z²[-(1-θ~) Sp~(1-Sp~)/m₀~ + θ~ Se~(1-Se~)/m₁~]} to its centre. Source: W. J. Rogan, B. Gladen, American Journal of
 * Epidemiology 107 (1978), 71–76; Z. Lang, J. Reiczigel, Preventive Veterinary Medicine 113 (2014), 13–22.
 *
 * <p>For labels from another tenant or period, when what the judge gets right of passes and of failures stays the same while their shares
 * move. For labels of the same period and traffic {@link PostStratifiedPpi} is more precise. When the two differ by more than two
 * errors ({@link #disagreement}), that is a drift alarm by itself. A judge with {@code Se + Sp <= 1.1} is blocked as uninformative.
 */
public final class RoganGladen {

    /** Name of the method in an {@link Estimate}. */
    public static final String METHOD = "rogan-gladen-lang-reiczigel";

    /** Sensitivity and specificity together must exceed this; 1 is a coin. */
    public static final double LEAST_INFORMATION = 1.1;

    private RoganGladen() {}

    /**
     * How often the judge is right.
     *
     * @param specificity share of human failures that the judge fails, 0 to 1
     * @param failures    human failures on which that was measured, 1 or more
     * @param sensitivity share of human passes that the judge passes, 0 to 1
     * @param passes      human passes on which that was measured, 1 or more
     */
    public record Accuracy(double specificity, long failures, double sensitivity, long passes) {

        public Accuracy {
            Require.share("specificity", specificity);
            Require.atLeast(1, "failures", failures);
            Require.share("sensitivity", sensitivity);
            Require.atLeast(1, "passes", passes);
        }

        /** Youden's index: 0 is a coin, 1 is perfect. */
        double information() {
            return sensitivity + specificity - 1;
        }
    }

    /**
     * How many labels to spend on each side.
     *
     * @param failures labels on human failures
     * @param passes   labels on human passes
     */
    public record Allocation(long failures, long passes) {}

    /**
     * Estimates.
     *
     * @param share  share that the judge passed, 0 to 1
     * @param judged answers that it judged, 1 or more
     */
    public static Debiased estimate(double share, long judged, Accuracy accuracy, Confidence confidence) {
        Require.share("share", share);
        Require.atLeast(1, "judged", judged);
        double information = accuracy.information();
        boolean isUninformative = information + 1 <= LEAST_INFORMATION;
        double value = information == 0
                ? Double.NaN
                : Interval.UNIT.nearest((share + accuracy.specificity() - 1) / information);
        Adjusted adjusted = new Adjusted(share, judged, accuracy, confidence.z());
        long labels = accuracy.failures() + accuracy.passes();
        double error = adjusted.standardError();
        double effective = value > 0 && value < 1 && Double.isFinite(error) ? value * (1 - value) / error / error : 0;
        Interval interval = isUninformative ? Interval.UNIT : adjusted.interval();
        Estimate estimate = new Estimate(
                value, error, interval, confidence, METHOD, new SampleSize(judged, effective, labels), List.of());
        List<Warning> blocks = new ArrayList<>();
        if (isUninformative) {
            blocks.add(new Warning(
                    "judge-uninformative",
                    String.format(
                            Locale.ROOT,
                            "Sensitivity %.3f and specificity %.3f together are not above %.1f: the judge tells no more than a coin.",
                            accuracy.sensitivity(),
                            accuracy.specificity(),
                            LEAST_INFORMATION)));
        }
        return new Debiased(new JudgeOnly(share, judged), estimate, Optional.empty(), blocks);
    }

    /**
     * Divides a calibration budget between human failures and passes.
     *
     * <p>{@code m₁ = m/(1 + (1/p - 1) sqrt κ)} with {@code κ = (k(1-q₀)+1)/(k(1-q₁)+1)}, each side at least the pilot. Source: Lee et al.,
     * arXiv 2511.21140.
     *
     * @param labels      {@code m}, to divide, at least twice {@code pilot}
     * @param share       {@code p}, that the judge passed, 0 to 1
     * @param specificity {@code q₀} of the pilot, 0 to 1
     * @param sensitivity {@code q₁} of the pilot, 0 to 1
     * @param pilot       {@code k}, labels of the pilot, 0 or more; with 0 the rates count as given
     */
    public static Allocation allocate(long labels, double share, double specificity, double sensitivity, long pilot) {
        Require.share("share", share);
        Require.share("specificity", specificity);
        Require.share("sensitivity", sensitivity);
        Require.atLeast(0, "pilot", pilot);
        Require.atLeast(Math.max(1, 2 * pilot), "labels", labels);
        double smallest = 1e-6;
        double ratio = pilot == 0
                ? (1 - specificity) / (1 - Math.min(sensitivity, 1 - smallest))
                : (pilot * (1 - specificity) + 1) / (pilot * (1 - sensitivity) + 1);
        double wanted =
                share < smallest ? (double) (labels - pilot) : labels / (1 + (1 / share - 1) * Math.sqrt(ratio));
        long passes = Math.max(pilot, Math.round(Math.min((double) (labels - pilot), wanted)));
        return new Allocation(labels - passes, passes);
    }

    /** What to tell when this estimate and one from labels of the same period differ by more than two errors; else empty. */
    public static Optional<Warning> disagreement(Debiased roganGladen, Debiased samePeriod) {
        Estimate one = roganGladen.estimate();
        Estimate other = samePeriod.estimate();
        double apart = Math.abs(one.value() - other.value());
        double error = Math.hypot(one.standardError(), other.standardError());
        return apart > 2 * error
                ? Optional.of(new Warning(
                        "calibration-shift",
                        String.format(
                                Locale.ROOT,
                                "Labels of this period and the judge's known errors differ by %.1f points, %.1f errors.",
                                100 * apart,
                                apart / error)))
                : Optional.empty();
    }

    /** Lang and Reiczigel's shifted rates. */
    private static final class Adjusted {

        private final double z;
        private final double information;
        private final double value;
        private final double ofShare;
        private final double ofFailures;
        private final double ofPasses;

        Adjusted(double share, long judged, Accuracy accuracy, double z) {
            this.z = z;
            double n = judged + z * z;
            double p = (judged * share + z * z / 2) / n;
            double failures = accuracy.failures() + 2.0;
            double passes = accuracy.passes() + 2.0;
            double specificity = (accuracy.failures() * accuracy.specificity() + 1) / failures;
            double sensitivity = (accuracy.passes() * accuracy.sensitivity() + 1) / passes;
            information = sensitivity + specificity - 1;
            value = (p + specificity - 1) / information; // outside of 0..1 it still places the interval
            ofShare = p * (1 - p) / n;
            ofFailures = specificity * (1 - specificity) / failures;
            ofPasses = sensitivity * (1 - sensitivity) / passes;
        }

        double standardError() {
            if (!(information > 0)) {
                return Double.POSITIVE_INFINITY;
            }
            return Math.sqrt(ofShare + (1 - value) * (1 - value) * ofFailures + value * value * ofPasses) / information;
        }

        Interval interval() {
            if (!(information > 0)) {
                return Interval.UNIT;
            }
            double shift = 2 * z * z * (-(1 - value) * ofFailures + value * ofPasses);
            double reach = z * standardError();
            return new Interval(value + shift - reach, value + shift + reach).clippedTo(Interval.UNIT);
        }
    }
}
