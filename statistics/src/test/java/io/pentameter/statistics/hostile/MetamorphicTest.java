package io.pentameter.statistics.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pentameter.statistics.agreement.Distance;
import io.pentameter.statistics.agreement.KrippendorffAlpha;
import io.pentameter.statistics.agreement.Ratings;
import io.pentameter.statistics.attribution.Allocation;
import io.pentameter.statistics.attribution.MonthToDate;
import io.pentameter.statistics.calibration.LabelCell;
import io.pentameter.statistics.calibration.PostStratifiedPpi;
import io.pentameter.statistics.calibration.PostStratifiedPpi.LabelDesign;
import io.pentameter.statistics.calibration.PpiPlusPlus;
import io.pentameter.statistics.calibration.PredictedSample;
import io.pentameter.statistics.calibration.Quality;
import io.pentameter.statistics.calibration.RoganGladen;
import io.pentameter.statistics.calibration.StratifiedPpi;
import io.pentameter.statistics.calibration.VerdictClass;
import io.pentameter.statistics.drift.ContingencyTest;
import io.pentameter.statistics.drift.JensenShannon;
import io.pentameter.statistics.drift.KolmogorovSmirnov;
import io.pentameter.statistics.drift.MeanDiscrepancy;
import io.pentameter.statistics.interval.ClopperPearson;
import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.Wilson;
import io.pentameter.statistics.monitoring.baseline.Moments;
import io.pentameter.statistics.monitoring.change.ChangeEvent;
import io.pentameter.statistics.monitoring.change.ChangeWindow;
import io.pentameter.statistics.monitoring.change.EventAssociation;
import io.pentameter.statistics.monitoring.change.VersionContrast;
import io.pentameter.statistics.monitoring.detector.BetGrid;
import io.pentameter.statistics.monitoring.detector.Bets;
import io.pentameter.statistics.monitoring.detector.CalendarDetector;
import io.pentameter.statistics.monitoring.detector.Direction;
import io.pentameter.statistics.monitoring.detector.HourEvidence;
import io.pentameter.statistics.monitoring.detector.HourOfUnits;
import io.pentameter.statistics.monitoring.detector.ObservationDetector;
import io.pentameter.statistics.monitoring.multiplicity.AlarmBudget;
import io.pentameter.statistics.monitoring.sequence.EmpiricalBernstein;
import io.pentameter.statistics.monitoring.sequence.RateSequence;
import io.pentameter.statistics.quantile.LogSketch;
import io.pentameter.statistics.quantile.WeightedLogSketch;
import io.pentameter.statistics.quantile.WeightedQuantile;
import io.pentameter.statistics.sampling.Hajek;
import io.pentameter.statistics.sampling.HorvitzThompson;
import io.pentameter.statistics.sampling.LargestRemainder;
import io.pentameter.statistics.sampling.NeymanAllocation;
import io.pentameter.statistics.sampling.ProbabilitySample;
import io.pentameter.statistics.sampling.Scope;
import io.pentameter.statistics.sampling.StratifiedHajek;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tier 3 of the verification plan: what must not change when the data is shuffled, sharded, flipped, repeated or rescaled. */
class MetamorphicTest {

    private static final Confidence CONFIDENCE = Confidence.NINETY_FIVE;

