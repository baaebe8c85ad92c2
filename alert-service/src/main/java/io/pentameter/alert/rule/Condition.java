package io.pentameter.alert.rule;

import io.pentameter.alert.rule.Verdict.Breached;
import io.pentameter.alert.rule.Verdict.Calm;
import io.pentameter.alert.rule.Verdict.NoEvidence;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * When a value is a reason to alert.
 *
 * @param resolveThreshold what the value must come back to before a firing alert calms down, on the good side of the
 *                         threshold or equal to it; absent: the threshold itself
 * @param minSample        what a value must rest on, 0 or more; below it there is no evidence either way
 */
public record Condition(
        Measure measure,
        Comparison comparison,
        BigDecimal threshold,
        @Nullable BigDecimal resolveThreshold,
        SampleOf sampleOf,
        long minSample) {

    public Condition {
        if (minSample < 0) {
            throw new IllegalArgumentException("minSample must be 0 or more: " + minSample);
        }
        if (resolveThreshold != null && !isOnGoodSide(comparison, threshold, resolveThreshold)) {
            throw new IllegalArgumentException("resolveThreshold must be on the good side of threshold %s: %s"
                    .formatted(threshold, resolveThreshold));
        }
    }

    /** @param isFiring whether the alert that the value is judged for fires */
    public Verdict judge(Observation observation, boolean isFiring) {
        BigDecimal value = observation.value();
        if (value == null) {
            return new NoEvidence(NoEvidence.Reason.UNKNOWN_VALUE, observation.sample());
        }
        if (observation.sample() < minSample) {
            return new NoEvidence(NoEvidence.Reason.SAMPLE_TOO_SMALL, observation.sample());
        }
        BigDecimal bound = isFiring && resolveThreshold != null ? resolveThreshold : threshold;
        return comparison.breaches(value, bound)
                ? new Breached(value, observation.sample())
                : new Calm(value, observation.sample());
    }

    static boolean isOnGoodSide(Comparison comparison, BigDecimal threshold, BigDecimal resolveThreshold) {
        int order = resolveThreshold.compareTo(threshold);
        return comparison.isUpward() ? order <= 0 : order >= 0;
    }
}
