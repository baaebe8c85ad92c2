package io.pentameter.quality.judge;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A budget without a database, for one judge and one day. */
final class InMemoryBudget implements Budget {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);

    private final Map<UUID, Reservation> open = new HashMap<>();
    private long spent;
    private long largest;

    @Override
    public Optional<Reservation> reserve(Judge judge, long nanoUsd) {
        if (spent + reserved() + nanoUsd > judge.dailyBudgetNanoUsd()) {
            return Optional.empty();
        }
        Reservation reservation = new Reservation(UUID.randomUUID(), judge.tenant(), judge.id(), DAY, nanoUsd);
        open.put(reservation.id(), reservation);
        largest = Math.max(largest, nanoUsd);
        return Optional.of(reservation);
    }

    @Override
    public void settle(Reservation reservation, long nanoUsd) {
        if (open.remove(reservation.id()) != null) {
            spent += nanoUsd;
        }
    }

    long spent() {
        return spent;
    }

    long reserved() {
        return open.values().stream().mapToLong(Reservation::nanoUsd).sum();
    }

    long largest() {
        return largest;
    }
}
