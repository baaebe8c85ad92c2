package io.pentameter.statistics.verification;

import io.pentameter.statistics.drift.ContingencyTest;
import io.pentameter.statistics.drift.DesignEffect;
import io.pentameter.statistics.drift.JensenShannon;
import io.pentameter.statistics.drift.PopulationStability;
import io.pentameter.statistics.forecast.SpendForecast;
import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.quantile.LogSketch;
import io.pentameter.statistics.slo.BurnAlert;
import io.pentameter.statistics.slo.BurnPolicy;
import io.pentameter.statistics.slo.BurnWindow;
import io.pentameter.statistics.slo.EventCounts;
import io.pentameter.statistics.slo.EvidenceGate;
import io.pentameter.statistics.slo.Target;
import io.pentameter.statistics.verification.Figure.Measured;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.LogNormalDistribution;
import org.apache.commons.statistics.distribution.ParetoDistribution;

/** Drift of mixes, percentiles, service levels and forecasts. */
final class AmountStudies {

    private AmountStudies() {}

    static List<Study> all() {
        return List.of(
                new Simulation(
                        "psi-noise-floor",
                        "Drift",
                        "PSI and Jensen–Shannon divergence of two samples of one mix, reference of 5000.",
                        AmountStudies::stability),
                new Simulation(
                        "clustered-g-test",
                        "Drift",
                        "Share of tests at 5 % that reject without drift when requests come in sessions of five alike: without and with"
                                + " the design effect.",
                        AmountStudies::clustered),
                new Simulation(
                        "quantile-relative-error",
                        "Percentiles",
                        "Largest relative error of p50 to p99.99 of a million values, whole and merged from 100 shards.",
                        AmountStudies::percentiles),
                new Simulation(
                        "evidence-gate",
                        "Service levels",
                        "Pages per year that the fast row writes for a service which keeps its 99.9 % and serves 20 events an hour,"
                                + " without and with the gate.",
                        AmountStudies::gate),
                new Simulation(
                        "conformal-coverage",
                        "Forecasts",
                        "Share of 95 % intervals that hold the spend 1, 4 and 7 days ahead; weekly season, random walk of the level.",
                        AmountStudies::forecasts));
    }

