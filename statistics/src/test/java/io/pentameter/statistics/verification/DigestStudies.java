package io.pentameter.statistics.verification;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.monitoring.change.ChangeTimeSet;
import io.pentameter.statistics.monitoring.detector.BetGrid;
import io.pentameter.statistics.monitoring.detector.Bets;
import io.pentameter.statistics.monitoring.detector.CalendarDetector;
import io.pentameter.statistics.monitoring.detector.Direction;
import io.pentameter.statistics.monitoring.detector.HourEvidence;
import io.pentameter.statistics.monitoring.multiplicity.AdjustedPValues;
import io.pentameter.statistics.monitoring.multiplicity.EValues;
import io.pentameter.statistics.monitoring.sequence.EmpiricalBernstein;
import io.pentameter.statistics.monitoring.sequence.HedgedBetting;
import io.pentameter.statistics.monitoring.sequence.RateSequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** Digests of many streams, canaries, change times, and intervals that are looked at all the time. */
final class DigestStudies {

    private static final String AREA = "Monitoring";

    private DigestStudies() {}

    static List<Study> all() {
        return List.of(
                new Simulation(
                        "e-bh-digest-sim",
                        AREA,
                        "200 streams of 40 units a day for 30 days, 20 of them at .85 instead of .9 all the time; reported by e-BH at"
                                + " 10 % on M/30, beside a fixed-time test per stream.",
                        DigestStudies::digest),
                new Simulation(
                        "gold-canary",
                        AREA,
                        "50 gold items a day, usual flip rate 3 %, A = 365 days; days from the change to the alarm, after 30 quiet"
                                + " days.",
                        DigestStudies::canary),
                new Simulation(
                        "change-time-set",
                        AREA,
                        "Share of change-time sets that hold the true change, 2000 units at .9 before it.",
                        DigestStudies::changeTimes),
                new Simulation(
                        "sequence-coverage",
                        AREA,
                        "Share of runs in which a 95 % sequence never loses the true rate within 2000 units, looked at after each unit"
                                + " (hedged: every 20th).",
                        DigestStudies::sequences),
                new Simulation(
                        "by-under-dependence",
                        AREA,
                        "False discovery rate of Benjamini–Yekutieli at 5 % on 50 null tests that share half of their data.",
                        DigestStudies::yekutieli));
    }

    private static List<Figure> digest(long seed, Effort effort) {
        SplittableRandom random = new SplittableRandom(seed);
        Bets bets = BetGrid.POINTS.againstRate(Direction.DROP, 0.9);
        Tally discovery = new Tally();
        Tally power = new Tally();
        Tally naive = new Tally();
        Tally nullReports = new Tally();
        for (int run = effort.of(100); run > 0; run--) {
            for (int changed : new int[] {20, 0}) {
                double[] evidence = new double[200];
                int naiveFalse = 0;
                for (int stream = 0; stream < 200; stream++) {
                    double rate = stream < changed ? 0.85 : 0.9;
                    CalendarDetector detector = CalendarDetector.startingAt(0, 5);
                    long passed = 0;
                    for (int day = 0; day < 30; day++) {
                        HourEvidence hour = new HourEvidence(bets);
                        long good = random.doubles(40).filter(u -> u < rate).count();
                        hour.add(1, good);
                        hour.add(0, 40 - good);
                        passed += good;
                        detector = detector.closeHour(day * 24L + 23, hour);
                    }
                    evidence[stream] = detector.eValue();
                    boolean low = BinomialDistribution.of(1200, 0.9).cumulativeProbability((int) passed) < 0.05;
                    naiveFalse += stream >= changed && low ? 1 : 0;
                }
                List<Integer> reported = EValues.benjaminiHochberg(evidence, 0.1);
                long wrong =
                        reported.stream().filter(stream -> stream >= changed).count();
                if (changed > 0) {
                    discovery.add((double) wrong / Math.max(1, reported.size()));
                    power.add((reported.size() - wrong) / 20.0);
                    naive.add(naiveFalse);
                } else {
                    nullReports.add(!reported.isEmpty());
                }
            }
        }
        return List.of(
                Figure.atMost("false discovery rate (0.002 published)", 0.1, discovery.mean()),
                Figure.near("power", 0.94, 0.05, power.mean()),
                Figure.near("naive p < .05: false reports per digest", 8.8, 1.5, naive.mean()),
                Figure.atMost("digests with a report when nothing has changed", 0.1, nullReports.mean()));
    }

