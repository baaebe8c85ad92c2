package io.pentameter.statistics.slo.document;

/**
 * Over which time the objective is kept.
 *
 * @param length   of the period
 * @param calendar how it is aligned; empty strings for a rolling period
 */
public record Period(Shorthand length, Calendar calendar) {

    /**
     * Alignment to the calendar.
     *
     * @param startTime first start, {@code yyyy-MM-dd HH:mm:ss} without zone; empty if rolling
     * @param timeZone  IANA name; empty if rolling
     */
    public record Calendar(String startTime, String timeZone) {

        /** No alignment. */
        public static final Calendar NONE = new Calendar("", "");
    }

    /** A rolling period. */
    public static Period rolling(Shorthand length) {
        return new Period(length, Calendar.NONE);
    }

    /** Whether the period rolls. */
    public boolean isRolling() {
        return calendar.equals(Calendar.NONE);
    }
}
