package io.pentameter.statistics.verification;

import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.monitoring.comparison.ECusum;
import io.pentameter.statistics.monitoring.detector.BetGrid;
import io.pentameter.statistics.monitoring.detector.Bets;
import io.pentameter.statistics.monitoring.detector.CalendarDetector;
import io.pentameter.statistics.monitoring.detector.Direction;
import io.pentameter.statistics.monitoring.detector.HourEvidence;
import io.pentameter.statistics.monitoring.detector.ObservationDetector;
import io.pentameter.statistics.verification.Figure.Measured;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.rng.simple.RandomSource;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.ContinuousDistribution;

/** Time to false alarm and delay of the e-detectors. */
final class DetectorStudies {

    private static final String AREA = "Monitoring";
    private static final Bets NINE_TENTHS = BetGrid.POINTS.againstRate(Direction.DROP, 0.9);

    private DetectorStudies() {}

    static List<Study> all() {
        return List.of(
                new Simulation(
                        "e-detector-arl",
                        AREA,
                        "Mean time to false alarm of a detector at its null: pass rate .9, null .9. The promise is A or more.",
                        DetectorStudies::falseAlarms),
                new Simulation(
                        "e-detector-delay",
                        AREA,
                        "Units from the change to the alarm, after 1000 units at .9. Runs with a false alarm before the change"
                                + " are left out.",
                        DetectorStudies::delays),
                new Simulation(
                        "e-detector-baseline-error-and-correlation",
                        AREA,
                        "What breaks the promise: a null above the true mean, and units that are alike within sessions"
                                + " (correlation .3, five items each); A = 1000 units, or 200 sessions.",
                        DetectorStudies::preconditions),
                new Simulation(
                        "seasonal-volume-arl",
                        AREA,
                        "Calendar detector, A = 20 days, true mean at the hour's null; volume of a working day (0 to 40 units an hour),"
                                + " null means that follow the hour, session units with correlation inside.",
                        DetectorStudies::seasonal));
    }

