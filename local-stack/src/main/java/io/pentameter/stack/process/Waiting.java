package io.pentameter.stack.process;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting for another process by asking it again and again. */
public final class Waiting {

    private static final Duration PAUSE = Duration.ofMillis(60);

    private Waiting() {}

    /** Asks until {@code condition} holds or {@code limit} has passed, and says whether it held. */
    public static boolean until(Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            pause(PAUSE);
        }
        return true;
    }

    public static void pause(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }
}