    @Test
    void orderDoesNotMatter() {
        Random random = new Random(101);
        for (int round = 0; round < 20; round++) {
            int n = 5 + random.nextInt(60);
            double[] values = random.doubles(n).toArray();
            double[] others = random.doubles(n).toArray();
            double[] probabilities = random.doubles(n, 0.01, 1).toArray();
            List<Integer> order = new ArrayList<>(IntStream.range(0, n).boxed().toList());
            Collections.shuffle(order, random);
            List<Integer> clusters = IntStream.range(0, n).mapToObj(i -> i % 4).toList();
            double[] v = shuffled(values, order);
            double[] o = shuffled(others, order);
            double[] p = shuffled(probabilities, order);
            List<Integer> c = order.stream().map(clusters::get).toList();

            assertSame(
                    HorvitzThompson.total(ProbabilitySample.of(values, probabilities), Scope.PERIOD, CONFIDENCE),
                    HorvitzThompson.total(ProbabilitySample.of(v, p), Scope.PERIOD, CONFIDENCE));
            assertSame(
                    Hajek.mean(ProbabilitySample.of(values, probabilities), Scope.PROCESS, CONFIDENCE),
                    Hajek.mean(ProbabilitySample.of(v, p), Scope.PROCESS, CONFIDENCE));
            assertSame(
                    StratifiedHajek.mean(ProbabilitySample.clustered(values, probabilities, clusters), CONFIDENCE),
                    StratifiedHajek.mean(ProbabilitySample.clustered(v, p, c), CONFIDENCE));
            assertThat(WeightedQuantile.of(v, p, 0.7)).isEqualTo(WeightedQuantile.of(values, probabilities, 0.7));
            assertThat(KolmogorovSmirnov.of(v, o)).isEqualTo(KolmogorovSmirnov.of(values, others));
            assertThat(MeanDiscrepancy.unbiased(columns(v), columns(o), 1))
                    .isCloseTo(MeanDiscrepancy.unbiased(columns(values), columns(others), 1), within(1e-12));
            assertThat(JensenShannon.divergence(v, o))
                    .isCloseTo(JensenShannon.divergence(values, others), within(1e-13));
            assertThat(ContingencyTest.of(v, o, 1).g())
                    .isCloseTo(ContingencyTest.of(values, others, 1).g(), within(1e-10));
        }
    }

    @Test
    void shardsMergeToTheWhole() {
        SplittableRandom random = new SplittableRandom(103);
        Bets bets = BetGrid.POINTS.againstRate(Direction.DROP, 0.9);
        LogSketch sketch = new LogSketch();
        WeightedLogSketch weighted = new WeightedLogSketch();
        HourOfUnits hour = new HourOfUnits();
        Moments moments = Moments.NONE;
        LogSketch[] sketches = new LogSketch[5];
        WeightedLogSketch[] weightedSketches = new WeightedLogSketch[5];
        HourOfUnits[] hours = new HourOfUnits[5];
        Moments[] parts = new Moments[5];
        for (int shard = 0; shard < 5; shard++) {
            sketches[shard] = new LogSketch();
            weightedSketches[shard] = new WeightedLogSketch();
            hours[shard] = new HourOfUnits();
            parts[shard] = Moments.NONE;
        }
        for (int i = 0; i < 2_000; i++) {
            int shard = random.nextInt(5);
            double value = Math.exp(10 * random.nextGaussian());
            double score = random.nextDouble();
            sketch.add(value);
            sketches[shard].add(value);
            weighted.add(value, 1 + i % 7);
            weightedSketches[shard].add(value, 1 + i % 7);
            hour.offer("u" + i, score);
            hours[shard].offer("u" + i, score);
            moments = moments.plus(Moments.of(score));
            parts[shard] = parts[shard].plus(Moments.of(score));
        }
        LogSketch merged = new LogSketch();
        WeightedLogSketch mergedWeighted = new WeightedLogSketch();
        HourOfUnits mergedHour = new HourOfUnits();
        Moments mergedMoments = Moments.NONE;
        for (int shard : new int[] {3, 0, 4, 1, 2}) {
            merged.merge(sketches[shard]);
            mergedWeighted.merge(weightedSketches[shard]);
            mergedHour.merge(hours[shard]);
            mergedHour.merge(hours[shard]); // delivered twice
            mergedMoments = mergedMoments.plus(parts[shard]);
        }

        assertThat(merged).isEqualTo(sketch);
        assertThat(mergedWeighted.buckets()).isEqualTo(weighted.buckets());
        for (int k = 0; k < 5; k++) {
            assertThat(mergedHour.evidence(bets).logFactor(k))
                    .isEqualTo(hour.evidence(bets).logFactor(k));
        }
        assertThat(mergedMoments.n()).isEqualTo(moments.n());
        assertThat(mergedMoments.mean()).isCloseTo(moments.mean(), within(1e-13));
        assertThat(mergedMoments.squares()).isCloseTo(moments.squares(), within(1e-9));
        HourOfUnits restored = new HourOfUnits();
        hour.units().forEach(restored::offer);
        assertThat(restored.evidence(bets).logFactor(2))
                .isEqualTo(hour.evidence(bets).logFactor(2));
        assertThat(restored.size()).isEqualTo(2_000);
    }

