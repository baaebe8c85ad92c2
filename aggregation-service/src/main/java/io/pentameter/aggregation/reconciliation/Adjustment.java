package io.pentameter.aggregation.reconciliation;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * A difference that a person accepted: a row of its own beside the ledger, which is never edited.
 *
 * @param from     first day in UTC that it is about
 * @param to       the day after the last
 * @param usd      what the ledger lacks; below 0 what it has too much. Not 0
 * @param reason   one of {@link #REASONS}
 * @param reverses id of the adjustment that this one takes back; empty for none
 */
record Adjustment(
        String id,
        String provider,
        LocalDate from,
        LocalDate to,
        BigDecimal usd,
        String reason,
        String note,
        String reverses,
        String postedBy,
        Instant postedAt) {

    static final List<String> REASONS =
            List.of("unpriced", "missing", "duplicated", "tier", "rounding", "open", "other");

    /** What takes it back. */
    Adjustment reversed(String newId, String by, Instant at) {
        return new Adjustment(newId, provider, from, to, usd.negate(), reason, "takes back " + id, id, by, at);
    }

    /** Whether the two say the same, whoever posted them when. */
    boolean saysTheSameAs(Adjustment other) {
        return provider.equals(other.provider)
                && from.equals(other.from)
                && to.equals(other.to)
                && usd.compareTo(other.usd) == 0
                && reason.equals(other.reason)
                && note.equals(other.note);
    }
}
