package io.pentameter.statistics.forecast;

import io.pentameter.statistics.interval.Require;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Finds an agent that asks the same thing again and again: one prompt with one tool, ten times in a session.
 *
 * <p>One guard watches one session. Each call counts once by its id, in any order. Once {@code limit} calls are held,
 * further ones are not looked at: a session that long has been told to stop before. Not safe for use by several
 * threads.
 *
 * <p>The limit of ten is Pentameter's choice.
 */
public final class LoopGuard {

    /** Calls that make a loop. */
    public static final int USUAL_REPEATS = 10;

    private final int repeats;
    private final int limit;
    private final Set<String> calls = new HashSet<>();
    private final Map<Step, Integer> counts = new HashMap<>();

    private record Step(String promptHash, String tool) {}

    /**
     * A guard that reports from {@code repeats} (2 or more) on and looks at {@code limit} calls (1 or more) at most.
     */
    public LoopGuard(int repeats, int limit) {
        this.repeats = Require.atLeast(2, "repeats", repeats);
        this.limit = Require.atLeast(1, "limit", limit);
    }

    /** Takes in a call and tells whether its prompt and tool have come often enough to be a loop. */
    public boolean isLoop(String callId, String promptHash, String tool) {
        Step step = new Step(promptHash, tool);
        if (calls.size() < limit && calls.add(callId)) {
            counts.merge(step, 1, Integer::sum);
        }
        return counts.getOrDefault(step, 0) >= repeats;
    }
}