    @Test
    void callingAFailureAPassMirrorsEveryRate() {
        SplittableRandom random = new SplittableRandom(107);
        for (int round = 0; round < 200; round++) {
            long n = random.nextLong(1, 500);
            long x = random.nextLong(n + 1);
            LabelCell onFail = cell(random);
            LabelCell onPass = cell(random);
            VerdictClass judged = VerdictClass.single(n, x, onFail, onPass);
            VerdictClass flipped = VerdictClass.single(n, n - x, flipped(onPass), flipped(onFail));

            assertMirrored(
                    Wilson.interval((double) x, (double) n, CONFIDENCE),
                    Wilson.interval((double) (n - x), (double) n, CONFIDENCE));
            assertMirrored(ClopperPearson.interval(x, n, CONFIDENCE), ClopperPearson.interval(n - x, n, CONFIDENCE));
            RateSequence sequence = RateSequence.tightestAt(100);
            assertMirrored(
                    sequence.of((double) x, n).interval(),
                    sequence.of((double) (n - x), n).interval());
            assertMirrored(
                    shown(PostStratifiedPpi.estimate(List.of(judged), LabelDesign.RANDOM, CONFIDENCE)
                                    .gated())
                            .interval(),
                    shown(PostStratifiedPpi.estimate(List.of(flipped), LabelDesign.RANDOM, CONFIDENCE)
                                    .gated())
                            .interval());
            double specificity = 0.7 + 0.3 * random.nextDouble();
            double sensitivity = 0.7 + 0.3 * random.nextDouble();
            assertMirrored(
                    shown(RoganGladen.estimate(
                                            (double) x / n,
                                            n,
                                            new RoganGladen.Accuracy(specificity, 70, sensitivity, 90),
                                            CONFIDENCE)
                                    .gated())
                            .interval(),
                    shown(RoganGladen.estimate(
                                            1 - (double) x / n,
                                            n,
                                            new RoganGladen.Accuracy(sensitivity, 90, specificity, 70),
                                            CONFIDENCE)
                                    .gated())
                            .interval());
        }
    }

    @Test
    void callingAFailureAPassMirrorsScoresAndDetectors() {
        SplittableRandom random = new SplittableRandom(109);
        double[] truths = random.doubles(40).toArray();
        double[] scores = random.doubles(40).toArray();
        double[] unlabelled = random.doubles(300).toArray();
        Estimate rate = shown(PpiPlusPlus.rate(new PredictedSample(truths, scores, unlabelled), CONFIDENCE)
                .gated());
        Estimate mirror = shown(PpiPlusPlus.rate(
                        new PredictedSample(mirrored(truths), mirrored(scores), mirrored(unlabelled)), CONFIDENCE)
                .gated());
        EmpiricalBernstein straight = new EmpiricalBernstein(CONFIDENCE);
        EmpiricalBernstein turned = new EmpiricalBernstein(CONFIDENCE);
        ObservationDetector drop = new ObservationDetector(5);
        ObservationDetector rise = new ObservationDetector(5);
        for (int t = 1; t <= unlabelled.length; t++) {
            double x = unlabelled[t - 1];
            straight.add(x);
            turned.add(1 - x);
            drop.offer(t, x, BetGrid.POINTS.against(Direction.DROP, 0.75, 0.05));
            rise.offer(t, 1 - x, BetGrid.POINTS.against(Direction.RISE, 0.25, 0.05));
        }

        assertThat(mirror.value()).isCloseTo(1 - rate.value(), within(1e-12));
        assertThat(mirror.standardError()).isCloseTo(rate.standardError(), within(1e-12));
        assertMirrored(rate.interval(), mirror.interval());
        assertMirrored(straight.estimate().interval(), turned.estimate().interval());
        assertThat(rise.logLevel()).isCloseTo(drop.logLevel(), within(1e-9));
    }

