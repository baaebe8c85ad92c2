package io.pentameter.statistics.monitoring.sequence;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.Require;
import io.pentameter.statistics.interval.SampleSize;
import java.util.List;

/**
 * An interval for the mean of scores in 0..1 that holds at all times, adapts to their variance and costs a few
 * additions.
 *
 * <p>Predictable plug-in empirical Bernstein, Waudby-Smith and Ramdas 2024, theorem 2:
 *
 * <pre>
 * λ_i = min(½, √(2 ln(2/α) / (i ln(1+i) s²_{i-1})))     ψ = -ln(1-λ) - λ     v_i = (X_i - X̄_{i-1})²,  X̄_0 = 0
 * lower = [Σ λX - ln(2/α) - Σ v ψ] / Σλ                  upper = 1 - (lower of 1-X)
 * </pre>
 *
 * <p>Both ends are clipped to 0..1; for the upper end {@code 1-X} has its own {@code v}. The centre is a mean weighted
 * by the bets, not the plain mean that is shown as the value. A little wider than {@link HedgedBetting}, at a
 * thousandth of its price. The order of the scores matters, states cannot be merged.
 */
public final class EmpiricalBernstein {

    private static final String METHOD = "empirical-bernstein-sequence";
    private static final double TRUNCATION = 0.5;

    private final Confidence confidence;
    private final PredictableBets bets;
    private double betSum;
    private double weighted;
    private double penaltyLow;
    private double penaltyHigh;

    public EmpiricalBernstein(Confidence confidence) {
        this.confidence = confidence;
        bets = new PredictableBets(confidence.alpha());
    }

    /** Takes in one score, 0 to 1, ends included. */
    public void add(double score) {
        Require.share("score", score);
        double bet = Math.min(TRUNCATION, bets.next());
        double psi = -Math.log1p(-bet) - bet;
        double low = score - bets.mean();
        double high = bets.count() == 0 ? 1 - score : low;
        betSum += bet;
        weighted += bet * score;
        penaltyLow += low * low * psi;
        penaltyHigh += high * high * psi;
        bets.add(score);
    }

    /** Mean of the scores so far and the interval that holds it; unknown before the first score. */
    public Estimate estimate() {
        if (bets.count() == 0) {
            return Estimate.unknown(Interval.UNIT, confidence, METHOD);
        }
        double centre = weighted / betSum;
        double low = Math.max(0, centre - (bets.nats() + penaltyLow) / betSum);
        double high = Math.min(1, centre + (bets.nats() + penaltyHigh) / betSum);
        return new Estimate(
                bets.mean(),
                bets.standardError(),
                new Interval(low, high),
                confidence,
                METHOD,
                SampleSize.simple(bets.count()),
                List.of());
    }
}
