package io.pentameter.quality.queue;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before a judgement is tried again: doubling from 2 s to 5 min, with up to half of it by chance. */
record Backoff(RandomGenerator random) {

    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /**
     * The wait after a failure.
     *
     * @param attempts failures so far, this one included; 1 or more
     * @param atLeast  what the endpoint asked for
     */
    Duration after(int attempts, Duration atLeast) {
        Duration step = FIRST.multipliedBy(1L << Math.min(attempts - 1, 20));
        Duration base = step.compareTo(LONGEST) > 0 ? LONGEST : step;
        Duration wait = base.dividedBy(2).plusMillis(random.nextLong(base.toMillis() / 2 + 1));
        return wait.compareTo(atLeast) < 0 ? atLeast : wait;
    }
}
