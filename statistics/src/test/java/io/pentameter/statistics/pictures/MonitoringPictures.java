package io.pentameter.statistics.pictures;

import io.pentameter.statistics.attribution.CostChange;
import io.pentameter.statistics.attribution.Usage;
import io.pentameter.statistics.drift.PopulationStability;
import io.pentameter.statistics.forecast.SpendForecast;
import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.Wilson;
import io.pentameter.statistics.monitoring.detector.BetGrid;
import io.pentameter.statistics.monitoring.detector.Bets;
import io.pentameter.statistics.monitoring.detector.CalendarDetector;
import io.pentameter.statistics.monitoring.detector.Direction;
import io.pentameter.statistics.monitoring.detector.HourEvidence;
import io.pentameter.statistics.monitoring.sequence.RateSequence;
import io.pentameter.statistics.quantile.LogBuckets;
import io.pentameter.statistics.slo.BurnPolicy;
import io.pentameter.statistics.slo.BurnWindow;
import io.pentameter.statistics.slo.ErrorBudget;
import io.pentameter.statistics.slo.Target;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Writes the pictures of {@code docs/guide/statistics-monitoring.md} into the folder given as the only argument. */
public final class MonitoringPictures {

    private MonitoringPictures() {}

    public static void main(String... args) throws IOException {
        if (args.length != 1) {
            throw new IllegalArgumentException("arguments must be one folder: " + Arrays.toString(args));
        }
        Path folder = Path.of(args[0]);
        Files.createDirectories(folder);
        for (Map.Entry<String, Chart> picture : Map.of(
                        "monitoring-sequence", sequence(),
                        "monitoring-detector", detector(),
                        "monitoring-psi", stability(),
                        "monitoring-percentile", percentile(),
                        "monitoring-burn", burn(),
                        "monitoring-forecast", forecast(),
                        "monitoring-cost-change", costChange())
                .entrySet()) {
            Files.writeString(
                    folder.resolve(picture.getKey() + ".svg"),
                    picture.getValue().svg());
        }
    }

    private static Chart sequence() {
        SplittableRandom random = new SplittableRandom(10);
        int n = 1000;
        long passed = 0;
        double[] x = positions(n);
        double[] low = new double[n];
        double[] high = new double[n];
        double[] fixedLow = new double[n];
        double[] fixedHigh = new double[n];
        for (int i = 0; i < n; i++) {
            passed += random.nextDouble() < 0.9 ? 1 : 0;
            Interval always =
                    RateSequence.tightestAt(300).of((double) passed, i + 1L).interval();
            Interval fixed = Wilson.interval((double) passed, i + 1.0, Confidence.NINETY_FIVE);
            low[i] = always.low();
            high[i] = always.high();
            fixedLow[i] = fixed.low();
            fixedHigh[i] = fixed.high();
        }
        return new Chart(
                        "A pass rate of .9 as graded answers come in, with two kinds of 95 % interval",
                        "graded answers", false)
                .band("holds at every look", x, low, high)
                .band("holds at one look (Wilson)", x, fixedLow, fixedHigh)
                .level("truth", 0.9);
    }

    private static Chart detector() {
        SplittableRandom random = new SplittableRandom(4);
        Bets bets = BetGrid.POINTS.againstRate(Direction.DROP, 0.89);
        CalendarDetector detector = CalendarDetector.startingAt(0, bets.size());
        int hours = 24 * 30;
        double[] level = new double[hours];
        for (int hour = 0; hour < hours; hour++) {
            double rate = hour < 24 * 18 ? 0.9 : 0.855;
            HourEvidence evidence = new HourEvidence(bets);
            for (int unit = 0; unit < 5; unit++) {
                evidence.add(random.nextDouble() < rate ? 1 : 0);
            }
            detector = detector.closeHour(hour, evidence);
            level[hour] = detector.level();
        }
        double[] days = positions(hours);
        Arrays.setAll(days, i -> (i + 1) / 24.0);
        return new Chart("Evidence M in days; the pass rate falls from .90 to .855 on day 18", "days", true)
                .line("evidence M", days, level)
                .level("threshold of 90 days", 90);
    }

    private static Chart stability() {
        SplittableRandom random = new SplittableRandom(12);
        int days = 60;
        double[] values = new double[days];
        PopulationStability last = PopulationStability.of(mix(random, 5000), mix(random, 100));
        double[] reference = mix(random, 5000);
        for (int day = 0; day < days; day++) {
            last = PopulationStability.of(reference, mix(random, 100));
            values[day] = last.value();
        }
        return new Chart("PSI of 60 days on which nothing changed (100 requests a day, 10 categories)", "day", false)
                .bars("PSI", positions(days), new double[days], values)
                .level("customary line 0.1", 0.1)
                .level("95 % of pure noise", last.noise95());
    }

