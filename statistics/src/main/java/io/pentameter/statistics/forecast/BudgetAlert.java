package io.pentameter.statistics.forecast;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/**
 * When spending is out of line: much more than expected, more than chance explains, and enough money to care.
 *
 * <pre>
 * amount &gt; 1.2 · expected   AND   amount &gt; upper 97.5 % bound
 *                           AND   amount - expected &gt;= max(10 USD, 1 % of the monthly budget)
 * for two evaluations in a row (30 min)
 * </pre>
 *
 * <p>A percentage alone cries wolf on small tenants, an interval alone on quiet ones, money alone on large ones. The
 * customary lines at 50, 80 and 100 % of the budget are a separate, deterministic matter: {@link #crossed}.
 *
 * <p>The limits are Pentameter's choice. Not for tenants without a forecast: without a bound nothing is out of line.
 *
 * @param factor how many times the expected amount, above 1
 * @param leastExcess money over expectation that is worth an alert, 0 or more
 * @param budgetShare the same as a share of the monthly budget, 0 to 1
 * @param evaluations evaluations in a row, 1 or more
 */
public record BudgetAlert(BigDecimal factor, BigDecimal leastExcess, BigDecimal budgetShare, int evaluations) {

    /** 20 %, 10 USD, 1 % of the budget, twice. */
    public static final BudgetAlert DEFAULT =
            new BudgetAlert(new BigDecimal("1.2"), new BigDecimal("10"), new BigDecimal("0.01"), 2);

    private static final List<BigDecimal> LINES =
            Stream.of("0.5", "0.8", "1.0").map(BigDecimal::new).toList();

    public BudgetAlert {
        if (factor.compareTo(BigDecimal.ONE) <= 0) {
            throw new IllegalArgumentException("factor must be above 1: " + factor);
        }
        requireNotNegative("leastExcess", leastExcess);
        requireNotNegative("budgetShare", budgetShare);
        if (budgetShare.compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException("budgetShare must be at most 1: " + budgetShare);
        }
        if (evaluations < 1) {
            throw new IllegalArgumentException("evaluations must be 1 or more: " + evaluations);
        }
    }

    /** One evaluation: the amount spent or projected for a period, what was expected, the bound, the monthly budget. */
    public record Reading(BigDecimal amount, BigDecimal expected, BigDecimal upperBound, BigDecimal monthlyBudget) {

        public Reading {
            requireNotNegative("amount", amount);
            requireNotNegative("expected", expected);
            requireNotNegative("upperBound", upperBound);
            requireNotNegative("monthlyBudget", monthlyBudget);
        }
    }

    /** Whether a single reading is out of line. */
    public boolean isOutOfLine(Reading reading) {
        BigDecimal floor = leastExcess.max(reading.monthlyBudget().multiply(budgetShare));
        return reading.amount().compareTo(reading.expected().multiply(factor)) > 0
                && reading.amount().compareTo(reading.upperBound()) > 0
                && reading.amount().subtract(reading.expected()).compareTo(floor) >= 0;
    }

    /**
     * The amount beyond which a reading with these expectations is out of line; at the amount itself it is not, unless the
     * least excess decides.
     */
    public BigDecimal line(BigDecimal expected, BigDecimal upperBound, BigDecimal monthlyBudget) {
        Reading calm = new Reading(BigDecimal.ZERO, expected, upperBound, monthlyBudget);
        return calm.expected()
                .multiply(factor)
                .max(calm.upperBound())
                .max(calm.expected().add(leastExcess.max(calm.monthlyBudget().multiply(budgetShare))));
    }

    /**
     * Whether the alert sounds: the last {@link #evaluations} of {@code readings} (oldest first) are all out of line.
     */
    public boolean sounds(List<Reading> readings) {
        return readings.size() >= evaluations
                && readings.subList(readings.size() - evaluations, readings.size()).stream()
                        .allMatch(this::isOutOfLine);
    }

    /**
     * The lines at 50, 80 and 100 % of {@code budget} (0 or more) that {@code spent} has reached, rising; none for a
     * budget of 0.
     */
    public static List<BigDecimal> crossed(BigDecimal spent, BigDecimal budget) {
        requireNotNegative("spent", spent);
        requireNotNegative("budget", budget);
        return LINES.stream()
                .filter(line -> budget.signum() > 0 && spent.compareTo(budget.multiply(line)) >= 0)
                .toList();
    }

    private static void requireNotNegative(String name, BigDecimal value) {
        if (value.signum() < 0) {
            throw new IllegalArgumentException("%s must be 0 or more: %s".formatted(name, value));
        }
    }
}
