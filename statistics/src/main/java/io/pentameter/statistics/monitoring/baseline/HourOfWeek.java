package io.pentameter.statistics.monitoring.baseline;

import java.time.DayOfWeek;
import java.time.ZonedDateTime;

/**
 * One of the 168 hours of a week, in the tenant's time zone: traffic and users differ by them.
 *
 * @param day  day of the week
 * @param hour 0 to 23
 */
public record HourOfWeek(DayOfWeek day, int hour) {

    /** Hours of a week. */
    public static final int COUNT = 168;

    public HourOfWeek {
        if (hour < 0 || hour > 23) {
            throw new IllegalArgumentException("hour must be in 0..23: " + hour);
        }
    }

    /** The hour that holds {@code time}, by its own zone; when clocks go back, two hours share one. */
    public static HourOfWeek of(ZonedDateTime time) {
        return new HourOfWeek(time.getDayOfWeek(), time.getHour());
    }

    /** 0 (Monday 0:00) to 167 (Sunday 23:00). */
    public int index() {
        return (day.getValue() - 1) * 24 + hour;
    }

    /** The coarser cell that it borrows strength from: 0 to 23 on weekdays, 24 to 47 at weekends. */
    public int parent() {
        return day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY ? 24 + hour : hour;
    }
}
