package io.pentameter.quality.judge;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pentameter.quality.rating.Opinion;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a judge said on trial.
 *
 * @param outcome graded, failed, skipped or later; only the first has score, passed and reason
 * @param error   why there is no grade
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TrialView(
        String outcome,
        @Nullable Double score,
        @Nullable Boolean passed,
        @Nullable String reason,
        @Nullable String model,
        @Nullable String error,
        String costUsd,
        long tookMillis) {

    static TrialView of(Opinion opinion, long spentNanoUsd, Instant began, Instant ended) {
        String cost = JudgeView.usd(spentNanoUsd);
        long took = Duration.between(began, ended).toMillis();
        return switch (opinion) {
            case Opinion.Grade(double value, boolean passed, String comment, String model) ->
                new TrialView("graded", value, passed, comment, model, null, cost, took);
            case Opinion.Failed(String reason) -> without("failed", reason, cost, took);
            case Opinion.Skipped(String reason) -> without("skipped", reason, cost, took);
            case Opinion.Later later -> without("later", later.reason(), cost, took);
            case Opinion.NotApplicable _ -> without("skipped", "not_applicable", cost, took);
        };
    }

    private static TrialView without(String outcome, String error, String cost, long took) {
        return new TrialView(outcome, null, null, null, null, error, cost, took);
    }
}
