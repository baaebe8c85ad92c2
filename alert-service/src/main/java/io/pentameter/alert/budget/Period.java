package io.pentameter.alert.budget;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Optional;

/** How long a budget's amount must last. */
public enum Period {
    DAY,
    /** Begins on Monday. */
    WEEK,
    /** Of the calendar. */
    MONTH;

    /** The period in which the moment lies, as clocks in the zone show it. */
    public Span around(Instant at, ZoneId zone) {
        LocalDate day = at.atZone(zone).toLocalDate();
        LocalDate first = switch (this) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
        };
        LocalDate next = switch (this) {
            case DAY -> first.plusDays(1);
            case WEEK -> first.plusWeeks(1);
            case MONTH -> first.plusMonths(1);
        };
        return new Span(first, next, zone);
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Period> ofWord(String word) {
        for (Period period : values()) {
            if (period.word().equals(word)) {
                return Optional.of(period);
            }
        }
        return Optional.empty();
    }

    /**
     * One period.
     *
     * @param first its first day
     * @param next  the day after its last
     */
    public record Span(LocalDate first, LocalDate next, ZoneId zone) {

        /** Its first moment. */
        public Instant start() {
            return first.atStartOfDay(zone).toInstant();
        }

        /** The moment after its last. */
        public Instant end() {
            return next.atStartOfDay(zone).toInstant();
        }

        /** What alerts call it: its first day. */
        public String word() {
            return first.toString();
        }
    }
}