    private static double[] mix(SplittableRandom random, int n) {
        double[] counts = new double[10];
        for (int i = 0; i < n; i++) {
            counts[random.nextInt(10)]++;
        }
        return counts;
    }

    private static Chart percentile() {
        int n = 2000;
        double[] x = new double[n];
        double[] error = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = 100 * Math.exp(i * 0.12 / n);
            error[i] = 100 * (LogBuckets.representative(LogBuckets.index(x[i])) / x[i] - 1);
        }
        return new Chart(
                        "Error of a bucket's representative in percent, values of 100 to 113 ms", "milliseconds", false)
                .line("error in %", x, error)
                .level("+1 %", 1)
                .level("-1 %", -1);
    }

    private static Chart burn() {
        Target target = Target.of("0.999");
        Chart chart = new Chart(
                "Minutes from the start of an outage to the alert, by its error rate (99.9 %, 30 days)",
                "error rate in %", true);
        double[] rates = IntStream.rangeClosed(1, 100).mapToDouble(i -> i / 5.0).toArray();
        for (BurnWindow row : BurnPolicy.of(Duration.ofDays(30)).rows()) {
            double[] minutes = Arrays.stream(rates)
                    .map(rate -> ErrorBudget.timeToDetection(
                                    target, row.longWindow(), row.burn(), BigDecimal.valueOf(rate / 100))
                            .map(time -> time.toMillis() / 60_000.0)
                            .orElse(0.0))
                    .toArray();
            chart.line(
                    "burn %s in %d h"
                            .formatted(
                                    row.burn().stripTrailingZeros().toPlainString(),
                                    row.longWindow().toHours()),
                    rates,
                    minutes);
        }
        return chart;
    }

    private static Chart forecast() {
        SplittableRandom random = new SplittableRandom(2);
        int past = 84;
        double[] spend = new double[past];
        double level = Math.log(200);
        for (int day = 0; day < past; day++) {
            level += 0.004 + 0.02 * random.nextGaussian();
            spend[day] = Math.exp(level + (day % 7 >= 5 ? -0.6 : 0.05 * (day % 7)) + 0.08 * random.nextGaussian());
        }
        SpendForecast forecast = SpendForecast.of(spend, Confidence.NINETY_FIVE);
        double[] ahead = IntStream.rangeClosed(1, 14).mapToDouble(h -> past + h).toArray();
        double[] median = IntStream.rangeClosed(1, 14)
                .mapToDouble(h -> forecast.day(h).value())
                .toArray();
        double[] low = IntStream.rangeClosed(1, 14)
                .mapToDouble(h -> forecast.day(h).interval().low())
                .toArray();
        double[] high = IntStream.rangeClosed(1, 14)
                .mapToDouble(h -> forecast.day(h).interval().high())
                .toArray();
        return new Chart("Daily spend in USD, and two weeks of forecast with its 95 % interval", "day", false)
                .line("spent", positions(past), spend)
                .band("95 %", ahead, low, high)
                .line("forecast", ahead, median);
    }

    private static Chart costChange() {
        CostChange change = CostChange.of(
                Map.of("chat", usage("1000", "800000", "0.00001"), "mail", usage("400", "100000", "0.00002")),
                Map.of("chat", usage("1200", "1100000", "0.000009"), "mail", usage("900", "250000", "0.00002")));
        double before = change.before().doubleValue();
        double volume = before + change.total().volume().doubleValue();
        double mix = volume + change.total().mix().doubleValue();
        double tokens = mix + change.total().tokens().doubleValue();
        double after = tokens + change.total().price().doubleValue();
        return new Chart("Why cost changed, USD: 1 before, 2 volume, 3 mix, 4 tokens, 5 price, 6 after", "step", false)
                .bars(
                        "cost",
                        new double[] {1, 2, 3, 4, 5, 6},
                        new double[] {0, before, volume, mix, tokens, 0},
                        new double[] {before, volume, mix, tokens, after, after});
    }

    private static Usage usage(String requests, String tokens, String price) {
        return new Usage(
                new BigDecimal(requests),
                Map.of("output", new Usage.Tokens(new BigDecimal(tokens), new BigDecimal(price))));
    }

    private static double[] positions(int n) {
        return IntStream.rangeClosed(1, n).mapToDouble(i -> i).toArray();
    }
}
