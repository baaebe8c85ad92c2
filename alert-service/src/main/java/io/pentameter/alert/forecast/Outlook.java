package io.pentameter.alert.forecast;

import io.pentameter.alert.budget.Period;
import io.pentameter.statistics.forecast.Exhaustion;
import io.pentameter.statistics.forecast.IntradayProjection;
import io.pentameter.statistics.forecast.MonthEnd;
import io.pentameter.statistics.forecast.SpendForecast;
import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.Warning;
import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;

/**
 * What a period will have cost when it is over.
 *
 * @param days        whole days of history that it rests on
 * @param expected    of today, by the days before; absent without a forecast
 * @param today       of today, by what was spent by now; absent without days to learn its course from
 * @param periodEnd   of the whole period; absent without a forecast
 * @param overBudget  probability that the period costs more than the budget; absent without either
 * @param exhaustion  days from today on until the budget is used up, 1 being today; absent without either, and where it is used
 *                    up already
 * @param coming      the days after today, as number from today (1 is tomorrow); those of the period
 * @param warnings    what a reader must know
 * @param reason      why there is no forecast; absent if there is one
 */
public record Outlook(
        int days,
        @Nullable Estimate expected,
        @Nullable Estimate today,
        @Nullable Estimate periodEnd,
        @Nullable Double overBudget,
        @Nullable Exhaustion exhaustion,
        SequencedMap<Integer, Estimate> coming,
        List<Warning> warnings,
        @Nullable String reason) {

    /** Fewer whole days bear no forecast. */
    public static final int MIN_DAYS = 3;

    private static final Confidence CONFIDENCE = Confidence.NINETY_FIVE;

    public Outlook {
        warnings = List.copyOf(warnings);
    }

    /** What is known, and to be held against. */
    public record Facts(
            SpendDays days,
            Period.Span span,
            BigDecimal spentInPeriod,
            @Nullable BigDecimal budget) {

        double spentBeforeToday() {
            return Math.max(0, spentInPeriod.subtract(days.spent()).doubleValue());
        }

        /** Today included. */
        int daysLeft() {
            return (int) ChronoUnit.DAYS.between(days.today(), span.next());
        }
    }

    /** @param seed of the simulated paths; the same seed gives the same answer */
    public static Outlook of(Facts facts, long seed) {
        SpendDays days = facts.days();
        List<Warning> warnings = new ArrayList<>();
        if (days.isCut()) {
            warnings.add(
                    new Warning("unknown-cost", "The history begins after the last day of which no cost is known."));
        }
        double[] history =
                days.complete().stream().mapToDouble(BigDecimal::doubleValue).toArray();
        if (history.length < MIN_DAYS) {
            return none(
                    history.length,
                    warnings,
                    "a forecast needs at least %d whole days with a known cost; there are %d"
                            .formatted(MIN_DAYS, history.length));
        }
        SpendForecast forecast = SpendForecast.of(history, CONFIDENCE);
        Estimate expected = forecast.day(1);
        warnings.addAll(expected.warnings());
        Estimate today = today(days, expected);
        return today == null
                ? withoutToday(facts, forecast, expected, warnings, seed)
                : withToday(facts, history, expected, today, warnings, seed);
    }

    private static Outlook none(int days, List<Warning> warnings, String reason) {
        return new Outlook(days, null, null, null, null, null, new LinkedHashMap<>(), warnings, reason);
    }

    /** By the hours so far and by the days before, weighted by their precision; never below what is spent. */
    private static @Nullable Estimate today(SpendDays days, Estimate expected) {
        double[] shares =
                days.shares().stream().mapToDouble(Double::doubleValue).toArray();
        if (shares.length < 2 || days.shares().stream().allMatch(share -> share == 0)) {
            return null;
        }
        double spent = days.spent().doubleValue();
        IntradayProjection projection = IntradayProjection.of(shares, spent);
        Estimate byHours = IntradayProjection.estimate(shares, spent, CONFIDENCE);
        double priorVariance = expected.standardError() * expected.standardError();
        double own = byHours.standardError() * byHours.standardError();
        if (spent == 0 || Double.isInfinite(own) || priorVariance == 0 || Double.isInfinite(priorVariance)) {
            return spent == 0 ? floored(expected, spent) : byHours;
        }
        double value = Math.max(spent, projection.combinedWith(expected.value(), priorVariance));
        double error = own == 0 ? 0 : Math.sqrt(1 / (1 / own + 1 / priorVariance));
        double reach = CONFIDENCE.z() * error;
        return new Estimate(
                value,
                error,
                new Interval(Math.max(spent, value - reach), value + reach),
                CONFIDENCE,
                "intraday-ratio-with-prior",
                byHours.size(),
                List.of());
    }

    private static Estimate floored(Estimate estimate, double least) {
        return new Estimate(
                Math.max(least, estimate.value()),
                estimate.standardError(),
                estimate.interval().clippedTo(new Interval(least, Double.POSITIVE_INFINITY)),
                estimate.confidence(),
                estimate.method(),
                estimate.size(),
                estimate.warnings());
    }

    /** The paths begin with today, of which nothing is known but what is spent. */
    private static Outlook withoutToday(
            Facts facts, SpendForecast forecast, Estimate expected, List<Warning> warnings, long seed) {
        double before = facts.spentBeforeToday();
        double budget = budget(facts);
        MonthEnd end = MonthEnd.project(before, forecast, facts.daysLeft(), budget, CONFIDENCE, seed);
        return assembled(
                facts,
                forecast,
                expected,
                null,
                floored(end.total(), facts.spentInPeriod().doubleValue()),
                end.overBudget(),
                exhaustion(facts, forecast, budget - before, null, seed),
                warnings);
    }

    /** Today is taken as projected, and the paths begin with tomorrow; today's own error is added to theirs. */
    private static Outlook withToday(
            Facts facts, double[] history, Estimate expected, Estimate today, List<Warning> warnings, long seed) {
        double[] longer = Arrays.copyOf(history, history.length + 1);
        longer[history.length] = today.value();
        SpendForecast forecast = SpendForecast.of(longer, CONFIDENCE);
        double before = facts.spentBeforeToday();
        double budget = budget(facts);
        int left = facts.daysLeft() - 1;
        double withToday = before + today.value();
        if (left == 0) {
            Estimate end = new Estimate(
                    withToday,
                    today.standardError(),
                    new Interval(
                            before + today.interval().low(),
                            before + today.interval().high()),
                    CONFIDENCE,
                    today.method(),
                    today.size(),
                    today.warnings());
            return assembled(
                    facts,
                    forecast,
                    expected,
                    today,
                    floored(end, facts.spentInPeriod().doubleValue()),
                    exceeds(end, budget, facts),
                    exhaustion(facts, forecast, budget - before, today, seed),
                    warnings);
        }
        MonthEnd end = MonthEnd.project(withToday, forecast, left, budget, CONFIDENCE, seed);
        return assembled(
                facts,
                forecast,
                expected,
                today,
                floored(widened(end.total(), today), facts.spentInPeriod().doubleValue()),
                end.overBudget(),
                exhaustion(facts, forecast, budget - before, today, seed),
                warnings);
    }

    /** The two errors are taken as independent: their squares add. */
    private static Estimate widened(Estimate end, Estimate today) {
        double low = Math.hypot(
                end.value() - end.interval().low(),
                today.value() - today.interval().low());
        double high =
                Math.hypot(end.interval().high() - end.value(), today.interval().high() - today.value());
        return new Estimate(
                end.value(),
                Math.hypot(end.standardError(), today.standardError()),
                new Interval(end.value() - low, end.value() + high),
                end.confidence(),
                end.method(),
                end.size(),
                end.warnings());
    }

    private static double exceeds(Estimate end, double budget, Facts facts) {
        if (facts.spentInPeriod().doubleValue() > budget) {
            return 1;
        }
        if (end.standardError() == 0 || !Double.isFinite(end.standardError())) {
            return end.standardError() == 0 ? (end.value() > budget ? 1 : 0) : Double.NaN;
        }
        return NormalDistribution.of(end.value(), end.standardError()).survivalProbability(budget);
    }

    /** @param today what today is taken to cost; absent if the forecast begins with today */
    private static @Nullable Exhaustion exhaustion(
            Facts facts, SpendForecast forecast, double leftBeforeToday, @Nullable Estimate today, long seed) {
        int horizon = Math.min(366, Math.max(1, facts.daysLeft()));
        if (facts.budget() == null || facts.budget().compareTo(facts.spentInPeriod()) <= 0) {
            return null;
        }
        if (today == null) {
            return Exhaustion.project(leftBeforeToday, forecast, horizon, CONFIDENCE, seed);
        }
        double left = leftBeforeToday - today.value();
        if (left <= 0) {
            return new Exhaustion(1, new Interval(1, 1), 1);
        }
        if (horizon == 1) {
            return new Exhaustion(
                    Double.POSITIVE_INFINITY, new Interval(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY), 0);
        }
        Exhaustion later = Exhaustion.project(left, forecast, horizon - 1, CONFIDENCE, seed);
        return new Exhaustion(
                later.day() + 1,
                new Interval(later.interval().low() + 1, later.interval().high() + 1),
                later.probability());
    }

    private static double budget(Facts facts) {
        BigDecimal budget = facts.budget();
        return budget == null ? 0 : budget.doubleValue();
    }

    private static Outlook assembled(
            Facts facts,
            SpendForecast forecast,
            Estimate expected,
            @Nullable Estimate today,
            Estimate end,
            double over,
            @Nullable Exhaustion exhaustion,
            List<Warning> warnings) {
        SequencedMap<Integer, Estimate> coming = new LinkedHashMap<>();
        for (int day = 1; day < facts.daysLeft(); day++) {
            coming.put(day, forecast.day(today == null ? day + 1 : day));
        }
        end.warnings().stream().filter(more -> !warnings.contains(more)).forEach(warnings::add);
        Double overBudget = facts.budget() == null || Double.isNaN(over) ? null : (Double) over;
        if (facts.budget() != null && facts.spentInPeriod().compareTo(facts.budget()) > 0) {
            overBudget = 1.0;
        }
        return new Outlook(
                facts.days().complete().size(), expected, today, end, overBudget, exhaustion, coming, warnings, null);
    }
}
