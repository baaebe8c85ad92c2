/**
 * What spending will be, and when it is out of line. Start at {@link io.pentameter.statistics.forecast.SpendForecast},
 * then {@link io.pentameter.statistics.forecast.MonthEnd} and {@link io.pentameter.statistics.forecast.BudgetAlert}.
 * {@link io.pentameter.statistics.forecast.RetryStorm} and {@link io.pentameter.statistics.forecast.LoopGuard} see
 * within minutes what a day's total shows too late.
 *
 * <p>Forecasts are estimates and computed in doubles; amounts that were really spent, and budgets, stay decimal.
 */
@NullMarked
package io.pentameter.statistics.forecast;

import org.jspecify.annotations.NullMarked;
