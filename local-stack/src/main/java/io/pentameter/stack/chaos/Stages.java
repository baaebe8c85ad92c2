package io.pentameter.stack.chaos;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where the one who prices again stands, so that others can strike in the midst of it, and what the past may cost meanwhile.
 * Thread-safe.
 */
final class Stages {

    /** What is going on, as its client knows. */
    enum Stage {
        ORDERED("ordered"),
        CALCULATING("calculated"),
        CALCULATED("ready"),
        APPLYING("applied"),
        APPLIED("in force"),
        REVERTING("taken back"),
        REVERTED("over");

        private final String word;

        Stage(String word) {
            this.word = word;
        }

        /** What is being done, as a participle. */
        String word() {
            return word;
        }
    }

    /**
     * One time at a stage.
     *
     * @param number grows by one from each to the next
     */
    record Step(int number, Stage stage) {}

    /** A strike at a calculation, of which the next answer tells whether it came before its end. */
    private record Aim(int strike, String victim) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Map<Stage, Integer>> struck = new TreeMap<>();
    private Step current = new Step(0, Stage.REVERTED);
    private int strikes;
    private @Nullable Aim aim;

    Step now() {
        lock.lock();
        try {
            return current;
        } finally {
            lock.unlock();
        }
    }

    /** Goes to a stage; nothing happens if it is there. */
    void become(Stage stage) {
        lock.lock();
        try {
            if (current.stage() != stage) {
                current = new Step(current.number() + 1, stage);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it is at a stage, and tells whether it was within the limit. */
    boolean await(Stage stage, Duration limit) {
        lock.lock();
        try {
            long left = limit.toNanos();
            while (current.stage() != stage && left > 0) {
                left = changed.awaitNanos(left);
            }
            return current.stage() == stage;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Kills, and counts it if what goes on was going on before and after: of a calculation only if the first answer after the kill says
     * so too.
     *
     * @param kill returns at once
     */
    void strike(String victim, Runnable kill) {
        Step before = now();
        kill.run();
        lock.lock();
        try {
            strikes++;
            if (!current.equals(before)) {
                return;
            }
            switch (before.stage()) {
                case CALCULATING -> aim = new Aim(strikes, victim);
                case APPLYING, REVERTING -> count(victim, before.stage());
                case ORDERED, CALCULATED, APPLIED, REVERTED -> {
                    // nothing was half done
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many strikes there were; told to {@link #heard} by who asks then. */
    int strikes() {
        lock.lock();
        try {
            return strikes;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes in an answer.
     *
     * @param asked         strikes when it was asked
     * @param isCalculating whether it said that the work is not done
     */
    void heard(int asked, boolean isCalculating) {
        lock.lock();
        try {
            Aim open = aim;
            if (open != null && asked >= open.strike()) {
                aim = null;
                if (isCalculating) {
                    count(open.victim(), Stage.CALCULATING);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** How often a victim was killed in the midst of a stage. */
    int struck(String victim, Stage stage) {
        lock.lock();
        try {
            return struck.getOrDefault(victim, Map.of()).getOrDefault(stage, 0);
        } finally {
            lock.unlock();
        }
    }

    /** How often each was killed in the midst of what, as a sentence's part; empty if none was. */
    String told() {
        lock.lock();
        try {
            return struck.entrySet().stream()
                    .map(entry -> entry.getKey() + " "
                            + entry.getValue().entrySet().stream()
                                    .map(count -> "%d while it was %s"
                                            .formatted(
                                                    count.getValue(),
                                                    count.getKey().word()))
                                    .collect(Collectors.joining(", ")))
                    .collect(Collectors.joining("; "));
        } finally {
            lock.unlock();
        }
    }

    private void count(String victim, Stage stage) {
        struck.computeIfAbsent(victim, _ -> new EnumMap<>(Stage.class)).merge(stage, 1, Integer::sum);
    }
}
