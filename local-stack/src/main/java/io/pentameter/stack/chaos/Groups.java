package io.pentameter.stack.chaos;

import java.util.concurrent.atomic.AtomicInteger;

/** Names of the groups of a client's traces, the same for as many as can be looked through. Thread-safe. */
final class Groups {

    private static final int TRACES_OF_GROUP = 50;

    private final String prefix;
    private final AtomicInteger made = new AtomicInteger();

    Groups(String run, String client) {
        this.prefix = Trace.prefix(run, client);
    }

    /** The group of the next trace. */
    String next() {
        return prefix + made.getAndIncrement() / TRACES_OF_GROUP;
    }
}
