package io.pentameter.quality.judge;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * What a judge may spend on a UTC day. Hard: money is set aside before a call, and the call is not made without.
 *
 * <p>At any time {@code spent + reserved} is at most the budget, but for calls that cost more than their upper bound, which
 * only an endpoint that ignores its output limit can cause.
 */
interface Budget {

    /** Sets money aside; empty if that would exceed the judge's budget of today. */
    Optional<Reservation> reserve(Judge judge, long nanoUsd);

    /** Replaces a reservation by what the call cost. Doing it again changes nothing. */
    void settle(Reservation reservation, long nanoUsd);

    /** Money set aside for one call. */
    record Reservation(UUID id, String tenant, String judgeId, LocalDate day, long nanoUsd) {}
}
