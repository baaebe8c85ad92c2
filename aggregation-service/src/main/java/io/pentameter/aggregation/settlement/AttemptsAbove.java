package io.pentameter.aggregation.settlement;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What attempts of one request did, as the failure of the step above them: a storm, or a loop of fallbacks.
 * ingest-service says the same of attempts that came with that step (docs/reference/failures.md).
 *
 * @param failed     how many failed
 * @param isLoop     whether they left a model and came back to it
 * @param lastDetail finest word of the last failure; empty if none failed
 */
record AttemptsAbove(int failed, boolean isLoop, String lastDetail) {

    /** Failed attempts of one request from which on they are a storm; as in ingest-service. */
    static final int STORM = 4;

    /** Nothing was tried twice. */
    static final AttemptsAbove NONE = new AttemptsAbove(0, false, "");

    private static final String RULES = "attempts.";
    private static final Step.Failure STORMED = new Step.Failure("retry_storm", "", false, RULES + "storm");
    private static final Step.Failure LOOPED = new Step.Failure("fallback_loop", "", false, RULES + "loop");

    /** @param run attempts in the order in which they began */
    static AttemptsAbove of(List<Step> run) {
        int failed = 0;
        String lastDetail = "";
        for (Step step : run) {
            if (step.failed()) {
                failed++;
                lastDetail = step.failure().finest();
            }
        }
        return new AttemptsAbove(failed, failed > 0 && comesBack(run), lastDetail);
    }

    private static boolean comesBack(List<Step> run) {
        Set<String> left = new HashSet<>();
        String current = "";
        for (Step step : run) {
            if (!step.model().isEmpty() && !step.model().equals(current)) {
                left.add(current);
                current = step.model();
                if (left.contains(current)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isRemarkable() {
        return failed >= STORM || isLoop;
    }

    /** The wilder of two. */
    AttemptsAbove worse(AttemptsAbove other) {
        return other.failed > failed || (other.isLoop && !isLoop) ? other : this;
    }

    /**
     * The failure of the step above; empty if what is stored stays: they say nothing of it, or it failed for another reason.
     * What a part of them said, and the whole does not, is taken back, unless the client says that the step failed: why
     * it said so is no longer known.
     */
    Optional<Step.Failure> of(Step.Failure own) {
        boolean isEcho = own.isNone()
                || own.word().equals("unknown")
                || own.rule().startsWith(RULES)
                || own.finest().equals(lastDetail);
        if (!isRemarkable()) {
            return own.rule().startsWith(RULES) && !own.hard() ? Optional.of(Step.Failure.NONE) : Optional.empty();
        }
        if (!isEcho) {
            return Optional.empty();
        }
        Step.Failure pattern = failed >= STORM ? STORMED : LOOPED;
        return Optional.of(new Step.Failure(pattern.word(), lastDetail, own.hard(), pattern.rule()));
    }

    /** Adds what a run did to what is known of the step above it. */
    static void add(List<Step> run, Map<String, AttemptsAbove> byParent) {
        if (run.size() > 1) {
            byParent.merge(run.getFirst().parent(), of(run), AttemptsAbove::worse);
        }
    }
}
