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

    private static final int DAY = 86_400;

    PricePeriod {
        tiers = Map.copyOf(tiers);
    }

    boolean holdsAt(long epochSecond) {
        if (from != null && Math.floorDiv(epochSecond, DAY) < from.toEpochDay()) {
            return false;
        }
        if (dayFrom == null || dayUntil == null) {
            return true;
        }
        int second = Math.floorMod(epochSecond, DAY);
        int start = dayFrom.toSecondOfDay();
        int end = dayUntil.toSecondOfDay();
        return start <= end ? second >= start && second < end : second >= start || second < end;
    }

    boolean isConditional() {
        return from != null || dayFrom != null;
    }
}
