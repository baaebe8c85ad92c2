package io.pentameter.alert.watch;

import io.pentameter.alert.budget.Budget;
import io.pentameter.alert.budget.BudgetRules;
import io.pentameter.alert.budget.Period;
import io.pentameter.alert.budget.PostgresBudgets;
import io.pentameter.alert.lifecycle.PostgresAlertBook;
import io.pentameter.alert.lifecycle.PostgresAlertBook.Look;
import io.pentameter.alert.rule.Observation;
import io.pentameter.alert.rule.Rule;
import io.pentameter.alert.spend.SpendAnswer.Row;
import io.pentameter.alert.store.PostgresLease;
import io.pentameter.alert.store.PostgresTransaction;
import io.pentameter.statistics.forecast.BudgetAlert;
import io.pentameter.statistics.interval.Estimate;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes down what was found about a budget: state, transition and notices of its alerts, and how far it was looked at, in
 * one transaction.
 */
@ApplicationScoped
class PostgresBudgetBook {

    static final String LEASE = "budgets";
    private static final int PLACES = 9;

    private final PostgresBudgets budgets;
    private final PostgresAlertBook book;
    private final PostgresLease lease;

    PostgresBudgetBook(PostgresBudgets budgets, PostgresAlertBook book, PostgresLease lease) {
        this.budgets = budgets;
        this.book = book;
        this.lease = lease;
    }

    /**
     * The thresholds.
     *
     * @return false if somebody changed the budget or took over meanwhile; nothing is written then
     */
    boolean thresholds(
            PostgresTransaction transaction, Budget budget, Map<Period.Span, List<Row>> rows, Instant at, long term) {
        if (!lease.holds(transaction, LEASE, term) || !budgets.lockUnchanged(transaction, budget)) {
            return false;
        }
        Set<String> going = rows.keySet().stream().map(Period.Span::word).collect(Collectors.toSet());
        List<Look> looks = BudgetLooks.of(budget, rows);
        looks.forEach(look -> book.endPeriods(transaction, look.rule(), going, at));
        book.advance(transaction, looks, at);
        budgets.evaluated(transaction, budget.id(), at);
        return true;
    }

    /**
     * The projection of the day.
     *
     * @param reading absent if there is no forecast: no evidence either way
     */
    boolean projection(PostgresTransaction transaction, Budget budget, Reading reading, Instant at, long term) {
        if (!lease.holds(transaction, LEASE, term) || !budgets.lockUnchanged(transaction, budget)) {
            return false;
        }
        Rule rule = BudgetRules.ofProjection(budget, reading.line());
        book.endPeriods(transaction, rule, Set.of(reading.day().word()), at);
        List<Look> looks = new ArrayList<>();
        Map<String, String> group = BudgetLooks.group(budget, reading.day(), "");
        looks.add(new Look(rule, Map.of(group, new Observation(reading.amount(), reading.calls()))));
        book.advance(transaction, looks, at);
        budgets.projected(transaction, budget.id(), at);
        return true;
    }

    /**
     * A day's projection, and what it is held against.
     *
     * @param day  the day as a period
     * @param line beyond it the day is out of line
     */
    record Reading(Period.Span day, BigDecimal amount, BigDecimal line, long calls) {

        /** @param monthlyBudget of which the least excess is a share */
        static Reading of(
                Period.Span day, Estimate projected, Estimate expected, BigDecimal monthlyBudget, long calls) {
            return new Reading(
                    day,
                    money(projected.value()),
                    BudgetAlert.DEFAULT.line(
                            money(expected.value()), money(expected.interval().high()), monthlyBudget),
                    calls);
        }

        private static BigDecimal money(double usd) {
            return BigDecimal.valueOf(Math.clamp(usd, 0, 1e15)).setScale(PLACES, RoundingMode.HALF_EVEN);
        }
    }
}