    private static List<Figure> stability(long seed, Effort effort) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Figure> figures = new ArrayList<>();
        double[][] rows = {{10, 100, 0.0876, 0.168}, {10, 500, 0.0194, 0.0367}, {20, 500, 0.0413, 0.0659}};
        for (double[] row : rows) {
            int categories = (int) row[0];
            int runs = effort.of(4000);
            double[] values = new double[runs];
            Tally tally = new Tally();
            Tally divergence = new Tally();
            Tally beyond = new Tally();
            for (int run = 0; run < runs; run++) {
                double[] reference = mix(random, categories, 5000);
                double[] current = mix(random, categories, (int) row[1]);
                values[run] = PopulationStability.of(reference, current).value();
                tally.add(values[run]);
                beyond.add(values[run] > 0.1);
                divergence.add(JensenShannon.divergence(reference, current));
            }
            Arrays.sort(values);
            String what = "K = %d, n = %.0f".formatted(categories, row[1]);
            figures.add(Figure.near(what + ": mean PSI", row[2], 0.05 * row[2], tally.mean()));
            double at95 = values[(int) (0.95 * runs)];
            figures.add(Figure.near(
                    what + ": 95 % quantile of PSI",
                    row[3],
                    0.05 * row[3],
                    new Measured(at95, 2.1 * tally.spread().value() / Math.sqrt((double) runs))));
            double floor = JensenShannon.noiseFloor(categories, row[1], 5000);
            figures.add(Figure.near(what + ": mean JSD in nats (theory)", floor, 0.1 * floor, divergence.mean()));
            if (row[1] == 100) {
                figures.add(Figure.near(what + ": share beyond 0.1", 0.323, 0.03, beyond.mean()));
            }
        }
        return figures;
    }

    private static double[] mix(SplittableRandom random, int categories, int n) {
        double[] counts = new double[categories];
        for (int i = 0; i < n; i++) {
            counts[random.nextInt(categories)]++;
        }
        return counts;
    }

    private static List<Figure> clustered(long seed, Effort effort) {
        SplittableRandom random = new SplittableRandom(seed);
        Tally plain = new Tally();
        Tally corrected = new Tally();
        for (int run = effort.of(2000); run > 0; run--) {
            double[][] table = new double[2][6];
            List<double[]> sessions = new ArrayList<>();
            for (int session = 0; session < 400; session++) {
                double[] counts = new double[6];
                int topic = random.nextInt(6);
                for (int request = 0; request < 5; request++) {
                    counts[random.nextInt(2) == 0 ? topic : random.nextInt(6)]++;
                }
                sessions.add(counts);
                for (int k = 0; k < 6; k++) {
                    table[session % 2][k] += counts[k];
                }
            }
            plain.add(ContingencyTest.of(table, 1).pValue() < 0.05);
            corrected.add(ContingencyTest.of(table, DesignEffect.of(sessions)).pValue() < 0.05);
        }
        return List.of(
                new Figure(
                        "independence assumed",
                        "-",
                        plain.mean().value(),
                        plain.mean().error(),
                        new Interval(0.08, 1)),
                Figure.near("with design effect", 0.05, 0.01, corrected.mean()));
    }

    private static List<Figure> percentiles(long seed, Effort effort) {
        List<Figure> figures = new ArrayList<>();
        DoubleUnaryOperator lognormal = LogNormalDistribution.of(Math.log(0.8), 1)::inverseCumulativeProbability;
        DoubleUnaryOperator pareto = ParetoDistribution.of(1, 1.2)::inverseCumulativeProbability;
        int n = effort.of(1_000_000);
        for (int which = 0; which < 2; which++) {
            DoubleUnaryOperator quantile = which == 0 ? lognormal : pareto;
            LogSketch whole = new LogSketch();
            LogSketch[] shards = new LogSketch[100];
            Arrays.setAll(shards, _ -> new LogSketch());
            SplittableRandom random = new SplittableRandom(seed);
            double[] values = new double[n];
            for (int i = 0; i < n; i++) {
                values[i] = quantile.applyAsDouble((i + 0.5) / n);
                whole.add(values[i]);
                shards[random.nextInt(100)].add(values[i]);
            }
            LogSketch merged = new LogSketch();
            Arrays.stream(shards).forEach(merged::merge);
            double worst = 0;
            for (double q : new double[] {0.5, 0.9, 0.99, 0.999, 0.9999}) {
                double exact = values[(int) (q * (n - 1))];
                worst = Math.max(worst, Math.abs(whole.quantile(q).orElseThrow() / exact - 1));
            }
            String name = which == 0 ? "lognormal" : "Pareto";
            figures.add(Figure.atMost(name + ": largest error", 0.01, new Measured(worst, 1e-12)));
            figures.add(new Figure(
                    name + ": merged equals whole (1 = yes)",
                    "1",
                    merged.equals(whole) ? 1 : 0,
                    0,
                    new Interval(1, 1)));
        }
        return figures;
    }

    private static List<Figure> gate(long seed, Effort effort) {
        SplittableRandom random = new SplittableRandom(seed);
        Target target = Target.of("0.999");
        BurnWindow row = BurnPolicy.of(Duration.ofDays(30)).rows().getFirst();
        BurnAlert gated = new BurnAlert(target, EvidenceGate.DEFAULT);
        Tally without = new Tally();
        Tally with = new Tally();
        for (int run = effort.of(400); run > 0; run--) {
            int open = 0;
            int gatedPages = 0;
            for (int hour = 0; hour < 8760; hour++) {
                long bad = random.doubles(20).filter(u -> u < 0.001).count();
                if (bad > 0) {
                    // all bad events of the hour fall into its last five minutes: the worst case for a page
                    BurnAlert.Verdict verdict =
                            gated.judge(row, new EventCounts(bad, 20), new EventCounts(bad, Math.max(2, bad)));
                    open += verdict == BurnAlert.Verdict.QUIET ? 0 : 1;
                    gatedPages += verdict == BurnAlert.Verdict.FIRING ? 1 : 0;
                }
            }
            without.add(open);
            with.add(gatedPages);
        }
        return List.of(
                new Figure(
                        "burn rate alone: pages per year",
                        "-",
                        without.mean().value(),
                        without.mean().error(),
                        new Interval(50, 1000)),
                Figure.atMost("with evidence gate: pages per year", 3, with.mean()));
    }

    private static List<Figure> forecasts(long seed, Effort effort) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Figure> figures = new ArrayList<>();
        for (int days : new int[] {84, 120}) {
            Tally[] held = {new Tally(), new Tally(), new Tally()};
            for (int run = effort.of(600); run > 0; run--) {
                double[] spend = new double[days + 7];
                double level = Math.log(200);
                for (int day = 0; day < spend.length; day++) {
                    level += 0.02 * random.nextGaussian();
                    double season = day % 7 >= 5 ? -0.6 : 0.05 * (day % 7);
                    spend[day] = Math.exp(level + season + 0.08 * random.nextGaussian());
                }
                SpendForecast forecast = SpendForecast.of(Arrays.copyOf(spend, days), Confidence.NINETY_FIVE);
                for (int i = 0; i < 3; i++) {
                    int horizon = 1 + 3 * i;
                    held[i].add(forecast.day(horizon).interval().holds(spend[days + horizon - 1]));
                }
            }
            for (int i = 0; i < 3; i++) {
                figures.add(new Figure(
                        "%d days of history, %d ahead".formatted(days, 1 + 3 * i),
                        "-",
                        held[i].mean().value(),
                        held[i].mean().error(),
                        new Interval(0.91, 0.985)));
            }
        }
        return figures;
    }
}