    @Test
    void whatIsDeliveredTwiceCountsOnce() {
        Bets bets = BetGrid.POINTS.againstRate(Direction.DROP, 0.9);
        HourEvidence evidence = new HourEvidence(bets);
        evidence.add(0, 5);
        CalendarDetector closed = CalendarDetector.startingAt(10, 5).closeHour(10, evidence);
        ObservationDetector detector = new ObservationDetector(5);
        detector.offer(1, 0, bets);
        byte[] before = detector.toBytes();
        detector.offer(1, 0, bets);
        ChangeEvent deploy = new ChangeEvent("deploy", "7", Instant.EPOCH);
        ChangeWindow window = new ChangeWindow(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH.plusSeconds(60));
        List<BigDecimal> weights = decimals("3", "5", "7");
        List<BigDecimal> yesterday =
                Allocation.of(new BigDecimal("10.00"), weights, 2).shares();

        assertThat(closed.closeHour(10, evidence)).isEqualTo(closed);
        assertThat(detector.toBytes()).isEqualTo(before);
        assertThat(EventAssociation.rank(window, List.of(deploy, deploy), Map.of("deploy", 0.1)))
                .hasSize(1);
        // the same sums give the same shares, and nothing new gives nothing
        assertThat(MonthToDate.today(yesterday, new BigDecimal("10.00"), weights, 2))
                .allSatisfy(share -> assertThat(share).isEqualByComparingTo("0"));
    }

    @Test
    void theUnitOfWeightsDoesNotMatter() {
        SplittableRandom random = new SplittableRandom(113);
        for (double factor : new double[] {1e-200, 1e-3, 7, 1e150}) {
            double[] values = random.doubles(30).toArray();
            double[] weights = random.doubles(30, 0.1, 5).toArray();
            double[] scaled =
                    Arrays.stream(weights).map(weight -> weight * factor).toArray();
            List<double[]> units = IntStream.range(0, 30)
                    .mapToObj(i -> new double[] {i % 3, (i / 2) % 3, i % 2})
                    .toList();

            assertThat(WeightedQuantile.of(values, scaled, 0.35)).isEqualTo(WeightedQuantile.of(values, weights, 0.35));
            assertThat(KrippendorffAlpha.of(Ratings.ofUnits(units, scaled), Distance.INTERVAL))
                    .isCloseTo(KrippendorffAlpha.of(Ratings.ofUnits(units, weights), Distance.INTERVAL), within(1e-12));
            assertThat(LargestRemainder.divide(1_000, scaled)).isEqualTo(LargestRemainder.divide(1_000, weights));
            assertThat(new AlarmBudget(30).thresholds(scaled))
                    .usingComparatorWithPrecision(1e-6)
                    .containsExactly(new AlarmBudget(30).thresholds(weights));
        }
        PredictedSample one = new PredictedSample(new double[] {1, 0, 1}, new double[] {1, 0, 0}, new double[] {1, 1});
        PredictedSample two = new PredictedSample(new double[] {0, 0, 1}, new double[] {1, 0, 1}, new double[] {0, 1});
        assertThat(StratifiedPpi.rate(
                                List.of(new StratifiedPpi.Stratum(3e9, one), new StratifiedPpi.Stratum(1e9, two)),
                                CONFIDENCE)
                        .gated())
                .isEqualTo(StratifiedPpi.rate(
                                List.of(new StratifiedPpi.Stratum(3, one), new StratifiedPpi.Stratum(1, two)),
                                CONFIDENCE)
                        .gated());
        assertThat(VersionContrast.of(contrast(1e-9), CONFIDENCE).value())
                .isCloseTo(VersionContrast.of(contrast(1), CONFIDENCE).value(), within(1e-12));
        assertThat(NeymanAllocation.divide(100, 5, strata(1e-9)).whole())
                .isEqualTo(NeymanAllocation.divide(100, 5, strata(1)).whole());
        assertThat(Allocation.of(new BigDecimal("99.99"), decimals("3", "5", "7"), 2))
                .isEqualTo(Allocation.of(new BigDecimal("99.99"), decimals("0.0003", "0.0005", "0.0007"), 2));
    }

