package io.pentameter.alert.watch;

import io.pentameter.alert.budget.Budget;
import io.pentameter.alert.budget.BudgetDefinition;
import io.pentameter.alert.budget.BudgetRules;
import io.pentameter.alert.budget.Period;
import io.pentameter.alert.lifecycle.PostgresAlertBook;
import io.pentameter.alert.lifecycle.PostgresAlertBook.Look;
import io.pentameter.alert.rule.Observation;
import io.pentameter.alert.rule.Rule;
import io.pentameter.alert.spend.SpendAnswer.Row;
import io.pentameter.alert.watch.PostgresBudgetBook.Reading;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What spending says about a budget's thresholds. */
final class BudgetLooks {

    private BudgetLooks() {}

    /** The periods that are looked at: the one at hand, and the one before while calls of it may still be told of. */
    static List<Period.Span> periods(BudgetDefinition definition, Instant at, Duration grace) {
        Period.Span current = definition.period().around(at, definition.zone());
        List<Period.Span> periods = new ArrayList<>(List.of(current));
        if (at.isBefore(current.start().plus(grace))) {
            periods.add(definition.period().around(current.start().minusMillis(1), definition.zone()));
        }
        return periods;
    }

    /**
     * One look for each threshold. Of a budget for each value only those that spent as much are in it.
     *
     * @param rows of the budget's tenant and scope, by period
     */
    static List<Look> of(Budget budget, Map<Period.Span, List<Row>> rows) {
        List<Look> looks = new ArrayList<>();
        for (BigDecimal share : budget.definition().thresholds()) {
            Duration length = rows.keySet().stream()
                    .map(span -> Duration.between(span.start(), span.end()))
                    .max(Duration::compareTo)
                    .orElse(Duration.ZERO);
            Rule rule = BudgetRules.ofThreshold(budget, share, length);
            Map<Map<String, String>, Observation> groups = new HashMap<>();
            rows.forEach((span, ofPeriod) -> ofPeriod.stream()
                    .filter(row ->
                            isOf(budget, row, rule.definition().condition().threshold()))
                    .forEach(row ->
                            groups.put(group(budget, span, row.value()), new Observation(row.usd(), row.calls()))));
            looks.add(new Look(rule, groups));
        }
        return looks;
    }

    /** One look for each reading, because each has a line of its own. */
    static List<Look> ofProjections(Budget budget, List<Reading> readings) {
        return readings.stream()
                .map(reading -> new Look(
                        BudgetRules.ofProjection(budget, reading.line()),
                        Map.of(group(budget, reading.day(), reading.value()), new Observation(reading.amount(), 1))))
                .toList();
    }

    static Map<String, String> group(Budget budget, Period.Span span, String value) {
        String each = budget.definition().each();
        return each == null
                ? Map.of(PostgresAlertBook.PERIOD, span.word())
                : Map.of(PostgresAlertBook.PERIOD, span.word(), each, value);
    }

    private static boolean isOf(Budget budget, Row row, BigDecimal threshold) {
        BigDecimal usd = row.usd();
        return budget.definition().each() == null
                || (!row.value().isEmpty() && usd != null && usd.compareTo(threshold) >= 0);
    }
}
