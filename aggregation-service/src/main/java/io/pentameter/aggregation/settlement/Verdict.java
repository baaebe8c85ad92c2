package io.pentameter.aggregation.settlement;

import io.pentameter.aggregation.mapping.Relative.Trace;
import java.util.Map;
import java.util.Set;

/**
 * What a span's row is to say.
 *
 * @param isFailureNew whether the row says another failure now
 * @param isWhoseNew   whether the row says another feature, customer or the like now
 */
record Verdict(
        Trace trace,
        String span,
        boolean repeated,
        Step.Place place,
        Step.Failure failure,
        boolean isFailureNew,
        Step.Whose whose,
        boolean isWhoseNew) {

    static Verdict of(
            Trace trace,
            Step step,
            Set<String> repeating,
            Relatives.Attempts attempts,
            Map<String, Step.Whose> inherited) {
        Step.Whose whose = inherited.getOrDefault(step.span(), step.whose());
        Step.Failure failure = attempts.failures().getOrDefault(step.span(), step.failure());
        return new Verdict(
                trace,
                step.span(),
                repeating.contains(step.span()),
                attempts.places().getOrDefault(step.span(), step.attempt()),
                failure,
                !failure.equals(step.failure()),
                whose,
                !whose.equals(step.whose()));
    }

    boolean isStored(Step step) {
        return repeated == step.repeated() && place.equals(step.attempt()) && !isFailureNew && !isWhoseNew;
    }
}
