package io.pentameter.statistics.monitoring.detector;

import io.pentameter.statistics.interval.Require;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The units of one open hour, each counted once: a duplicate would be forged evidence.
 *
 * <p>A unit is a session's mean of one hour, or a block's fraction; its id is unique within the hour. Until the hour is
 * closed (15 minutes after its end by default; later units go to the hour that is then open, which is valid as long as
 * lateness does not hang on the score) shards are merged by uniting the units. The result does not depend on order,
 * duplication or sharding. If one id comes with two scores, the smaller stays.
 *
 * <p>Once {@code limit} units are held, further ones are refused; see {@link #refused} for the count. Not safe for use
 * by several threads.
 *
 * <p>Not for counts that come summed up already: {@link HourEvidence#add(double, long)}.
 */
public final class HourOfUnits {

    /** Units of an hour that are held at most, unless told otherwise. */
    public static final int DEFAULT_LIMIT = 100_000;

    private final Map<String, Double> scores = new HashMap<>();
    private final int limit;
    private long refused;

    /** An empty hour that holds {@value #DEFAULT_LIMIT} units at most. */
    public HourOfUnits() {
        this(DEFAULT_LIMIT);
    }

    /** An empty hour that holds {@code limit} units at most, 1 or more. */
    public HourOfUnits(int limit) {
        this.limit = Require.atLeast(1, "limit", limit);
    }

    /**
     * Takes in a unit unless it is there already.
     *
     * @param score 0 to 1
     * @return whether it was new and there was room
     */
    public boolean offer(String unitId, double score) {
        Require.share("score", score);
        Double known = scores.get(unitId);
        if (known != null) {
            scores.put(unitId, Math.min(known, score));
            return false;
        }
        if (scores.size() >= limit) {
            refused++;
            return false;
        }
        scores.put(unitId, score);
        return true;
    }

    /** Takes in all units of another shard of the same hour. */
    public void merge(HourOfUnits other) {
        refused += other.refused;
        Map.copyOf(other.scores).forEach(this::offer);
    }

    /** The evidence of the units held, against the null of {@code bets}. */
    public HourEvidence evidence(Bets bets) {
        HourEvidence evidence = new HourEvidence(bets);
        scores.values().forEach(evidence::add);
        return evidence;
    }

    /** Score by id of the units held, in the order of the ids; offered to an empty hour they restore this one. */
    public Map<String, Double> units() {
        return new TreeMap<>(scores);
    }

    /** Number of different units held. */
    public int size() {
        return scores.size();
    }

    /** Number of units that found no room. */
    public long refused() {
        return refused;
    }
}