    /** The unit of traffic: requests, thousands, or shares; also where the sum would not fit a long. */
    @Test
    void theUnitOfTrafficDoesNotMatterToTheLabelsAlone() {
        Estimate usual = humanOnly(1);
        for (double factor : new double[] {1e-12, 1e-3, 1e6, 1e18, 1e200}) {
            Estimate scaled = humanOnly(factor);
            assertThat(scaled.value()).isCloseTo(usual.value(), within(1e-9));
            assertThat(scaled.interval().low()).isCloseTo(usual.interval().low(), within(1e-9));
        }
    }

    private static Estimate humanOnly(double factor) {
        Quality quality = PostStratifiedPpi.estimate(
                        List.of(
                                new VerdictClass(
                                        900 * factor, 90, 80, false, new LabelCell(20, 5), new LabelCell(40, 38)),
                                new VerdictClass(
                                        100 * factor, 50, 20, false, new LabelCell(20, 5), new LabelCell(40, 30))),
                        LabelDesign.RANDOM,
                        CONFIDENCE)
                .gated();
        return ((Quality.Calibrated) quality).humanOnly().orElseThrow();
    }

    private static List<VersionContrast.Stratum> contrast(double factor) {
        return List.of(
                new VersionContrast.Stratum("a", 3 * factor, 80, 100, 70, 90),
                new VersionContrast.Stratum("b", factor, 10, 30, 20, 40));
    }

    private static List<NeymanAllocation.Stratum> strata(double factor) {
        return List.of(
                new NeymanAllocation.Stratum(500, 2 * factor),
                new NeymanAllocation.Stratum(300, 5 * factor),
                new NeymanAllocation.Stratum(20, 40 * factor));
    }

    private static Estimate shown(Quality quality) {
        return switch (quality) {
            case Quality.Calibrated calibrated -> calibrated.debiased();
            case Quality.Preliminary preliminary -> preliminary.debiased();
            case Quality.Uncalibrated uncalibrated -> throw new AssertionError("not shown: " + uncalibrated.reasons());
        };
    }

    private static LabelCell cell(SplittableRandom random) {
        long labels = random.nextLong(20, 60);
        return new LabelCell(labels, random.nextLong(labels + 1));
    }

    private static LabelCell flipped(LabelCell cell) {
        return new LabelCell(cell.labels(), cell.labels() - cell.passes());
    }

    private static double[] mirrored(double[] values) {
        return DoubleStream.of(values).map(value -> 1 - value).toArray();
    }

    private static double[] shuffled(double[] values, List<Integer> order) {
        return order.stream().mapToDouble(i -> values[i]).toArray();
    }

    private static double[][] columns(double[] values) {
        return Arrays.stream(values).mapToObj(value -> new double[] {value}).toArray(double[][]::new);
    }

    private static void assertSame(Estimate one, Estimate other) {
        assertThat(other.value()).isCloseTo(one.value(), within(1e-12 * Math.max(1, Math.abs(one.value()))));
        assertThat(other.standardError())
                .isCloseTo(one.standardError(), within(1e-12 * Math.max(1, one.standardError())));
    }

    private static void assertMirrored(Interval interval, Interval mirror) {
        assertThat(mirror.low()).isCloseTo(1 - interval.high(), within(1e-9));
        assertThat(mirror.high()).isCloseTo(1 - interval.low(), within(1e-9));
    }

    private static List<BigDecimal> decimals(String... texts) {
        return Arrays.stream(texts).map(BigDecimal::new).toList();
    }
}
