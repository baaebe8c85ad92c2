package io.pentameter.aggregation.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.aggregation.invoice.Invoice;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsableTest {

    private static final LocalDate FIRST = LocalDate.of(2026, 11, 1);

    @Test
    void daysAreComparedOneByOneWhereEveryLineIsOfADay() {
        Usable usable = Usable.of(
                List.of(
                        invoice("a", 0, 3, true, Invoice.Content.CHARGES),
                        invoice("u", 1, 9, true, Invoice.Content.USAGE)),
                FIRST,
                FIRST.plusDays(10));

        assertThat(usable.charged()).containsExactlyInAnyOrder(FIRST, FIRST.plusDays(1), FIRST.plusDays(2));
        assertThat(usable.used()).containsExactlyInAnyOrder(FIRST.plusDays(1), FIRST.plusDays(2));
        assertThat(usable.periods().get(FIRST)).isEqualTo(new Usable.Period(FIRST, FIRST.plusDays(1)));
        assertThat(usable.ignored()).isEmpty();
    }

    @Test
    void aMonthlyInvoiceIsComparedAsAWholeOrNotAtAll() {
        List<Invoice> monthly = List.of(invoice("m", 0, 30, false, Invoice.Content.CHARGES));

        Usable whole = Usable.of(monthly, FIRST, FIRST.plusDays(30));
        Usable part = Usable.of(monthly, FIRST.plusDays(1), FIRST.plusDays(30));

        assertThat(whole.periods().get(FIRST.plusDays(7))).isEqualTo(new Usable.Period(FIRST, FIRST.plusDays(30)));
        assertThat(part.charged()).isEmpty();
        assertThat(part.ignored()).containsOnlyKeys("m");
    }

    @Test
    void ofTwoImportsThatSayTheSameOfADayTheEarlierCounts() {
        Usable usable = Usable.of(
                List.of(
                        invoice("b", 2, 5, true, Invoice.Content.BOTH),
                        invoice("a", 0, 3, true, Invoice.Content.CHARGES)),
                FIRST,
                FIRST.plusDays(10));

        assertThat(usable.invoices()).extracting(Invoice::id).containsExactly("a");
        assertThat(usable.ignored()).containsOnlyKeys("b");
    }

    private static Invoice invoice(String id, int from, int to, boolean isDaily, Invoice.Content content) {
        return new Invoice(
                id,
                1,
                false,
                "openai",
                "",
                Invoice.Format.CSV,
                "",
                FIRST.plusDays(from),
                FIRST.plusDays(to),
                isDaily,
                content,
                1,
                BigDecimal.ONE,
                "p",
                Instant.EPOCH);
    }
}
