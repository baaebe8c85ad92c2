package io.pentameter.aggregation.reconciliation;

import io.pentameter.aggregation.engine.Inserts;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.aggregation.generation.PriceBasis;
import io.pentameter.aggregation.invoice.Invoice;
import io.pentameter.aggregation.invoice.InvoiceLine;
import io.pentameter.aggregation.invoice.SqlInvoices;
import io.pentameter.statistics.attribution.Ledger;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares what was imported with what the ledger has, for one tenant. */
final class Reconciliation {

    private final SqlInvoices invoices;
    private final SqlBooked booked;
    private final SqlAdjustments adjustments;

    Reconciliation(Reads reads, Inserts inserts) {
        invoices = new SqlInvoices(reads, inserts);
        booked = new SqlBooked(reads);
        adjustments = new SqlAdjustments(reads, inserts);
    }

    /**
     * What is asked.
     *
     * @param from     first day in UTC
     * @param to       the day after the last
     * @param provider empty for each that has imports in the window
     * @param project  what of a span is the provider's project, where that is asked for
     * @param basis    of the ledger's amounts
     */
    record Question(
            LocalDate from,
            LocalDate to,
            Optional<String> provider,
            Comparison.By by,
            Dimension project,
            PriceBasis basis) {}

    /** @param adjusted sum of the adjustments for days in the window */
    record Result(String provider, Usable usable, Comparison comparison, BigDecimal adjusted) {

        /** Whether what remains is beyond 0.5 % of the invoice. */
        boolean exceeds() {
            Comparison.Row total = comparison.total();
            return Ledger.reconcile(total.invoice(), total.ledger().add(adjusted))
                    .alerts();
        }
    }

    List<Result> of(String tenant, Question question) {
        List<Invoice> all = invoices.all(tenant);
        List<Adjustment> posted = adjustments.all(tenant);
        return all.stream()
                .filter(invoice -> !invoice.isWithdrawn())
                .filter(invoice -> invoice.from().isBefore(question.to())
                        && question.from().isBefore(invoice.to()))
                .map(Invoice::provider)
                .distinct()
                .sorted()
                .filter(provider -> question.provider().map(provider::equals).orElse(true))
                .map(provider -> of(tenant, question, provider, all, posted))
                .toList();
    }

    private Result of(String tenant, Question question, String provider, List<Invoice> all, List<Adjustment> posted) {
        Usable usable = Usable.of(
                all.stream()
                        .filter(invoice -> invoice.provider().equals(provider))
                        .toList(),
                question.from(),
                question.to());
        List<InvoiceLine> lines = usable.invoices().isEmpty()
                ? List.of()
                : invoices.lines(
                        tenant, usable.invoices().stream().map(Invoice::id).toList(), question.from(), question.to());
        Map<SqlBooked.Cell, Booked> ledger = booked.read(
                tenant,
                new SqlBooked.Question(
                        provider,
                        question.from(),
                        question.to(),
                        question.by() == Comparison.By.PROJECT ? Optional.of(question.project()) : Optional.empty(),
                        question.basis()));
        BigDecimal adjusted = posted.stream()
                .filter(adjustment -> adjustment.provider().equals(provider))
                .filter(adjustment -> !adjustment.from().isBefore(question.from())
                        && !adjustment.to().isAfter(question.to()))
                .map(Adjustment::usd)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return new Result(provider, usable, Comparison.of(usable, lines, ledger, question.by()), adjusted);
    }
}
