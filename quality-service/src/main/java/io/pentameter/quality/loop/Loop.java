package io.pentameter.quality.loop;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * A thread that does one thing again and again until it is stopped, and goes on after failures.
 *
 * <p>The turn says whether there may be more to do at once; if not, the loop rests until it is woken or the pause is over.
 */
public final class Loop implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Loop.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final String name;
    private final Duration pause;
    private final BooleanSupplier turn;
    private final Thread thread;
    private final Semaphore wake = new Semaphore(0);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean isFailing;

    private Loop(String name, Duration pause, BooleanSupplier turn) {
        this.name = name;
        this.pause = pause;
        this.turn = turn;
        this.thread = Thread.ofPlatform().name(name).daemon(true).unstarted(this::run);
    }

    /** Starts a loop; {@code turn} returns true if it should be called again without a pause. */
    public static Loop start(String name, Duration pause, BooleanSupplier turn) {
        Loop loop = new Loop(name, pause, turn);
        loop.thread.start();
        return loop;
    }

    /** Ends a pause. */
    public void wake() {
        if (wake.availablePermits() == 0) {
            wake.release();
        }
    }

    /** Whether it runs, though its last turn may have failed. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    /** Whether the last turn failed. */
    public boolean isFailing() {
        return isFailing;
    }

    /** Whether somebody asked it to stop; a long turn should look now and then. */
    public boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /** Stops after the current turn and waits for that, at most 15 seconds. */
    @Override
    public void close() {
        stopped.countDown();
        wake();
        try {
            if (!thread.join(Duration.ofSeconds(15))) {
                thread.interrupt();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!isStopped()) {
            try {
                if (!turn.getAsBoolean()) {
                    rest(pause);
                }
                isFailing = false;
            } catch (RuntimeException e) { // the outermost edge of this thread
                if (!isStopped()) {
                    LOG.errorf(e, "loop failed, going on loop=%s", name);
                }
                isFailing = true;
                rest(AFTER_FAILURE);
            }
        }
    }

    private void rest(Duration atMost) {
        try {
            if (wake.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
        } catch (InterruptedException _) {
            stopped.countDown();
        }
    }
}
