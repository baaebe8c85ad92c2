package io.pentameter.aggregation.settlement;

/**
 * A stored span as its relatives are settled by it. Ids are hexadecimal digits.
 *
 * @param parent   equal to {@code span}, or that of no span, for a root
 * @param reports  whether it is a call that told its usage, even if that is not counted
 * @param response the provider's id of the answer; empty if not known
 * @param failure  hard or soft
 * @param model    empty if not known
 * @param receipt  microseconds since the epoch; equal for the spans of one delivery
 * @param attempt  what is stored of its place among the attempts of a request
 * @param whose    what is stored of whom and what it was done for
 * @param repeated what is stored of whether a call below has the same usage
 * @param rewritten whether its row has been written again by a settlement, perhaps by one that did not come to its end
 */
record Step(
        String span,
        String parent,
        String kind,
        boolean reports,
        String response,
        long startNs,
        long endNs,
        Failure failure,
        String model,
        long receipt,
        Place attempt,
        Whose whose,
        boolean repeated,
        boolean rewritten) {

    /**
     * Which try of which request a call is.
     *
     * @param group  0 for what is no attempt
     * @param number 1 for the first
     */
    record Place(long group, int number, int of, boolean superseded, boolean hidden) {}

    /**
     * What is stored of how the step failed.
     *
     * @param word   its class; empty if it did not fail
     * @param detail finer word; empty if the class says it all
     * @param hard   whether the client says so
     */
    record Failure(String word, String detail, boolean hard, String rule) {

        /** The step did not fail. */
        static final Failure NONE = new Failure("", "", false, "");

        boolean isNone() {
            return word.isEmpty();
        }

        /** The finest word. */
        String finest() {
            return detail.isEmpty() ? word : detail;
        }
    }

    /** Whom and what a step was done for; each empty if not known. */
    record Whose(String feature, String route, String customer, String user, String session) {

        /** Nothing is known. */
        static final Whose NOBODY = new Whose("", "", "", "", "");

        boolean isComplete() {
            return !(feature.isEmpty() || route.isEmpty() || customer.isEmpty() || user.isEmpty() || session.isEmpty());
        }

        /** With what is missing from the other. */
        Whose or(Whose other) {
            return new Whose(
                    first(feature, other.feature),
                    first(route, other.route),
                    first(customer, other.customer),
                    first(user, other.user),
                    first(session, other.session));
        }

        private static String first(String one, String other) {
            return one.isEmpty() ? other : one;
        }
    }

    boolean failed() {
        return !failure.isNone();
    }

    boolean isBoundary() {
        return switch (kind) {
            case "tool", "retrieval", "guardrail", "evaluation" -> true;
            default -> false;
        };
    }
}
