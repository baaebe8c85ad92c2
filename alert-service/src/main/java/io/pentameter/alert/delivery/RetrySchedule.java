package io.pentameter.alert.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** When a notice that did not arrive is sent again; the schedule that Standard Webhooks recommends. */
final class RetrySchedule {

    /** Pauses before the second, third … attempt; after the last there is none. */
    static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    /** Up to this share is added, so that what failed together is not tried together. */
    static final double JITTER = 0.2;

    private RetrySchedule() {}

    /**
     * The pause after a failed attempt.
     *
     * @param attempts attempts made so far, 1 or more
     * @param chance   0 to 1
     * @return empty if there is to be no other
     */
    static Optional<Duration> pauseAfter(int attempts, double chance) {
        if (attempts > PAUSES.size()) {
            return Optional.empty();
        }
        Duration pause = PAUSES.get(attempts - 1);
        return Optional.of(pause.plusMillis((long) (pause.toMillis() * JITTER * chance)));
    }
}
