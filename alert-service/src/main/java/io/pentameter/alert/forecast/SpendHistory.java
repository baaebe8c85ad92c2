package io.pentameter.alert.forecast;

import io.pentameter.alert.spend.SpendAnswer;
import io.pentameter.alert.spend.SpendQuestion;
import io.pentameter.alert.spend.SpendSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the days that forecasts are made from. Closed days are read again each time: late calls and prices change them. */
public final class SpendHistory {

    /** Whole days that are read. */
    public static final int DAYS = 84;

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration QUARTER = Duration.ofMinutes(15);
    /** Of one query; aggregation-service allows 2,000. */
    private static final int MAX_POINTS = 1_900;

    private final SpendSource source;

    public SpendHistory(SpendSource source) {
        this.source = source;
    }

    /**
     * The days of one tenant.
     *
     * @param filters value by dimension
     * @param at      the end of what is read; not after the moment up to which the numbers are complete
     */
    public SpendDays read(String tenant, Map<String, String> filters, ZoneId zone, Instant at) throws IOException {
        LocalDate today = at.atZone(zone).toLocalDate();
        Instant from = today.minusDays(DAYS).atStartOfDay(zone).toInstant();
        Duration step = step(zone, from, at);
        Map<Instant, SpendAnswer.Point> points = new HashMap<>();
        Instant begin = from;
        while (begin.isBefore(at)) {
            Instant end = begin.plus(step.multipliedBy(MAX_POINTS));
            Instant to = end.isBefore(at) ? end : at;
            source.ask(new SpendQuestion(List.of(tenant), filters, null, begin, to, 1, step))
                    .rows()
                    .forEach(row -> points.putAll(row.points()));
            begin = to;
        }
        return SpendDays.of(points, step, zone, at);
    }

    /** Points begin at multiples since the epoch: hours, unless the zone is off them by a part. */
    static Duration step(ZoneId zone, Instant from, Instant to) {
        for (Instant day = from; day.isBefore(to); day = day.plus(Duration.ofDays(1))) {
            ZoneOffset offset = zone.getRules().getOffset(day);
            if (offset.getTotalSeconds() % HOUR.toSeconds() != 0) {
                return QUARTER;
            }
        }
        return HOUR;
    }
}
