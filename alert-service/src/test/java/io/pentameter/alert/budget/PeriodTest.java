package io.pentameter.alert.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class PeriodTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void aMonthBeginsAtMidnightOfItsFirstDayInTheZone() {
        // 23:30 in London, and half past midnight of the first of November in Berlin
        Instant late = Instant.parse("2026-10-31T23:30:00Z");

        assertThat(Period.MONTH.around(late, BERLIN))
                .isEqualTo(new Period.Span(LocalDate.of(2026, 11, 1), LocalDate.of(2026, 12, 1), BERLIN));
        assertThat(Period.MONTH.around(late, BERLIN).start()).isEqualTo(Instant.parse("2026-10-31T23:00:00Z"));
        assertThat(Period.MONTH.around(late, ZoneOffset.UTC).word()).isEqualTo("2026-10-01");
    }

    @Test
    void theDayOnWhichClocksGoBackHasTwentyFiveHours() {
        Period.Span day = Period.DAY.around(Instant.parse("2026-10-25T12:00:00Z"), BERLIN);

        assertThat(Duration.between(day.start(), day.end())).isEqualTo(Duration.ofHours(25));
    }

    @Test
    void aWeekBeginsOnMonday() {
        // 2026-11-21 is a Saturday
        Period.Span week = Period.WEEK.around(Instant.parse("2026-11-21T16:00:00Z"), ZoneOffset.UTC);

        assertThat(week.word()).isEqualTo("2026-11-16");
        assertThat(week.end()).isEqualTo(Instant.parse("2026-11-23T00:00:00Z"));
    }

    @Test
    void theFirstMomentBelongsToThePeriodAndTheLastToTheNext() {
        Instant first = Instant.parse("2026-12-01T00:00:00Z");

        assertThat(Period.MONTH.around(first, ZoneOffset.UTC).start()).isEqualTo(first);
        assertThat(Period.MONTH.around(first.minusNanos(1), ZoneOffset.UTC).end())
                .isEqualTo(first);
    }
}
