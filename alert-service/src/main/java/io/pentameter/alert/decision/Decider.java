package io.pentameter.alert.decision;

import io.pentameter.alert.budget.Policy;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a caller's own gateway is to do with a call.
 *
 * <p>A share is reached if as much is spent, or if the call's estimated cost would go beyond it. Of several budgets the strictest
 * wins; of several that say the same, the one with the least left. Nothing is reserved: of two calls that ask at once, each is
 * told as if it were alone.
 *
 * @param maxAge how old a counter may be before its budget's policy for stale ones holds
 */
record Decider(Duration maxAge) {

    /** Rising in strictness. */
    enum Verdict {
        ALLOW,
        WARN,
        DEGRADE,
        BLOCK;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What to do, and why.
     *
     * @param standing the budget that says so; absent if the call is under none
     * @param isStale  whether the number is older than allowed, or there is none
     */
    record Decision(Verdict verdict, @Nullable Standing standing, boolean isStale) {}

    /** @param estimatedNano of the call, 0 or more; 0 if nothing was said */
    Decision decide(List<Standing> standings, long estimatedNano) {
        return standings.stream()
                .map(standing -> decide(standing, estimatedNano))
                .max(Comparator.comparing(Decision::verdict)
                        .thenComparingDouble(decision -> -left(decision, estimatedNano)))
                .orElse(new Decision(Verdict.ALLOW, null, false));
    }

    /** What is spent stays spent, so that an old number can be too small, but hardly too large: it still blocks. */
    private Decision decide(Standing standing, long estimatedNano) {
        Policy policy = standing.budget().definition().policy();
        boolean isStale = !standing.isKnown() || standing.age().compareTo(maxAge) > 0;
        long spent = standing.spentNano() + (policy.failsOpen() ? 0 : standing.cutNano());
        Verdict verdict = verdict(policy, standing.limitNano(), spent, estimatedNano);
        return new Decision(isStale && !policy.failsOpen() ? Verdict.BLOCK : verdict, standing, isStale);
    }

    private static Verdict verdict(Policy policy, long limitNano, long spentNano, long estimatedNano) {
        if (reaches(policy.blockAt(), limitNano, spentNano, estimatedNano)) {
            return Verdict.BLOCK;
        }
        if (reaches(policy.degradeAt(), limitNano, spentNano, estimatedNano)) {
            return Verdict.DEGRADE;
        }
        return reaches(policy.warnAt(), limitNano, spentNano, estimatedNano) ? Verdict.WARN : Verdict.ALLOW;
    }

    private static boolean reaches(@Nullable BigDecimal share, long limitNano, long spentNano, long estimatedNano) {
        if (share == null) {
            return false;
        }
        BigDecimal at = share.multiply(BigDecimal.valueOf(limitNano)).setScale(0, RoundingMode.CEILING);
        BigDecimal spent = BigDecimal.valueOf(spentNano);
        return spent.compareTo(at) >= 0
                || spent.add(BigDecimal.valueOf(estimatedNano)).compareTo(at) > 0;
    }

    private static double left(Decision decision, long estimatedNano) {
        Standing standing = decision.standing();
        return standing == null ? 0 : (double) standing.limitNano() - standing.spentNano() - estimatedNano;
    }
}
