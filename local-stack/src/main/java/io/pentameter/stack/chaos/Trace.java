package io.pentameter.stack.chaos;

import java.util.Set;

/**
 * What must be found of a trace when all of it was acknowledged.
 *
 * @param group   a word by which a query finds it, together with others; begins with those of its run and its client
 * @param traceId in hexadecimal digits
 * @param spanIds in hexadecimal digits; empty if they are not known beforehand
 */
record Trace(String group, String traceId, Set<String> spanIds, Amounts amounts) {

    /** What the groups of a client's traces begin with. */
    static String prefix(String run, String client) {
        return run + "-" + client + "-";
    }

    Trace {
        spanIds = Set.copyOf(spanIds);
    }
}
