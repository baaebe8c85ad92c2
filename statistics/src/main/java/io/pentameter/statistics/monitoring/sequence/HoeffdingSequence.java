package io.pentameter.statistics.monitoring.sequence;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.Require;
import io.pentameter.statistics.interval.SampleSize;
import java.util.List;

/**
 * An interval for the mean of scores in 0..1 that holds at all times and knows nothing of their variance: for
 * comparison only.
 *
 * <p>Predictable plug-in Hoeffding, Waudby-Smith and Ramdas 2024, theorem 1: {@code λ_i = min(1, √(8 ln(2/α) / (i
 * ln(1+i))))}, {@code mean = Σ λX/Σλ}, {@code half = (ln(2/α) + Σ λ²/8)/Σλ}. {@link EmpiricalBernstein} is narrower
 * whenever the standard deviation is below ½, that is, always in practice. The order of the scores matters.
 */
public final class HoeffdingSequence {

    private static final String METHOD = "hoeffding-sequence";

    private final Confidence confidence;
    private final double nats;
    private long count;
    private double sum;
    private double betSum;
    private double weighted;
    private double penalty;

    public HoeffdingSequence(Confidence confidence) {
        this.confidence = confidence;
        nats = Math.log(2 / confidence.alpha());
    }

    /** Takes in one score, 0 to 1, ends included. */
    public void add(double score) {
        Require.share("score", score);
        count++;
        double bet = Math.min(1, Math.sqrt(8 * nats / (count * Math.log1p((double) count))));
        sum += score;
        betSum += bet;
        weighted += bet * score;
        penalty += bet * bet / 8;
    }

    /** Mean of the scores so far and the interval that holds it; unknown before the first score. */
    public Estimate estimate() {
        if (count == 0) {
            return Estimate.unknown(Interval.UNIT, confidence, METHOD);
        }
        double centre = weighted / betSum;
        double half = (nats + penalty) / betSum;
        return new Estimate(
                sum / count,
                0.5 / Math.sqrt((double) count),
                new Interval(centre - half, centre + half).clippedTo(Interval.UNIT),
                confidence,
                METHOD,
                SampleSize.simple(count),
                List.of());
    }
}
