package io.pentameter.alert.forecast;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.pentameter.statistics.forecast.Exhaustion;
import io.pentameter.statistics.interval.Estimate;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An outlook as the API writes it. Estimated amounts are rounded to 1e-6 USD; what is not known is absent.
 *
 * @param method          run-rate (below 14 days of history), seasonal-naive (below 28) or ets-aada-conformal; none without
 * @param n               whole days of history
 * @param confidence      of every interval
 * @param probabilityOver that the period costs more than the budget, 0 to 1
 * @param reason          why there is no forecast
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OutlookView(
        String method,
        int n,
        double confidence,
        @JsonProperty("today_expected") @Nullable Range todayExpected,
        @JsonProperty("today_projected") @Nullable Range todayProjected,
        @JsonProperty("period_end") @Nullable Range periodEnd,
        @JsonProperty("probability_over") @Nullable Double probabilityOver,
        @Nullable Exhausted exhaustion,
        List<Day> days,
        List<Remark> warnings,
        @Nullable String reason) {

    private static final int PLACES = 6;

    /**
     * An estimate.
     *
     * @param highUsd absent: no bound is known
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Range(
            @JsonProperty("value_usd") String valueUsd,
            @JsonProperty("low_usd") String lowUsd,
            @JsonProperty("high_usd") @Nullable String highUsd,
            String method) {

        static @Nullable Range of(@Nullable Estimate estimate) {
            if (estimate == null || !estimate.isKnown()) {
                return null;
            }
            double high = estimate.interval().high();
            return new Range(
                    text(estimate.value()),
                    text(Math.max(0, estimate.interval().low())),
                    Double.isFinite(high) ? text(high) : null,
                    estimate.method());
        }
    }

    /** One day to come. */
    public record Day(LocalDate date, @Nullable Range spend) {}

    /** What a reader must know. */
    public record Remark(String code, String detail) {}

    /**
     * When the budget is used up.
     *
     * @param date        the median; absent: not within the period
     * @param earliest    absent: not within the period
     * @param latest      absent: perhaps not within the period
     * @param probability that it is used up within the period
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Exhausted(
            @Nullable LocalDate date,
            @Nullable LocalDate earliest,
            @Nullable LocalDate latest,
            double probability) {

        static @Nullable Exhausted of(@Nullable Exhaustion exhaustion, LocalDate today) {
            return exhaustion == null
                    ? null
                    : new Exhausted(
                            date(exhaustion.day(), today),
                            date(exhaustion.interval().low(), today),
                            date(exhaustion.interval().high(), today),
                            exhaustion.probability());
        }

        private static @Nullable LocalDate date(double day, LocalDate today) {
            return Double.isFinite(day) ? today.plusDays((long) day - 1) : null;
        }
    }

    public static OutlookView of(Outlook outlook, LocalDate today) {
        Estimate expected = outlook.expected();
        List<Day> days = new ArrayList<>();
        outlook.coming().forEach((day, estimate) -> days.add(new Day(today.plusDays(day), Range.of(estimate))));
        return new OutlookView(
                expected == null ? "none" : expected.method(),
                outlook.days(),
                0.95,
                Range.of(expected),
                Range.of(outlook.today()),
                Range.of(outlook.periodEnd()),
                outlook.overBudget(),
                Exhausted.of(outlook.exhaustion(), today),
                days,
                outlook.warnings().stream()
                        .map(warning -> new Remark(warning.code(), warning.sentence()))
                        .toList(),
                outlook.reason());
    }

    private static String text(double usd) {
        return BigDecimal.valueOf(usd)
                .setScale(PLACES, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
    }
}
