package io.pentameter.alert.watch;

import io.pentameter.alert.budget.Budget;
import io.pentameter.alert.budget.BudgetDefinition;
import io.pentameter.alert.budget.Period;
import io.pentameter.alert.forecast.Outlook;
import io.pentameter.alert.forecast.SpendDays;
import io.pentameter.alert.forecast.SpendHistory;
import io.pentameter.alert.spend.SpendAnswer;
import io.pentameter.alert.spend.SpendQuestion;
import io.pentameter.alert.spend.SpendSource;
import io.pentameter.alert.watch.PostgresBudgetBook.Reading;
import io.pentameter.statistics.interval.Estimate;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Projects the day of what a budget is about: of all of it, or of each value that spends most. */
final class BudgetProjections {

    /**
     * Values of a budget for each that are projected: those that spent most today. A day that is out of line is so by money,
     * and each value costs a reading of 84 days.
     */
    static final int MAX_VALUES = 50;

    private final SpendSource source;
    private final Runnable afterEach;

    /** @param afterEach run after each value, for what must not wait until all are done */
    BudgetProjections(SpendSource source, Runnable afterEach) {
        this.source = source;
        this.afterEach = afterEach;
    }

    /**
     * One reading for each value that has a forecast; of a budget without {@code each} at most one.
     *
     * @param at the end of what is read
     * @throws IOException if spending cannot be asked for
     */
    List<Reading> of(Budget budget, Instant at) throws IOException {
        BudgetDefinition definition = budget.definition();
        Period.Span day = Period.DAY.around(at, definition.zone());
        String each = definition.each();
        List<Reading> readings = new ArrayList<>();
        if (each == null) {
            reading(budget, day, "", definition.scope(), at).ifPresent(readings::add);
            return readings;
        }
        for (String value : topOfToday(budget, each, day, at)) {
            Map<String, String> scope = new HashMap<>(definition.scope());
            scope.put(each, value);
            reading(budget, day, value, scope, at).ifPresent(readings::add);
            afterEach.run();
        }
        return readings;
    }

    private List<String> topOfToday(Budget budget, String each, Period.Span day, Instant at) throws IOException {
        if (!day.start().isBefore(at)) {
            return List.of();
        }
        return source
                .ask(new SpendQuestion(
                        List.of(budget.tenant()), budget.definition().scope(), each, day.start(), at, MAX_VALUES, null))
                .rows()
                .stream()
                .filter(row -> !row.value().isEmpty() && hasSpent(row))
                .map(SpendAnswer.Row::value)
                .toList();
    }

    private static boolean hasSpent(SpendAnswer.Row row) {
        BigDecimal usd = row.usd();
        return usd != null && usd.signum() > 0;
    }

    private Optional<Reading> reading(
            Budget budget, Period.Span day, String value, Map<String, String> scope, Instant at) throws IOException {
        BudgetDefinition definition = budget.definition();
        SpendDays days = new SpendHistory(source).read(budget.tenant(), scope, definition.zone(), at);
        Outlook outlook = Outlook.of(
                new Outlook.Facts(days, day, days.spent(), null), budget.id().hashCode());
        Estimate expected = outlook.expected();
        Estimate today = outlook.today();
        return expected == null
                        || today == null
                        || !Double.isFinite(expected.interval().high())
                ? Optional.empty()
                : Optional.of(Reading.of(day, value, today, expected, MonthlyAmount.of(definition)));
    }
}
