package io.pentameter.statistics.verification;

import io.pentameter.statistics.interval.ClopperPearson;
import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.Wilson;
import io.pentameter.statistics.verification.Figure.Measured;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/** Exact coverage of the intervals for a rate: no simulation, the binomial distribution is summed. */
final class IntervalCoverageStudy implements Study {

    private static final Confidence CONFIDENCE = Confidence.NINETY_FIVE;
    private static final double[] RATES = {0.8, 0.9, 0.97};
    private static final int[] SIZES = {30, 100, 400};

    @Override
    public String id() {
        return "rate-interval-coverage";
    }

    @Override
    public String area() {
        return "Intervals";
    }

    @Override
    public String shows() {
        return "Share of samples whose 95 % interval holds the true rate, summed exactly over the binomial distribution. Wilson is near 95 %"
                + " on average (over rates 0.01 to 0.99) and moves around it at single rates; Clopper–Pearson never falls below.";
    }

    @Override
    public List<Figure> run(long seed, Effort effort) {
        List<Figure> figures = new ArrayList<>();
        for (int n : SIZES) {
            Interval[] wilson = new Interval[n + 1];
            Interval[] exact = new Interval[n + 1];
            for (int x = 0; x <= n; x++) {
                wilson[x] = Wilson.interval(x, n, CONFIDENCE);
                exact[x] = ClopperPearson.interval(x, n, CONFIDENCE);
            }
            for (double rate : RATES) {
                figures.add(figure(
                        "Wilson, n=%d, rate %s".formatted(n, rate), coverage(wilson, rate), new Interval(0.92, 0.98)));
            }
            double sum = 0;
            double least = 1;
            for (int i = 1; i <= 99; i++) {
                sum += coverage(wilson, i / 100.0);
                least = Math.min(least, coverage(exact, i / 100.0));
            }
            figures.add(figure("Wilson, n=%d, mean over rates".formatted(n), sum / 99, new Interval(0.945, 0.96)));
            figures.add(figure("Clopper–Pearson, n=%d, least".formatted(n), least, new Interval(0.95, 1)));
        }
        return figures;
    }

    private static double coverage(Interval[] intervals, double rate) {
        BinomialDistribution binomial = BinomialDistribution.of(intervals.length - 1, rate);
        double coverage = 0;
        for (int x = 0; x < intervals.length; x++) {
            coverage += intervals[x].holds(rate) ? binomial.probability(x) : 0;
        }
        return coverage;
    }

    private static Figure figure(String what, double coverage, Interval accepted) {
        Measured measured = new Measured(coverage, 0);
        return new Figure(what, "0.95", measured.value(), measured.error(), accepted);
    }
}
