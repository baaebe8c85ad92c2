package io.pentameter.alert.delivery;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Leaves a destination alone for a while that fails again and again; after that one notice is tried before the others.
 *
 * @param failures  failures one after the other, whichever notices they were
 * @param restUntil absent if it need not be left alone
 */
record Circuit(int failures, @Nullable Instant restUntil) {

    /** Failures after which it rests. */
    static final int THRESHOLD = 5;

    static final Duration FIRST_REST = Duration.ofSeconds(30);
    static final Duration LONGEST_REST = Duration.ofMinutes(30);

    static final Circuit CLOSED = new Circuit(0, null);

    Circuit afterFailure(Instant now) {
        int counted = failures + 1;
        if (counted < THRESHOLD) {
            return new Circuit(counted, null);
        }
        int doublings = Math.min(counted - THRESHOLD, 10);
        Duration rest = FIRST_REST.multipliedBy(1L << doublings);
        return new Circuit(counted, now.plus(rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST));
    }

    /** It asked for patience, which is no failure. */
    Circuit afterThrottle(Instant until) {
        return new Circuit(failures, until);
    }
}