    private static List<Figure> falseAlarms(long seed, Effort effort) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Figure> figures = new ArrayList<>();
        double[][] published = {{100, 119.2}, {500, 569}, {1000, 1173}};
        for (double[] row : published) {
            Tally tally = new Tally();
            for (int run = effort.of(2000); run > 0; run--) {
                tally.add(timeToAlarm(row[0], NINE_TENTHS, _ -> random.nextDouble() < 0.9 ? 1 : 0));
            }
            String what = "e-SR, A = %.0f units: mean units".formatted(row[0]);
            figures.add(Figure.near(what, row[1], 0.1 * row[1], tally.mean()));
            figures.add(Figure.atLeast(what, row[0], tally.mean()));
        }
        Tally cusum = new Tally();
        for (int run = effort.of(200); run > 0; run--) {
            ECusum detector = new ECusum(5);
            int t = 0;
            while (detector.level() < 100 && t < 4000) {
                detector.add(random.nextDouble() < 0.9 ? 1 : 0, NINE_TENTHS);
                t++;
            }
            cusum.add(t);
        }
        figures.add(Figure.atLeast("e-CUSUM, A = 100, cut off at 4000: mean units", 2900, cusum.mean()));
        Tally calendar = new Tally();
        for (int run = effort.of(400); run > 0; run--) {
            CalendarDetector detector = CalendarDetector.startingAt(0, 5);
            while (!detector.alarms(30)) {
                HourEvidence hour = new HourEvidence(NINE_TENTHS);
                for (int unit = 0; unit < 4; unit++) {
                    hour.add(random.nextDouble() < 0.9 ? 1 : 0);
                }
                detector = detector.closeHour(detector.nextHour(), hour);
            }
            calendar.add(detector.elapsed().toHours() / 24.0);
        }
        figures.add(Figure.atLeast(
                "calendar e-SR, A = 30 days, 4 units an hour: mean days (51 published, its volume not)",
                30,
                calendar.mean()));
        return figures;
    }

    private static double timeToAlarm(double threshold, Bets bets, ToDoubleFunction<Integer> scores) {
        ObservationDetector detector = new ObservationDetector(bets.size());
        int t = 0;
        while (!detector.alarms(threshold)) {
            t++;
            detector.offer(t, scores.applyAsDouble(t), bets);
        }
        return t;
    }

    private static List<Figure> delays(long seed, Effort effort) {
        double[][] rows = {
            {0.9, 1e4, 0.873, 711, 1426},
            {0.9, 1e4, 0.855, 334, 642},
            {0.9, 1e4, 0.8, 122, 225},
            {0.9, 1e5, 0.873, 1372, 2501},
            {0.9, 1e5, 0.855, 602, 1045},
            {0.89, 1e4, 0.873, 1493, 2963},
            {0.89, 1e4, 0.855, 532, 996}
        };
        SplittableRandom random = new SplittableRandom(seed);
        List<Figure> figures = new ArrayList<>();
        for (double[] row : rows) {
            Bets bets = BetGrid.POINTS.againstRate(Direction.DROP, row[0]);
            double[] delays = delays(
                    effort.of(1000), row[1], bets, t -> random.nextDouble() < (t <= 1000 ? 0.9 : row[2]) ? 1 : 0);
            String what = "pass/fail, null %s, A = %.0f, to %s".formatted(row[0], row[1], row[2]);
            figures.addAll(delayFigures(what, delays, row[3], row[4]));
        }
        for (double[] row : new double[][] {{0.873, 205, 361}, {0.855, 93, 157}}) {
            var source = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
            ContinuousDistribution.Sampler before = beta(0.9).createSampler(source);
            ContinuousDistribution.Sampler after = beta(row[0]).createSampler(source);
            double[] delays = delays(
                    effort.of(1000),
                    1e4,
                    BetGrid.POINTS.against(Direction.DROP, 0.9, 0.0225),
                    t -> (t <= 1000 ? before : after).sample());
            figures.addAll(delayFigures("score with sd .15, null .9, A = 10000, to " + row[0], delays, row[1], row[2]));
        }
        return figures;
    }

    /** Scores with this mean and standard deviation .15. */
    private static BetaDistribution beta(double mean) {
        double size = mean * (1 - mean) / 0.0225 - 1;
        return BetaDistribution.of(mean * size, (1 - mean) * size);
    }

    private static double[] delays(int runs, double threshold, Bets bets, ToDoubleFunction<Integer> scores) {
        return IntStream.range(0, runs)
                .mapToDouble(_ -> timeToAlarm(threshold, bets, scores) - 1000)
                .filter(delay -> delay > 0)
                .sorted()
                .toArray();
    }

    private static List<Figure> delayFigures(String what, double[] sorted, double mean, double p90) {
        Tally tally = new Tally();
        Arrays.stream(sorted).forEach(tally::add);
        double at90 = sorted[(int) (0.9 * (sorted.length - 1))];
        double errorAt90 = 1.7 * tally.spread().value() / Math.sqrt((double) sorted.length);
        return List.of(
                // the published means come from 400 runs: their own error is some 4 %
                Figure.near(what + ": mean delay", mean, 0.1 * mean, tally.mean()),
                Figure.near(what + ": 90 % within", p90, 0.1 * p90, new Measured(at90, errorAt90)));
    }

    private static List<Figure> preconditions(long seed, Effort effort) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Figure> figures = new ArrayList<>();
        double[][] rows = {{0.91, 2693}, {0.905, 1723}, {0.9, 1225}, {0.895, 795}, {0.8933, 760}, {0.89, 672}};
        for (double[] row : rows) {
            Tally tally = new Tally();
            for (int run = effort.of(800); run > 0; run--) {
                tally.add(timeToAlarm(1000, NINE_TENTHS, _ -> random.nextDouble() < row[0] ? 1 : 0));
            }
            figures.add(Figure.near("true mean %s: mean units".formatted(row[0]), row[1], 0.12 * row[1], tally.mean()));
        }
        Tally items = new Tally();
        for (int run = effort.of(800); run > 0; run--) {
            double[] session = new double[1];
            items.add(timeToAlarm(1000, NINE_TENTHS, t -> {
                session[0] = t % 5 == 1 ? sessionRate(random) : session[0];
                return random.nextDouble() < session[0] ? 1 : 0;
            }));
        }
        figures.add(Figure.near("correlated items as units: mean units", 415, 0.12 * 415, items.mean()));
        Bets sessions = BetGrid.POINTS.against(Direction.DROP, 0.9, 0.09 * (1 + 4 * 0.3) / 5);
        Tally means = new Tally();
        for (int run = effort.of(800); run > 0; run--) {
            means.add(timeToAlarm(200, sessions, _ -> sessionMean(random)));
        }
        figures.add(Figure.near("sessions as units, A = 200: mean sessions", 242, 0.12 * 242, means.mean()));
        figures.add(Figure.atLeast("sessions as units, A = 200: mean sessions", 200, means.mean()));
        return figures;
    }

    /** Pass rate of a session: beta with mean .9 and correlation .3 between its items. */
    private static double sessionRate(SplittableRandom random) {
        double size = 1 / 0.3 - 1;
        return BetaDistribution.of(0.9 * size, 0.1 * size).inverseCumulativeProbability(random.nextDouble());
    }

    private static double sessionMean(SplittableRandom random) {
        double rate = sessionRate(random);
        return random.doubles(5).filter(u -> u < rate).count() / 5.0;
    }

    private static List<Figure> seasonal(long seed, Effort effort) {
        SplittableRandom random = new SplittableRandom(seed);
        Tally days = new Tally();
        for (int run = effort.of(300); run > 0; run--) {
            CalendarDetector detector = CalendarDetector.startingAt(0, 5);
            while (!detector.alarms(20)) {
                long hour = detector.nextHour();
                double shift = hour % 24 < 7 ? -0.05 : 0;
                HourEvidence evidence =
                        new HourEvidence(BetGrid.POINTS.against(Direction.DROP, 0.9 + shift, 0.09 * 2.2 / 5));
                for (int unit = volume(hour, random); unit > 0; unit--) {
                    double mean = sessionMean(random);
                    // failing a tenth of a session's items more or less keeps the mean of the hour exact
                    evidence.add(mean * (0.9 + shift) / 0.9);
                }
                detector = detector.closeHour(hour, evidence);
            }
            days.add(detector.elapsed().toHours() / 24.0);
        }
        return List.of(new Figure(
                "mean days to false alarm",
                ">= 20",
                days.mean().value(),
                days.mean().error(),
                new Interval(20, Double.POSITIVE_INFINITY)));
    }

    private static int volume(long hour, SplittableRandom random) {
        boolean weekend = hour / 24 % 7 >= 5;
        double level = weekend ? 2 : 20 * Math.max(0, Math.sin(Math.PI * (hour % 24 - 6) / 14.0));
        return (int) (random.nextDouble() * 2 * level + 0.5);
    }
}
