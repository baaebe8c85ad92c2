package io.pentameter.aggregation.repricing;

import java.time.Instant;
import java.util.Locale;

/**
 * A repricing of one tenant.
 *
 * @param generation   grows from one to the next; of two that touch a span the greater counts
 * @param priceVersion of the book that it prices by; empty until it begins
 * @param ownVersion   of the tenant's own prices then; 0 for none
 * @param chunks       pieces of its work; -1 until it begins
 * @param detail       why it failed; empty if it did not
 */
record Repricing(
        String tenant,
        String id,
        long generation,
        State state,
        RepricingOrder order,
        String priceVersion,
        long ownVersion,
        long chunks,
        long chunksDone,
        String detail,
        String madeBy,
        Instant createdAt) {

    /** How far the working out is. Whether it is visible, its events say. */
    enum State {
        QUEUED,
        CALCULATING,
        CALCULATED,
        FAILED,
        /** Nobody applied it in time; its rows are gone. */
        EXPIRED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State ofWord(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }

        boolean isUnderWay() {
            return this == QUEUED || this == CALCULATING;
        }
    }

    /**
     * Begins, or begins again.
     *
     * @param attempt its generation from now on: rows of the attempt before, whose last may still come, are of another
     */
    Repricing begun(long attempt, String version, long own) {
        return new Repricing(tenant, id, attempt, State.CALCULATING, order, version, own, -1, 0, "", madeBy, createdAt);
    }

    Repricing of(long pieces) {
        return new Repricing(
                tenant, id, generation, state, order, priceVersion, ownVersion, pieces, 0, "", madeBy, createdAt);
    }

    Repricing at(State now, long done, String why) {
        return new Repricing(
                tenant, id, generation, now, order, priceVersion, ownVersion, chunks, done, why, madeBy, createdAt);
    }
}
