package io.pentameter.statistics.verification;

import io.pentameter.statistics.calibration.LabelPlan;
import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.NormalInterval;
import io.pentameter.statistics.interval.Wilson;
import io.pentameter.statistics.sampling.HorvitzThompson;
import io.pentameter.statistics.sampling.PostStratified;
import io.pentameter.statistics.sampling.ProbabilitySample;
import io.pentameter.statistics.sampling.Scope;
import io.pentameter.statistics.verification.Chart.Axis;
import io.pentameter.statistics.verification.Chart.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/** Writes the pictures of docs/guide/statistics-sampling-and-calibration.md from the output of the code. Argument: directory. */
public final class GuidePictures {

    private static final Confidence CONFIDENCE = Confidence.NINETY_FIVE;

    private GuidePictures() {}

    public static void main(String... args) throws IOException {
        Path directory = Path.of(args[0]).toAbsolutePath();
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("interval-coverage.svg"), coverage().svg());
        Files.writeString(directory.resolve("interval-of-passes.svg"), passes().svg());
        Files.writeString(directory.resolve("labels-for-half-width.svg"), labels().svg());
        Files.writeString(directory.resolve("targeted-sample.svg"), targeted().svg());
    }

    private static Chart coverage() {
        Chart chart = new Chart(
                "How often a \"95 %\" interval holds the true pass rate, 50 labels",
                new Axis("true pass rate", 0.8, 0.995, true, List.of(0.8, 0.85, 0.9, 0.95, 0.99)),
                new Axis("coverage", 0.2, 1, true, List.of(0.2, 0.4, 0.6, 0.8, 0.95)));
        chart.level(0.95);
        chart.line("Wilson", points(rate -> coverage(50, rate, (p, n) -> Wilson.ofRate(p, n, CONFIDENCE))));
        chart.line("textbook (± z se)", points(rate -> coverage(50, rate, GuidePictures::textbook)));
        return chart;
    }

    private static Interval textbook(double rate, int n) {
        return NormalInterval.of(rate, Math.sqrt(rate * (1 - rate) / n), CONFIDENCE);
    }

    private static List<Point> points(DoubleUnaryOperator curve) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i <= 195; i++) {
            double rate = 0.8 + i / 1_000.0;
            points.add(new Point(rate, curve.applyAsDouble(rate)));
        }
        return points;
    }

    private static double coverage(int n, double rate, BiFunction<Double, Integer, Interval> interval) {
        BinomialDistribution binomial = BinomialDistribution.of(n, rate);
        double sum = 0;
        for (int x = 0; x <= n; x++) {
            sum += interval.apply((double) x / n, n).holds(rate) ? binomial.probability(x) : 0;
        }
        return sum;
    }

    private static Chart passes() {
        Chart chart = new Chart(
                "All labels pass: what is still plausible",
                new Axis("human labels, all of them passes", 0, 300, false, List.of(0.0, 30.0, 100.0, 200.0, 300.0)),
                new Axis("pass rate", 0.5, 1, true, List.of(0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)));
        List<Point> lower = new ArrayList<>();
        for (int n = 4; n <= 300; n++) {
            lower.add(new Point(n, Wilson.interval(n, n, CONFIDENCE).low()));
        }
        return chart.line("lower end (Wilson)", lower).level(1);
    }

    private static Chart labels() {
        Chart chart = new Chart(
                "Labels for a pass rate of 90 %, by how well the judge agrees",
                new Axis(
                        "half width of the interval, points", 0.015, 0.06, true, List.of(0.02, 0.03, 0.04, 0.05, 0.06)),
                new Axis("human labels", 0, 1_000, false, List.of(0.0, 100.0, 250.0, 500.0, 750.0, 1_000.0)));
        for (double correlation : new double[] {0, 0.7, 0.9}) {
            List<Point> points = new ArrayList<>();
            for (int i = 19; i <= 60; i++) {
                long labels = LabelPlan.labelsForHalfWidth(0.9, correlation, i / 1_000.0, CONFIDENCE);
                points.add(new Point(i / 1_000.0, (double) Math.min(1_000, labels)));
            }
            chart.line("correlation " + correlation, correlation == 0.9 ? 6 : 0, points);
        }
        return chart.level(100);
    }

    /** One day: 60 000 requests, errors and high risk judged in full, of the rest 0.5 %. */
    private static Chart targeted() {
        Draws draws = new Draws(7);
        int[] requests = {1_200, 3_000, 55_800};
        double[] quality = {0.2, 0.8, 0.93};
        double[] probability = {1, 1, 0.005};
        List<PostStratified.RateStratum> strata = new ArrayList<>();
        double[] values = new double[0];
        double[] probabilities = new double[0];
        double passes = 0;
        for (int c = 0; c < 3; c++) {
            int seen = probability[c] == 1 ? requests[c] : draws.binomial(requests[c], probability[c]);
            int good = draws.binomial(seen, quality[c]);
            strata.add(new PostStratified.RateStratum(requests[c], seen, good));
            values = extended(values, seen, i -> i < good ? 1.0 : 0.0);
            double own = probability[c];
            probabilities = extended(probabilities, seen, _ -> own);
            passes += good;
        }
        var naive = Wilson.ofRate(passes / values.length, values.length, CONFIDENCE);
        var expanded =
                HorvitzThompson.mean(ProbabilitySample.of(values, probabilities), 60_000, Scope.PERIOD, CONFIDENCE);
        var stratified = PostStratified.rate(strata, Scope.PERIOD, CONFIDENCE);
        return new Chart(
                        "One day of targeted sampling, true pass rate 90.9 %",
                        new Axis("estimator", 0, 4, false, List.of()),
                        new Axis("pass rate", 0.6, 1.05, true, List.of(0.6, 0.7, 0.8, 0.9, 1.0)))
                .level(0.9089)
                .whisker(0.7, naive.low(), passes / values.length, naive.high())
                .note(0.7, 0.61, "mean of the sample")
                .whisker(
                        2,
                        expanded.interval().low(),
                        expanded.value(),
                        Math.min(1.05, expanded.interval().high()))
                .note(2, 0.61, "Horvitz–Thompson")
                .whisker(
                        3.3,
                        stratified.interval().low(),
                        stratified.value(),
                        stratified.interval().high())
                .note(3.3, 0.61, "post-stratified");
    }

    private static double[] extended(double[] values, int more, IntToDoubleFunction entry) {
        double[] extended = Arrays.copyOf(values, values.length + more);
        for (int i = 0; i < more; i++) {
            extended[values.length + i] = entry.applyAsDouble(i);
        }
        return extended;
    }
}
