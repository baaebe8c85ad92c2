package io.pentameter.alert.budget;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What budgets must have in common to be answered by one query, whosever they are. */
public record SpendShape(
        Map<String, String> scope, @Nullable String each, Period.Span span) {

    public static SpendShape of(Budget budget, Period.Span span) {
        return new SpendShape(budget.definition().scope(), budget.definition().each(), span);
    }
}
