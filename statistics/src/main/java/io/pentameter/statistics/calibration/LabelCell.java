package io.pentameter.statistics.calibration;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.Require;
import io.pentameter.statistics.interval.Wilson;

/**
 * Human labels on answers with one judge's verdict in one class.
 *
 * @param labels human labels, 0 or more
 * @param passes those that passed, at most {@code labels}
 */
public record LabelCell(long labels, long passes) {

    /** No label. */
    public static final LabelCell EMPTY = new LabelCell(0, 0);

    public LabelCell {
        Require.atLeast(0, "labels", labels);
        if (passes < 0 || passes > labels) {
            throw new IllegalArgumentException("passes must be in 0..%d: %d".formatted(labels, passes));
        }
    }

    LabelCell plus(LabelCell other) {
        return new LabelCell(labels + other.labels, passes + other.passes);
    }

    /** Pass rate, one half without a label. */
    double rate() {
        return labels == 0 ? 0.5 : (double) passes / labels;
    }

    /** Variance of the rate; one quarter, the most there is, without a label. */
    double variance() {
        return labels == 0 ? 0.25 : rate() * (1 - rate()) / labels;
    }

    /** Wilson interval with the size divided by {@code designEffect}, which is 1 or more. */
    Interval interval(Confidence confidence, double designEffect) {
        return Wilson.ofRate(rate(), labels / designEffect, confidence);
    }
}
