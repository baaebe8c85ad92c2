package io.pentameter.statistics.monitoring.detector;

import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.Require;
import java.util.List;

/**
 * When an incident ends by itself: the interval of each of the last closed days holds the baseline from before it.
 *
 * <p>An interval so wide that it holds everything says nothing; days wider than {@code maxWidth} do not count as
 * recovered.
 *
 * @param days consecutive closed days that are needed, 1 or more
 * @param maxWidth widest interval of a day that counts, above 0
 */
public record Recovery(int days, double maxWidth) {

    /** Two days, intervals of 20 points at most. */
    public static final Recovery DEFAULT = new Recovery(2, 0.2);

    public Recovery {
        Require.atLeast(1, "days", days);
        Require.positive("maxWidth", maxWidth);
    }

    /**
     * Whether the stream has recovered.
     *
     * @param closedDays fixed-time intervals of the days since the alarm, oldest first
     * @param baseline   mean before the incident
     */
    public boolean isRecovered(List<Interval> closedDays, double baseline) {
        if (closedDays.size() < days) {
            return false;
        }
        return closedDays.subList(closedDays.size() - days, closedDays.size()).stream()
                .allMatch(day -> day.holds(baseline) && day.width() <= maxWidth);
    }
}
