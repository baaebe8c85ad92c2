package io.pentameter.pricing;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prices and when they hold, in UTC.
 *
 * @param from     first day; absent if always
 * @param dayFrom  time of day from which they hold each day, included; absent if all day
 * @param dayUntil time of day until which they hold, excluded; absent if all day
 * @param tiers    sheets by service tier; standard is always there
 */
record PricePeriod(
        @Nullable LocalDate from,
        @Nullable LocalTime dayFrom,
        @Nullable LocalTime dayUntil,
        Map<ServiceTier, RateSheet> tiers) {

    PricePeriod {
        tiers = Map.copyOf(tiers);
    }

    Validity validity() {
        long start = from == null ? Long.MIN_VALUE : Validity.secondOf(from.toEpochDay());
        return dayFrom == null || dayUntil == null
                ? new Validity(start, Long.MAX_VALUE, -1, -1)
                : new Validity(start, Long.MAX_VALUE, dayFrom.toSecondOfDay(), dayUntil.toSecondOfDay());
    }
}
