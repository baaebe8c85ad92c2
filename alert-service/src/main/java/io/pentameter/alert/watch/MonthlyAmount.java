package io.pentameter.alert.watch;

import io.pentameter.alert.budget.BudgetDefinition;
import java.math.BigDecimal;

/** A budget's amount as one of a month, of which the least excess worth an alert is a share. */
final class MonthlyAmount {

    private static final BigDecimal DAYS = BigDecimal.valueOf(30);
    private static final BigDecimal WEEKS = new BigDecimal("4.3");

    private MonthlyAmount() {}

    /** Days are taken as thirty, weeks as 4.3 to the month. */
    static BigDecimal of(BudgetDefinition definition) {
        return switch (definition.period()) {
            case DAY -> definition.amount().multiply(DAYS);
            case WEEK -> definition.amount().multiply(WEEKS);
            case MONTH -> definition.amount();
        };
    }
}
