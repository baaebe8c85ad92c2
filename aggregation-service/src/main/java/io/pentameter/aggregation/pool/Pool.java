package io.pentameter.aggregation.pool;

import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.aggregation.money.Usd;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A shared cost as it stands since its last change.
 *
 * @param id      of all its versions
 * @param version microseconds at which it was changed; grows
 * @param changedBy subject of the caller
 */
record Pool(String id, long version, Terms terms, String changedBy, Instant changedAt) {

    /** What kind of cost it is; a label, but for {@link #IDLE_CAPACITY}, which needs no driver. */
    enum Kind {
        VECTOR_STORE,
        LOGGING,
        GATEWAY,
        LABOUR,
        IDLE_CAPACITY,
        OTHER
    }

    /** For how long the amount is. */
    enum Period {
        DAY,
        /** A calendar month in UTC; a month of which the pool has only some days costs these days' share. */
        MONTH
    }

    /**
     * What a person says about it.
     *
     * @param amountUsd of each {@code period}, 0 or more, at most 9 digits after the point
     * @param from      first day in UTC
     * @param to        the day after the last; empty for no end
     * @param target    dimension that the driver measures or names; empty: the first that an allocation asks for
     * @param then      splits an element's share further, by the other dimensions of an allocation
     * @param capacity  how much of the driver's measure a day (for a peak: an hour) the amount buys; what nobody used of it is
     *                  idle. Empty: all of it is used
     */
    record Terms(
            String name,
            Kind kind,
            BigDecimal amountUsd,
            Period period,
            LocalDate from,
            Optional<LocalDate> to,
            Driver driver,
            Optional<Dimension> target,
            Meter then,
            Optional<BigDecimal> capacity) {

        boolean covers(LocalDate day) {
            return !day.isBefore(from) && to.map(day::isBefore).orElse(true);
        }

        /**
         * The cost of one day. Days of a month are its running sums' differences, so that they add up to the amount exactly.
         */
        BigDecimal costOf(LocalDate day) {
            return switch (period) {
                case DAY -> Usd.rounded(amountUsd);
                case MONTH -> until(day.getDayOfMonth(), day).subtract(until(day.getDayOfMonth() - 1, day));
            };
        }

        private BigDecimal until(int days, LocalDate month) {
            return amountUsd
                    .multiply(BigDecimal.valueOf(days))
                    .divide(BigDecimal.valueOf(month.lengthOfMonth()), Usd.SCALE, RoundingMode.HALF_EVEN);
        }
    }
}
