package io.pentameter.statistics.slo;

import io.pentameter.statistics.interval.Require;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Keeps a burn rate from paging on a handful of events: they must be improbable while the objective is kept.
 *
 * <pre>passes when  bad &gt;= 2  and  P(X &gt;= bad | n, 1-SLO) &lt;= level</pre>
 *
 * <p>Exact binomial tail. Of 10 events at 99.9 %, one bad is a burn of 100 and p = .00996: no page; two are p = 4.5e-5:
 * page. Takes events as independent; count sessions, not requests, where failures come in sessions. Looking every
 * minute makes false alarms more frequent than {@code level} says: it is a gate behind the burn rates, not a detector.
 *
 * <p>Source: exact binomial test, C. J. Clopper, E. S. Pearson, Biometrika 26 (1934), 404–413; the levels are
 * Pentameter's choice.
 *
 * @param pageLevel largest probability at which a page passes, between 0 and 1
 * @param ticketLevel the same for a ticket
 * @param leastBad bad events needed, 1 or more
 */
public record EvidenceGate(double pageLevel, double ticketLevel, long leastBad) {

    /** 0.001 for pages, 0.01 for tickets, two bad events. */
    public static final EvidenceGate DEFAULT = new EvidenceGate(1e-3, 1e-2, 2);

    public EvidenceGate {
        Require.betweenZeroAndOne("pageLevel", pageLevel);
        Require.betweenZeroAndOne("ticketLevel", ticketLevel);
        Require.atLeast(1, "leastBad", leastBad);
    }

    /** Whether the events of the long window are evidence enough. */
    public boolean passes(EventCounts counts, Target target, Severity severity) {
        return counts.bad() >= leastBad
                && probability(counts, target) <= (severity == Severity.PAGE ? pageLevel : ticketLevel);
    }

    /**
     * {@code P(X >= bad)} while the objective is just kept; 1 for no bad event. Counts beyond 2³¹ are scaled down to
     * it.
     */
    public static double probability(EventCounts counts, Target target) {
        if (counts.bad() == 0) {
            return 1;
        }
        long factor = counts.valid() / Integer.MAX_VALUE + 1; // beyond two thousand million any excess is certain
        int valid = (int) (counts.valid() / factor);
        int bad = (int) Math.min(valid, counts.bad() / factor);
        return bad == 0
                ? 1
                : BinomialDistribution.of(valid, target.budget().doubleValue()).survivalProbability(bad - 1);
    }
}