    private static List<Figure> canary(long seed, Effort effort) {
        SplittableRandom random = new SplittableRandom(seed);
        Bets bets = new BetGrid(List.of(0.02, 0.05, 0.1, 0.2)).againstRate(Direction.RISE, 0.03);
        List<Figure> figures = new ArrayList<>();
        for (double[] row : new double[][] {{0.06, 8.6}, {0.08, 4.2}, {0.1, 2.8}, {0.15, 1.6}}) {
            Tally days = new Tally();
            for (int run = effort.of(1000); run > 0; run--) {
                CalendarDetector detector = CalendarDetector.startingAt(0, 4);
                int day = 0;
                while (!detector.alarms(365)) {
                    double rate = day < 30 ? 0.03 : row[0];
                    long flips = random.doubles(50).filter(u -> u < rate).count();
                    HourEvidence evidence = new HourEvidence(bets);
                    evidence.add(1, flips);
                    evidence.add(0, 50 - flips);
                    detector = detector.closeHour(day * 24L + 23, evidence);
                    day++;
                }
                if (day > 30) {
                    days.add(day - 30);
                }
            }
            figures.add(Figure.near("to %s: mean days".formatted(row[0]), row[1], 0.15 * row[1], days.mean()));
        }
        return figures;
    }

    private static List<Figure> changeTimes(long seed, Effort effort) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Figure> figures = new ArrayList<>();
        double[][] rows = {{0.8, 300, 0.95, 270}, {0.7, 100, 0.944, 87}, {0.855, 1500, 0.955, 905}};
        for (double[] row : rows) {
            Tally held = new Tally();
            Tally width = new Tally();
            for (int run = effort.of(3000); run > 0; run--) {
                double[] scores = new double[2000 + (int) row[1]];
                Arrays.setAll(scores, i -> random.nextDouble() < (i < 2000 ? 0.9 : row[0]) ? 1 : 0);
                ChangeTimeSet set = ChangeTimeSet.ofRates(scores, 0.9);
                held.add(set.first() <= 2000 && 2000 <= set.last());
                width.add(set.last() - set.first() + 1);
            }
            String what = "to %s, %.0f units after".formatted(row[0], row[1]);
            figures.add(Figure.near(what + ": coverage", row[2], 0.02, held.mean()));
            figures.add(Figure.near(what + ": mean width", row[3], 0.15 * row[3], width.mean()));
        }
        return figures;
    }

    private static List<Figure> sequences(long seed, Effort effort) {
        SplittableRandom random = new SplittableRandom(seed);
        RateSequence mixture = RateSequence.tightestAt(500);
        List<Figure> figures = new ArrayList<>();
        for (double rate : new double[] {0.8, 0.9, 0.97}) {
            Tally ofMixture = new Tally();
            Tally ofBernstein = new Tally();
            Tally ofHedged = new Tally();
            for (int run = effort.of(400); run > 0; run--) {
                EmpiricalBernstein bernstein = new EmpiricalBernstein(Confidence.NINETY_FIVE);
                HedgedBetting hedged = new HedgedBetting(Confidence.NINETY_FIVE);
                long passed = 0;
                boolean mixtureHolds = true;
                boolean bernsteinHolds = true;
                boolean hedgedHolds = true;
                boolean bets = run % 10 == 0;
                for (int n = 1; n <= 2000; n++) {
                    double score = random.nextDouble() < rate ? 1 : 0;
                    passed += (long) score;
                    bernstein.add(score);
                    mixtureHolds &= mixture.logEvidence(rate, (double) passed, n) <= Math.log(20);
                    bernsteinHolds &= bernstein.estimate().interval().holds(rate);
                    if (bets) {
                        hedged.add(score);
                        hedgedHolds &=
                                n % 20 != 0 || hedged.estimate().interval().holds(rate);
                    }
                }
                ofMixture.add(mixtureHolds);
                ofBernstein.add(bernsteinHolds);
                if (bets) {
                    ofHedged.add(hedgedHolds);
                }
            }
            figures.add(Figure.atLeast("beta-binomial mixture, rate " + rate, 0.95, ofMixture.mean()));
            figures.add(Figure.atLeast("empirical Bernstein, rate " + rate, 0.95, ofBernstein.mean()));
            figures.add(Figure.atLeast("hedged betting, rate " + rate, 0.95, ofHedged.mean()));
        }
        return figures;
    }

    private static List<Figure> yekutieli(long seed, Effort effort) {
        SplittableRandom random = new SplittableRandom(seed);
        Tally anyFalse = new Tally();
        for (int run = effort.of(4000); run > 0; run--) {
            double shared = random.nextGaussian();
            double[] p = new double[50];
            for (int i = 0; i < 50; i++) {
                double z = Math.sqrt(0.5) * (shared + random.nextGaussian());
                p[i] = NormalDistribution.of(0, 1).survivalProbability(z);
            }
            anyFalse.add(AdjustedPValues.rejected(AdjustedPValues.benjaminiYekutieli(p), 0.05) > 0);
        }
        return List.of(Figure.atMost("false discovery rate", 0.05, anyFalse.mean()));
    }
}
