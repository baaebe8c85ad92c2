package io.pentameter.aggregation.reconciliation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pentameter.aggregation.generation.PriceBasis;
import io.pentameter.aggregation.money.Usd;
import io.pentameter.statistics.attribution.Ledger;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Invoices against the ledger, for each provider of which there are invoices in the window.
 *
 * @param from first day in UTC
 * @param to   the day after the last
 * @param by   day, model or project
 * @param priceBasis of the ledger
 */
record ReconciliationView(String from, String to, String by, PriceBasis priceBasis, List<ProviderView> providers) {

    /** Rows of one provider; what lies beyond is one row. */
    static final int MAX_ROWS = 1_000;

    /** How far invoice and ledger may be apart: 0.5 % of the invoice. */
    static final String TOLERANCE = "0.5 %";

    /**
     * One provider.
     *
     * @param daysCompared  days of which there are charges
     * @param ledgerOutsideUsd of the other days of the window
     * @param invoices      ids of the imports that count
     * @param ignored       imports that touch the window and do not count, with the reason
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ProviderView(
            String provider,
            List<RowView> rows,
            @Nullable RowView other,
            TotalView totals,
            int daysCompared,
            String ledgerOutsideUsd,
            List<String> unknownModels,
            List<String> invoices,
            Map<String, String> ignored) {}

    /**
     * One row; explained and open add up to the variance.
     *
     * @param key         the day (or {@code from/to} where only a period can be compared), the model or the project; null: not known
     * @param varianceUsd invoice less ledger
     * @param exceeds     whether it is beyond 0.5 % of the invoice
     * @param usageKnown  whether a usage report covers the row, without which little can be explained
     */
    record RowView(
            @Nullable String key,
            String invoiceUsd,
            String ledgerUsd,
            String varianceUsd,
            ExplainedView explained,
            String openUsd,
            boolean exceeds,
            long calls,
            long unpricedCalls,
            boolean usageKnown) {

        static RowView of(@Nullable String key, Comparison.Row row) {
            return new RowView(
                    key,
                    Usd.text(row.invoice()),
                    Usd.text(row.ledger()),
                    Usd.text(row.variance()),
                    ExplainedView.of(row.difference()),
                    Usd.text(row.difference().open()),
                    Ledger.reconcile(row.invoice(), row.ledger()).alerts(),
                    row.calls(),
                    row.unpriced(),
                    row.usageKnown());
        }
    }

    /** Dollars of the variance that are explained. */
    record ExplainedView(
            String unpricedUsd, String missingUsd, String duplicatedUsd, String tierUsd, String roundingUsd) {

        static ExplainedView of(Difference difference) {
            return new ExplainedView(
                    Usd.text(difference.unpriced()),
                    Usd.text(difference.missing()),
                    Usd.text(difference.duplicated()),
                    Usd.text(difference.tier()),
                    Usd.text(difference.rounding()));
        }
    }

    /**
     * Of all rows.
     *
     * @param adjustedUsd  adjustments that were posted for days in the window
     * @param remainingUsd variance less adjustments
     * @param exceeds      whether what remains is beyond 0.5 % of the invoice
     */
    record TotalView(
            String invoiceUsd,
            String ledgerUsd,
            String varianceUsd,
            ExplainedView explained,
            String openUsd,
            String adjustedUsd,
            String remainingUsd,
            boolean exceeds,
            String tolerance,
            long calls,
            long unpricedCalls) {

        static TotalView of(Comparison.Row total, BigDecimal adjusted) {
            return new TotalView(
                    Usd.text(total.invoice()),
                    Usd.text(total.ledger()),
                    Usd.text(total.variance()),
                    ExplainedView.of(total.difference()),
                    Usd.text(total.difference().open()),
                    Usd.text(adjusted),
                    Usd.text(total.variance().subtract(adjusted)),
                    Ledger.reconcile(total.invoice(), total.ledger().add(adjusted))
                            .alerts(),
                    TOLERANCE,
                    total.calls(),
                    total.unpriced());
        }
    }

    static ProviderView of(Reconciliation.Result result, Comparison.By by) {
        List<Map.Entry<String, Comparison.Row>> rows =
                new ArrayList<>(result.comparison().rows().entrySet());
        if (by != Comparison.By.DAY) {
            rows.sort(Comparator.comparing((Map.Entry<String, Comparison.Row> row) ->
                            row.getValue().variance().abs())
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()));
        }
        int shown = Math.min(MAX_ROWS, rows.size());
        return new ProviderView(
                result.provider(),
                rows.subList(0, shown).stream()
                        .map(row -> RowView.of(row.getKey().isEmpty() ? null : row.getKey(), row.getValue()))
                        .toList(),
                rows.subList(shown, rows.size()).stream()
                        .map(Map.Entry::getValue)
                        .reduce(Comparison.Row::plus)
                        .map(row -> RowView.of("other", row))
                        .orElse(null),
                TotalView.of(result.comparison().total(), result.adjusted()),
                result.usable().charged().size(),
                Usd.text(result.comparison().ledgerOutside()),
                List.copyOf(result.comparison().unknownModels()),
                result.usable().invoices().stream().map(invoice -> invoice.id()).toList(),
                result.usable().ignored());
    }
}
