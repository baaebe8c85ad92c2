package io.pentameter.alert.background;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * Does one thing again and again on a thread of its own until it is closed.
 *
 * <p>Work that fails is logged and done again after the pause, which doubles with each failure up to {@link #LONGEST_PAUSE};
 * the loop itself never ends because of it.
 */
public final class BackgroundLoop implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(BackgroundLoop.class);
    /** Longest pause after failures. */
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private static final int MAX_DOUBLINGS = 10;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

    private final String name;
    private final Duration pause;
    private final Runnable work;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;
    private boolean isWoken;
    private boolean isClosed;

    private BackgroundLoop(String name, Duration pause, Runnable work) {
        this.name = name;
        this.pause = pause;
        this.work = work;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::loop);
    }

    /** Starts it; the first turn begins at once, each next one {@code pause} after the end of the one before. */
    public static BackgroundLoop start(String name, Duration pause, Runnable work) {
        BackgroundLoop loop = new BackgroundLoop(name, pause, work);
        loop.thread.start();
        return loop;
    }

    /** Ends the pause. */
    public void wake() {
        lock.lock();
        try {
            isWoken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets the turn at hand end, for a while, and starts no other. */
    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            if (!thread.join(STOP_LIMIT)) {
                thread.interrupt();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop() {
        int failures = 0;
        while (goesOn()) {
            try {
                work.run();
                failures = 0;
            } catch (RuntimeException e) { // the outermost edge of this thread
                LOG.error("background work failed loop=" + name, e);
                failures = Math.min(failures + 1, MAX_DOUBLINGS);
            }
            pause(pause.multipliedBy(1L << failures));
        }
    }

    private boolean goesOn() {
        lock.lock();
        try {
            return !isClosed;
        } finally {
            lock.unlock();
        }
    }

    private void pause(Duration wanted) {
        Duration longest = pause.compareTo(LONGEST_PAUSE) > 0 ? pause : LONGEST_PAUSE;
        lock.lock();
        try {
            long left = (wanted.compareTo(longest) < 0 ? wanted : longest).toNanos();
            while (left > 0 && !isWoken && !isClosed) {
                left = changed.awaitNanos(left);
            }
            isWoken = false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            isClosed = true;
        } finally {
            lock.unlock();
        }
    }
}
