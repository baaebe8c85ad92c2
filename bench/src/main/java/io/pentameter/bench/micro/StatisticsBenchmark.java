package io.pentameter.bench.micro;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.monitoring.detector.BetGrid;
import io.pentameter.statistics.monitoring.detector.Bets;
import io.pentameter.statistics.monitoring.detector.Direction;
import io.pentameter.statistics.monitoring.detector.HourEvidence;
import io.pentameter.statistics.monitoring.detector.ObservationDetector;
import io.pentameter.statistics.quantile.LogSketch;
import io.pentameter.statistics.sampling.Hajek;
import io.pentameter.statistics.sampling.ProbabilitySample;
import io.pentameter.statistics.sampling.Scope;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds of the operations that run once for each span, score or bucket. */
@State(org.openjdk.jmh.annotations.Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class StatisticsBenchmark {

    private static final int VALUES = 1 << 12;
    private static final int SAMPLE = 100_000;

    private final double[] latencies = new double[VALUES];
    private final double[] grades = new double[VALUES];
    private final LogSketch sketch = new LogSketch();
    private final LogSketch other = new LogSketch();
    private final Bets bets = BetGrid.POINTS.againstRate(Direction.DROP, 0.95);
    private final ObservationDetector detector = new ObservationDetector(BetGrid.POINTS.size());
    private final HourEvidence hour = new HourEvidence(bets);
    private final double[] sampleValues = new double[SAMPLE];
    private final double[] sampleProbabilities = new double[SAMPLE];
    private long sequence;
    private int at;

    /** Draws the inputs. */
    @Setup
    public void draw() {
        SplittableRandom random = new SplittableRandom(42);
        for (int i = 0; i < VALUES; i++) {
            latencies[i] = Math.exp(5 + 2 * random.nextGaussian());
            grades[i] = random.nextDouble() < 0.95 ? 1 : 0;
            other.add(latencies[i]);
        }
        for (int i = 0; i < SAMPLE; i++) {
            sampleValues[i] = random.nextDouble() < 0.9 ? 1 : 0;
            sampleProbabilities[i] = random.nextDouble() < 0.1 ? 1 : 0.05;
        }
    }

    /** One value into a log-bucket sketch. */
    @Benchmark
    public LogSketch sketchAdd() {
        sketch.add(latencies[at++ & (VALUES - 1)]);
        return sketch;
    }

    /** A sketch of some 600 buckets merged into another. */
    @Benchmark
    public LogSketch sketchMerge() {
        sketch.merge(other);
        return sketch;
    }

    /** One observation into an e-SR detector with a grid of five bets. */
    @Benchmark
    public boolean observationDetectorUpdate() {
        return detector.offer(++sequence, grades[at++ & (VALUES - 1)], bets);
    }

    /** One observation into the hour of a calendar-denominated detector with a grid of five bets. */
    @Benchmark
    public HourEvidence calendarDetectorUpdate() {
        hour.add(grades[at++ & (VALUES - 1)]);
        return hour;
    }

    /** Hájek's mean with its interval over 100,000 rows. */
    @Benchmark
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public Estimate hajekMean() {
        return Hajek.mean(
                ProbabilitySample.of(sampleValues, sampleProbabilities), Scope.PERIOD, Confidence.NINETY_FIVE);
    }
}
