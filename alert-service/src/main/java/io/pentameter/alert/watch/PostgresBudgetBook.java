package io.pentameter.alert.watch;

import io.pentameter.alert.budget.Budget;
import io.pentameter.alert.budget.BudgetRules;
import io.pentameter.alert.budget.Period;
import io.pentameter.alert.budget.PostgresBudgets;
import io.pentameter.alert.lifecycle.PostgresAlertBook;
import io.pentameter.alert.lifecycle.PostgresAlertBook.Look;
import io.pentameter.alert.spend.SpendAnswer.Row;
import io.pentameter.alert.store.PostgresLease;
import io.pentameter.alert.store.PostgresTransaction;
import io.pentameter.statistics.forecast.BudgetAlert;
import io.pentameter.statistics.interval.Estimate;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
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
     * The projections of the day. What has no reading has no evidence either way.
     *
     * @param readings all of one day; none if there is no forecast
     * @return false if somebody changed the budget or took over meanwhile; nothing is written then
     */
    boolean projection(PostgresTransaction transaction, Budget budget, List<Reading> readings, Instant at, long term) {
        if (!lease.holds(transaction, LEASE, term) || !budgets.lockUnchanged(transaction, budget)) {
            return false;
        }
        if (!readings.isEmpty()) {
            Period.Span day = readings.getFirst().day();
            book.endPeriods(transaction, BudgetRules.ofProjection(budget, null), Set.of(day.word()), at);
            book.advance(transaction, BudgetLooks.ofProjections(budget, readings), at);
        }
        budgets.projected(transaction, budget.id(), at);
        return true;
    }

    /**
     * A day's projection, and what it is held against.
     *
     * @param day   the day as a period
     * @param value of the dimension that the budget is for each of; empty if it is for all together
     * @param line  beyond it the day is out of line
     */
    record Reading(Period.Span day, String value, BigDecimal amount, BigDecimal line) {

        /** @param monthlyBudget of which the least excess is a share */
        static Reading of(
                Period.Span day, String value, Estimate projected, Estimate expected, BigDecimal monthlyBudget) {
            return new Reading(
                    day,
                    value,
                    money(projected.value()),
                    BudgetAlert.DEFAULT.line(
                            money(expected.value()), money(expected.interval().high()), monthlyBudget));
        }

        private static BigDecimal money(double usd) {
            return BigDecimal.valueOf(Math.clamp(usd, 0, 1e15)).setScale(PLACES, RoundingMode.HALF_EVEN);
        }
    }
}
