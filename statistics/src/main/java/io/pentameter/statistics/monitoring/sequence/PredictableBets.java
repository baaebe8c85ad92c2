package io.pentameter.statistics.monitoring.sequence;

/** The bet sizes of Waudby-Smith and Ramdas: known before the score they are placed on. */
final class PredictableBets {

    private final double nats;
    private long count;
    private double sum;
    /** Σ(X_i - μ_i)² with the shrunk running mean μ_i that includes X_i. */
    private double squares;

    /** Bets for a two-sided interval with error {@code alpha}: each side gets half of it. */
    PredictableBets(double alpha) {
        nats = Math.log(2 / alpha);
    }

    /** λ for the next score: √(2 ln(2/α) / (t ln(1+t) s²)), above 0. */
    double next() {
        double t = count + 1.0;
        double variance = (0.25 + squares) / t;
        return Math.sqrt(2 * nats / (t * Math.log1p(t) * variance));
    }

    void add(double score) {
        count++;
        sum += score;
        double deviation = score - (0.5 + sum) / (count + 1);
        squares += deviation * deviation;
    }

    /** ln(2/α). */
    double nats() {
        return nats;
    }

    long count() {
        return count;
    }

    /** Plain mean of the scores so far; 0 before the first. */
    double mean() {
        return count == 0 ? 0 : sum / count;
    }

    /** Standard error of {@link #mean} from the running squares; infinite before the first score. */
    double standardError() {
        return count == 0 ? Double.POSITIVE_INFINITY : Math.sqrt(squares) / count;
    }
}
