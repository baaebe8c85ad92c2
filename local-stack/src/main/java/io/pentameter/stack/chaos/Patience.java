package io.pentameter.stack.chaos;

import io.pentameter.stack.process.Waiting;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Trying again while nobody answers, for as long as a process may take to come back. */
final class Patience {

    static final Duration LIMIT = Duration.ofMinutes(4);

    private Patience() {}

    /** @throws IllegalStateException if it takes too long */
    static void await(String what, Duration pause, BooleanSupplier attempt) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!isDone(attempt)) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("waited %d s in vain for %s".formatted(LIMIT.toSeconds(), what));
            }
            Waiting.pause(pause);
        }
    }

    private static boolean isDone(BooleanSupplier attempt) {
        try {
            return attempt.getAsBoolean();
        } catch (UncheckedIOException _) { // nobody answers at the moment
            return false;
        }
    }
}
